"""The engine in open hours: the same arithmetic, with slots that are hours and windows that are days."""

import json
from datetime import UTC

import numpy as np
import pytest

from analysis.answers import Answer, Status
from analysis.arrays import Floats
from analysis.detectors.slow_pair import slow_pair
from analysis.detectors.stop import stop
from analysis.engine.baseline import Baseline
from analysis.engine.expected import outcomes_in
from analysis.engine.locking import locked_baseline
from analysis.engine.open_over import open_over
from analysis.items import Flow
from analysis.judging.circumstances import circumstances
from analysis.judging.remedy import goes_away_if
from analysis.judging.wording import Names, sentence
from analysis.judging.world import World
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays
from analysis.open_hours import OpenHours
from analysis.series.control import open_over_by_day, outflow_by_day
from analysis.view import View
from analysis.waits.excess import NetExcess, net_excess
from tests.support import hour_flows as made
from tests.support.hour_flows import A_DAY, BASELINE, YEAR, flow, known, view

HOURS = YEAR + 13 * 160
"""A year and 13 windows of 20 open days."""


def usual_of(seen: View) -> Baseline:
    assert isinstance(seen.baseline, Baseline), seen.baseline
    return seen.baseline


def test_hazards_by_hour_are_those_counted_by_hand() -> None:
    """Of 200 items half end in the hour they begin in, half in the third; one a day for each."""
    began = np.sort(np.concatenate([np.arange(100) * A_DAY + 1.5] * 2))
    wait = np.where(np.arange(200) % 2, 0.25, 2.0)
    usual = usual_of(view(flow(began, began + wait), YEAR))
    assert (usual.items, usual.completions, usual.open_days) == (200, 200, 260)
    assert usual.at_risk.tolist() == [200, 100, 100, 0]
    assert usual.hazard.tolist() == [0.5, 0, 1, 1]
    assert usual.quantile(0.9) == 2
    assert usual.rate == 200 / 260
    assert np.flatnonzero(usual.arrivals).tolist() == [10]
    # What is expected in the hour of the day follows from the ages: in each hour as much as was done.
    assert usual.rhythm.size == 24
    assert usual.rhythm[[10, 12]].tolist() == [1, 1]


@pytest.mark.parametrize("per_week", [10, 30])
def test_without_an_effect_what_is_done_differs_by_chance_alone(per_week: float) -> None:
    z = []
    for seed in range(40):
        passing = flow(*made.drawn(seed, per_week, HOURS))
        usual = usual_of(view(passing, YEAR))
        for until in range(YEAR + 160, HOURS + 1, 160):
            one = outcomes_in(passing.waiting(known(until)), usual, 20)
            z.append((one.observed - one.expected) / one.variance**0.5)
    assert abs(np.mean(z)) < 0.1
    assert abs(np.std(z) - 1) < 0.1


def test_a_slowing_within_the_day_is_seen_in_hours_sooner_than_in_days() -> None:
    slow = made.drawn(1, 10, YEAR + 200, times=2.0)
    found = [slow_pair(view(flow(*slow, calendar), YEAR + 160)) for calendar in (made.OFFICE, made.DAYS)]
    in_hours, in_days = found
    assert in_hours.large_enough
    assert in_hours.p is not None
    assert in_days.p is not None
    assert in_hours.p < 1e-3 < in_days.p
    assert in_hours.window == in_days.window


def test_a_stop_is_seen_in_hours() -> None:
    began, ended = made.drawn(2, 30, YEAR + 200)
    stopped = np.where(ended >= YEAR + 120, np.inf, ended)
    found = stop(view(flow(began, stopped), YEAR + 160))
    assert found.large_enough
    assert (found.observed, found.p is not None and found.p < 1e-4) == (0, True)
    assert not stop(view(flow(began, ended), YEAR + 160)).large_enough


def late_by_days(from_hour: int) -> tuple[Floats, Floats]:
    """Return four items a day that are done after 4 hours or so, and after 30 to 34 from an hour on."""
    began, ended = made.drawn(8, 20, YEAR + 400)
    late = began + np.random.default_rng(8).uniform(30, 34, began.size)
    return began, np.where(began >= from_hour, late, ended)


