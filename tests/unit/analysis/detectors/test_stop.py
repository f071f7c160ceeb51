import numpy as np
import pytest

from analysis.answers import Status
from analysis.arrays import Ints
from analysis.detectors.stop import P_STOP, stop
from analysis.findings import Finding
from tests.support.waits import SLOTS, arrivals, calendar, ends, flow_of, view_of

FROM = SLOTS + 60
"""The slot in which a planted stop begins."""
STAYED = 10_000


def stopped(start: Ints, end: Ints, rng: np.random.Generator) -> Ints:
    """Return the ends with everything after FROM blocked but a trickle of one in twenty."""
    return np.where((end >= FROM) & (rng.random(end.size) > 0.05), STAYED, end)


def found(per_week: float, seed: int, slots: int, *, planted: bool, **strengths: float) -> Finding:
    rng = np.random.default_rng(seed)
    start = arrivals(rng, per_week, SLOTS + 120)
    end = ends(rng, start)
    if planted:
        end = stopped(start, end, rng)
    return stop(view_of(flow_of(start, end, calendar(**strengths)), FROM + slots))


def fired(finding: Finding) -> bool:
    return finding.large_enough and finding.p is not None and finding.p < P_STOP


@pytest.mark.parametrize(("per_week", "within"), [(10, 9), (30, 5)])
def test_a_stopped_flow_is_found_in_eighteen_of_twenty_runs(per_week: float, within: int) -> None:
    assert sum(fired(found(per_week, seed, within, planted=True)) for seed in range(20)) >= 18


@pytest.mark.parametrize("per_week", [10, 30])
def test_a_flow_that_goes_on_raises_no_stop(per_week: float) -> None:
    assert not any(fired(found(per_week, seed, 9, planted=False)) for seed in range(20))


def test_the_shortest_window_that_shows_it_is_told_with_the_longest_waits() -> None:
    finding = found(30, 1, 6, planted=True)
    days = calendar().days
    assert finding.window == (days[FROM + 1], days[FROM + 5])
    assert finding.observed <= 0.3 * finding.expected
    assert len(finding.items) == 10
    assert finding.sample.n_open > 60
    assert list(finding.items) == sorted(finding.items)


def test_a_declared_closure_is_no_stop_and_an_undeclared_one_is() -> None:
    rng = np.random.default_rng(2)
    start = arrivals(rng, 30, SLOTS + 120)
    end = ends(rng, start)
    later = np.where(end >= FROM, end + 10, end)
    closed = {f"s{FROM + day}": 0.0 for day in range(10)}
    # The same days: undeclared they are open and empty; declared they are no open days at all.
    assert fired(stop(view_of(flow_of(start, later, calendar()), FROM + 10)))
    assert not fired(stop(view_of(flow_of(start, end, calendar(**closed)), FROM + 1)))


def test_a_trickling_flow_is_too_small_to_see_a_stop() -> None:
    rng = np.random.default_rng(2)
    start = arrivals(rng, 30, SLOTS + 120)
    start = start[(start < SLOTS - 60) | (rng.random(start.size) < 0.05)]
    finding = stop(view_of(flow_of(start, ends(rng, start), calendar()), FROM))
    assert finding.status is Status.NOT_ENOUGH_DATA
    assert finding.why == "flow too small to see a stop in four weeks"
    assert 0 < finding.expected < 9


def test_a_silent_feed_withholds_the_answer() -> None:
    rng = np.random.default_rng(2)
    start = arrivals(rng, 30, SLOTS + 120)
    view = view_of(flow_of(start, ends(rng, start), calendar()), FROM, silent=True)
    assert stop(view).status is Status.WITHHELD


def test_without_a_baseline_there_is_no_answer_but_its_reason() -> None:
    rng = np.random.default_rng(2)
    start = arrivals(rng, 1, SLOTS + 120)
    finding = stop(view_of(flow_of(start, ends(rng, start), calendar()), FROM))
    assert finding.status is Status.NOT_ENOUGH_DATA
    assert "fewer than 100" in (finding.why or "")
