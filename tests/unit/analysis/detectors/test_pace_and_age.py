"""The weekly tests of a flow's pace and of what it leaves open, each with its mirror."""

from collections.abc import Callable

import numpy as np
import pytest

from analysis.answers import Status
from analysis.detectors.improved import improved
from analysis.detectors.open_age import open_age
from analysis.detectors.overdue_excess import overdue_excess
from analysis.detectors.slow_pair import slow_pair
from analysis.findings import Finding, Kind
from analysis.view import View
from tests.support.waits import SLOTS, arrivals, calendar, ends, flow_of, view_of

FROM = SLOTS + 60
DAYS = calendar()
Detector = Callable[[View], Finding]


def view(per_week: float, seed: int, slots: int, *, times: float = 1.0, limit: int | None = None) -> View:
    """Return a flow whose items' waits are `times` as long from FROM on, `slots` open days later."""
    rng = np.random.default_rng([seed, 11])
    start = arrivals(rng, per_week, FROM + 120)
    end = ends(rng, start)
    rest = np.floor((end - np.maximum(start, FROM)) * times).astype(np.int64)
    return view_of(
        flow_of(start, np.where(end >= FROM, np.maximum(start, FROM) + rest, end), DAYS, limit), FROM + slots
    )


def passes(finding: Finding) -> bool:
    return finding.large_enough and finding.p is not None and finding.p < 0.01 / 12


@pytest.mark.parametrize(
    ("detector", "slots", "times"),
    [(slow_pair, 20, 2.0), (improved, 20, 0.5), (open_age, 60, 2.0), (overdue_excess, 30, 2.0)],
)
def test_a_changed_pace_is_found_in_eighteen_of_twenty_runs(
    detector: Detector, slots: int, times: float
) -> None:
    assert sum(passes(detector(view(30, seed, slots, times=times))) for seed in range(20)) >= 18


@pytest.mark.parametrize("detector", [slow_pair, improved, open_age, overdue_excess])
def test_an_unchanged_pace_passes_no_test(detector: Detector) -> None:
    assert not any(passes(detector(view(30, seed, 40))) for seed in range(20))


@pytest.mark.parametrize(("detector", "times"), [(slow_pair, 0.5), (improved, 2.0), (open_age, 0.5)])
def test_the_other_direction_is_never_large_enough(detector: Detector, times: float) -> None:
    assert not any(detector(view(30, seed, 30, times=times)).large_enough for seed in range(5))


@pytest.mark.parametrize(
    ("detector", "kind"),
    [
        (slow_pair, Kind.SLOW_PAIR),
        (improved, Kind.IMPROVED),
        (open_age, Kind.OPEN_AGE),
        (overdue_excess, Kind.OVERDUE_EXCESS),
    ],
)
def test_an_answer_tells_its_kind_its_counts_and_what_it_rests_on(detector: Detector, kind: Kind) -> None:
    asked = view(30, 1, 40)
    finding = detector(asked)
    assert (finding.kind, finding.about.flow, finding.status) == (kind, asked.flow.key, Status.OK)
    assert finding.sample.baseline_n == asked.baseline.completions
    assert finding.effect.value == pytest.approx(finding.observed / finding.expected)
    assert finding.effect.low < finding.effect.value < finding.effect.high
    assert finding.window is not None
    assert finding.window[1] == DAYS.days[FROM + 39]


@pytest.mark.parametrize("detector", [slow_pair, improved, open_age, overdue_excess])
def test_a_silent_feed_withholds_the_answer(detector: Detector) -> None:
    rng = np.random.default_rng(1)
    start = arrivals(rng, 30, FROM)
    silent = view_of(flow_of(start, ends(rng, start), DAYS), FROM, silent=True)
    assert detector(silent).status is Status.WITHHELD


@pytest.mark.parametrize("detector", [slow_pair, improved, open_age, overdue_excess])
def test_where_hardly_anything_is_expected_there_is_no_answer(detector: Detector) -> None:
    rng = np.random.default_rng(1)
    start = arrivals(rng, 30, 100)
    finding = detector(view_of(flow_of(start, ends(rng, start), DAYS), FROM))
    assert finding.status is Status.NOT_ENOUGH_DATA


def test_overdue_is_what_is_open_past_its_own_due_day() -> None:
    asked = view(30, 3, 40, times=2.0, limit=14)
    finding = overdue_excess(asked)
    late = (DAYS.days[asked.waiting.start] + 14 < asked.known.day) & (
        asked.waiting.end >= asked.waiting.until
    )
    assert finding.observed == int(late.sum())
    assert set(finding.items) <= set(asked.waiting.item[late].tolist())
    assert finding.large_enough


def test_a_limit_that_nothing_reaches_yet_is_no_finding() -> None:
    assert overdue_excess(view(30, 3, 40, limit=900)).status is Status.NOT_ENOUGH_DATA


def test_the_oldest_open_items_are_shown_first() -> None:
    asked = view(30, 1, 60, times=2.0)
    starts = asked.flow.items.started[list(open_age(asked).items)]
    assert len(starts) == 10
    assert (np.diff(starts) >= 0).all()