def test_work_that_all_comes_late_is_slow_and_no_stop() -> None:
    seen = view(flow(*late_by_days(YEAR)), YEAR + 320)
    judged_to = usual_of(seen).judged_to
    assert judged_to is not None
    assert judged_to < 30
    slow, stopped = slow_pair(seen), stop(seen)
    assert (slow.observed, slow.large_enough, slow.p is not None and slow.p < 1e-9) == (0, True, True)
    assert not stopped.large_enough
    assert stopped.observed > 0.5 * stopped.expected
    world = World({seen.flow.key: seen.flow}, {}, {}, LocalTime.of(UTC, 0, 1))
    beside = circumstances(world, slow, seen)
    words = f" completed within {judged_to} open hours "
    assert f" 0 were{words}where the usual pace gives " in sentence(slow, beside, Names())
    assert words in goes_away_if(slow, beside.unit, beside.within)
    assert circumstances(world, stopped, seen).within is None


def test_a_stop_ends_with_what_is_completed_late() -> None:
    """Nothing is done for four weeks, then everything that waited: all of it late."""
    began, ended = made.drawn(2, 30, YEAR + 400)
    stood = (ended >= YEAR) & (began < YEAR + 160)
    seen = flow(began, np.where(stood, np.maximum(ended, YEAR + 170), ended))
    before, after = (stop(view(seen, hour)) for hour in (YEAR + 160, YEAR + 176))
    assert (before.observed, before.large_enough) == (0, True)
    assert after.observed > 0.6 * after.expected


def test_a_baseline_says_what_it_is_counted_in_and_comes_back_the_same() -> None:
    usual = usual_of(view(flow(*made.drawn(3, 30, HOURS)), YEAR))
    assert usual.counted_in == "open hours, 09:00 to 17:00"
    kept = json.loads(json.dumps(usual.content()))
    assert Baseline.of_content(kept).content() == usual.content()


def test_what_was_kept_before_hours_were_counted_is_in_days() -> None:
    content = usual_of(view(flow(*made.drawn(3, 30, HOURS), made.DAYS), YEAR)).content()
    assert content.pop("counted_in") == "open days"
    assert Baseline.of_content(content).counted_in == "open days"


def test_what_is_usual_in_days_is_never_held_against_hours() -> None:
    told = made.drawn(3, 30, HOURS)
    in_hours, in_days = view(flow(*told), YEAR + 160), view(flow(*told, made.DAYS), YEAR + 160)
    crossed = View.of(in_hours.flow, in_hours.known, in_days.baseline, in_days.returns, feed_silent=False)
    assert isinstance(crossed.baseline, Answer)
    assert crossed.baseline.status is Status.WITHHELD
    assert "is locked in open days, and counted are open hours, 09:00 to 17:00" in (
        crossed.baseline.why or ""
    )
    assert stop(crossed).status is Status.WITHHELD
    longer = OpenHours(made.DAYS, 8 * 60, 18 * 60)
    later = View.of(
        flow(*told, longer), in_hours.known, in_hours.baseline, in_hours.returns, feed_silent=False
    )
    assert isinstance(later.baseline, Answer), "other hours are another measure"


def test_ends_that_are_known_to_their_day_leave_the_tests_without_an_answer() -> None:
    seen = view(flow(*made.drawn(4, 30, HOURS)), YEAR + 160)
    share = np.random.default_rng(1).random(len(seen.flow.items))
    for part, answered in ((0.05, True), (0.3, False)):
        told = Flow.of(seen.flow.key, seen.flow.items, made.OFFICE, share < part)
        again = View.of(told, seen.known, seen.baseline, seen.returns, feed_silent=False)
        assert isinstance(again.baseline, Baseline) is answered
        assert isinstance(view(told, YEAR + 160).baseline, Baseline) is answered, "and lock no baseline"


def test_declared_reduced_days_expect_less_in_their_hours() -> None:
    told = made.drawn(5, 30, HOURS)
    weights = made.DAYS.weights.copy()
    slots = made.DAYS.days[[265, 266, 270]]
    weights[slots - made.FIRST] = 0.5, 0.5, 0.25
    less = OpenHours(OpenDays(made.FIRST, weights), 9 * 60, 17 * 60)
    full, reduced = flow(*told), flow(*told, less)
    usual = usual_of(view(full, YEAR))
    at = known(YEAR + 13 * A_DAY)
    whole, part = (outcomes_in(one.waiting(at), usual, 20) for one in (full, reduced))
    days = [
        outcomes_in(full.waiting(known(YEAR + (day + 1) * A_DAY)), usual, 1).expected for day in (5, 6, 10)
    ]
    assert part.expected == pytest.approx(whole.expected - 0.5 * days[0] - 0.5 * days[1] - 0.75 * days[2])
    left = [open_over(one.waiting(at), usual, 4).expected for one in (full, reduced)]
    assert left[1] > left[0]


def test_a_year_of_reduced_days_is_learnt_at_full_strength() -> None:
    """Where Fridays have half their strength, an hour at risk on them counts half."""
    told = made.drawn(6, 60, HOURS)
    weights = made.DAYS.weights.copy()
    weights[4::7] = 0.5
    half = OpenHours(OpenDays(made.FIRST, weights), 9 * 60, 17 * 60)
    risk = flow(*told, half).waiting(known(YEAR))
    usual = locked_baseline(risk, *BASELINE)
    assert isinstance(usual, Baseline)
    expected = np.zeros(usual.follow_up)
    for start, end in zip(risk.start.tolist(), np.minimum(risk.end, YEAR - 1).tolist(), strict=True):
        expected[: end - start + 1] += half.strength(start, end + 1)
    assert usual.at_risk[:-1] == pytest.approx(expected[: usual.tail])
    assert usual.at_risk[-1] == pytest.approx(expected[usual.tail :].sum())


def test_one_item_that_is_stuck_is_no_stop() -> None:
    """The pooled tail would expect of it an outcome every few hours, for weeks; it is old open work."""
    began, ended = made.drawn(9, 10, YEAR + 400)
    stuck = np.where(np.arange(began.size) == np.searchsorted(began, YEAR + 160), np.inf, ended)
    seen, without = (view(flow(began, over), YEAR + 320) for over in (stuck, ended))
    usual = usual_of(seen)
    assert usual.judged_to == usual.tail
    tail = 160 * usual.hazard[-1]
    assert tail > 9, "enough for a stop"
    found, clear = (outcomes_in(one.waiting, usual_of(one), 20) for one in (seen, without))
    assert found.expected - clear.expected < 4, "while it was young"
    again = Baseline.of_content(usual.content())
    assert (again.judged_to, again.pace.tolist()) == (usual.judged_to, [*usual.hazard[:-1], 0])


def test_charts_of_days_sum_up_their_hours() -> None:
    passing = flow(*made.drawn(7, 30, HOURS))
    usual = usual_of(view(passing, YEAR))
    risk = passing.waiting(known(YEAR + 160))
    daily = outflow_by_day(risk, usual, 20)
    assert daily.days.tolist() == made.DAYS.days[260:280].tolist()
    whole = outcomes_in(risk, usual, 20)
    assert (daily.observed.sum(), daily.expected.sum()) == (whole.observed, pytest.approx(whole.expected))
    assert open_over_by_day(risk, usual, 4, 20).observed[-1] == open_over(risk, usual, 4).observed


def test_excess_in_hours_is_told_in_days() -> None:
    """Four items that wait 20 hours longer than all others are ten item-days of eight hours more."""
    began = np.arange(600) * A_DAY / 2 + 0.5
    late = began + np.where((np.arange(600) >= 540) & (np.arange(600) < 544), 24.0, 4.0)
    found = []
    for ended in (began + 4.0, late):
        seen = view(flow(began, ended), 290 * A_DAY)
        found.append(net_excess(seen.waiting, usual_of(seen), 265 * A_DAY, 290 * A_DAY))
    usually, more = found
    assert isinstance(usually, NetExcess)
    assert isinstance(more, NetExcess)
    assert more.observed - usually.observed == 4 * 20 / 8
    assert more.age == 4
