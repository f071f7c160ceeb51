"""A person's decision that something else is usual: from when it counts, what it takes, what it ends and begins."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from analysis.arrays import DAY_US
from analysis.findings import About, Finding, Kind
from analysis.items import Flow, FlowKey, Known
from analysis.judging.chart_limits import shifts
from analysis.judging.evaluation import Evaluated, evaluate
from analysis.judging.memory import Memory
from analysis.judging.rebasing import Decision, decided_on, on_charts, rests_on
from analysis.judging.signals import State
from analysis.judging.world import World
from analysis.series.weekly import Measure, weeks_of
from analysis.series.xmr import Rebase
from tests.support import silo_flows as made

SLOW, CALM = FlowKey("H04", "police", "cps"), FlowKey("H07", "cps", "court")
WEEK = 7
EFFECT = made.YEAR + 60
SHIFT = made.day(EFFECT)
"""The Monday from which waits are twice as long."""
HALF_A_YEAR = (SHIFT, SHIFT + 26 * WEEK - 1)
SLOTS = EFFECT + 28 * 5 + 40
DECIDED = made.day(EFFECT + 30) + 2
"""A Wednesday, with a slow pair open."""
ONE = Decision(About(SLOW), SHIFT, DECIDED, DECIDED, HALF_A_YEAR, "Ann Smith", "the file is checked twice")


@cache
def world() -> World:
    """Return one flow whose waits become twice as long for good, and one that stays as it is."""
    slow, calm = made.drawn(1, 6, SLOTS), made.drawn(2, 6, SLOTS)
    late = slow.began >= EFFECT
    slow.ended[late] += slow.ended[late] - slow.began[late]
    agencies = ("police", "cps", "court")
    feeds = {
        agency: replace(made.feed(*made.messages(n, 8, SLOTS)), agency=agency)
        for n, agency in enumerate(agencies)
    }
    flows = {SLOW: made.flow(slow, SLOW), CALM: made.flow(calm, CALM)}
    return World(flows, feeds, dict.fromkeys(agencies, made.CALENDAR), made.LOCAL)


def judged(seen: World, first: int, last: int, memory: Memory | None = None) -> list[Evaluated]:
    found, before = [], memory or Memory()
    for day in range(first, last):
        found.append(evaluate(seen, (day + 1) * DAY_US, before))
        before = found[-1].memory
    return found


def decided(*decisions: Decision) -> World:
    return replace(world(), decisions=decisions)


@cache
def before() -> Evaluated:
    """Return the last day before the decision."""
    return judged(world(), made.day(EFFECT - 10), DECIDED)[-1]


def asked(one: Evaluated, kind: Kind, flow: FlowKey) -> Finding:
    return next(found for found in one.findings if found.kind is kind and found.about == About(flow))


def test_days_before_it_counts_are_judged_as_if_nobody_had_decided() -> None:
    first = DECIDED - 3
    plain, known = (judged(one, first, DECIDED) for one in (world(), decided(ONE)))
    assert [(day.findings, day.signals) for day in plain] == [(day.findings, day.signals) for day in known]


def test_a_signal_on_the_flow_ends_as_rebased_and_others_go_on() -> None:
    going = [one for one in before().signals if one.state is State.OPEN and one.about.flow == SLOW]
    assert Kind.SLOW_PAIR in {one.kind for one in going}
    [day] = judged(decided(ONE), DECIDED, DECIDED + 1, before().memory)
    ended = {one.id: one for one in day.signals if one.state is State.REBASED}
    assert {one.id for one in going} == set(ended)
    assert {one.ended for one in ended.values()} == {DECIDED}
    assert not [key for key in day.memory.tracked if key[1].flow == SLOW]
    calm = {key: one for key, one in before().memory.tracked.items() if key[1].flow != SLOW}
    assert day.memory.tracked.keys() >= calm.keys()


def test_until_its_window_is_over_the_tests_say_so_and_the_other_flow_has_its_baseline() -> None:
    sunday = DECIDED + 4
    day = judged(decided(ONE), DECIDED, sunday + 1, before().memory)[-1]
    why = asked(day, Kind.SLOW_PAIR, SLOW).why
    assert why == "rebased from 24 March 2025 on, and its window is not over until 21 September 2025"
    assert asked(day, Kind.SLOW_PAIR, CALM).why is None
    assert SLOW not in day.memory.baselines.waits
    assert day.memory.baselines.waits[CALM] is before().memory.baselines.waits[CALM]


def test_its_baseline_is_locked_when_its_window_is_over_and_the_new_pace_is_no_signal() -> None:
    seen, last = decided(ONE), HALF_A_YEAR[1]
    fresh = Memory(DECIDED - 1, before().memory.clocks, before().memory.baselines)
    [begun] = judged(seen, DECIDED, DECIDED + 1, fresh)
    later = replace(begun.memory, day=last - 2)
    found = judged(seen, last - 1, last + 30, later)
    usual = found[-1].memory.baselines.waits[SLOW]
    assert (usual.first_day, usual.last_day) == HALF_A_YEAR
    pace = [one for day in found[-7:] for one in day.findings if one.about == About(SLOW)]
    assert {one.status for one in pace if one.kind in {Kind.STOP, Kind.SLOW_PAIR}} == {"ok"}
    assert Kind.SLOW_PAIR not in {one.kind for day in found for one in day.signals if one.about.flow == SLOW}
    medians = [one.quantile(0.5) or 0 for one in (usual, before().memory.baselines.waits[SLOW])]
    assert medians[0] > 1.5 * medians[1]


def test_a_window_that_is_over_already_is_locked_on_the_day_itself() -> None:
    back = replace(ONE, window=(made.FIRST + 26 * WEEK, made.FIRST + 52 * WEEK - 1))
    [day] = judged(decided(back), DECIDED, DECIDED + 1, before().memory)
    assert DECIDED % 7 != 3, "no Sunday, on which baselines are locked as a rule"
    usual = day.memory.baselines.waits[SLOW]
    assert (usual.first_day, usual.last_day) == back.window
    assert day.decided.new == {About(SLOW)}


def test_a_feed_gets_new_lags_and_silences_and_its_flows_keep_their_pace() -> None:
    about = About(agency="cps")
    feed = replace(ONE, about=about, window=(made.FIRST + 26 * WEEK, made.FIRST + 52 * WEEK - 1))
    [day] = judged(decided(feed), DECIDED, DECIDED + 1, before().memory)
    usual, old = day.memory.baselines, before().memory.baselines
    assert {usual.lags["cps"].first_day, usual.silences["cps"].first_day} == {feed.window[0]}
    assert usual.lags["police"] is old.lags["police"]
    assert usual.waits == old.waits


def test_a_part_of_the_history_judged_anew_with_the_decision_is_what_was_judged_live() -> None:
    """Live, nobody had decided on the first days; anew, the decision is there from the beginning."""
    until = DECIDED + 5
    live = judged(decided(ONE), DECIDED, until, before().memory)
    anew = judged(decided(ONE), made.day(EFFECT - 10), until)[-len(live) :]
    assert [(day.findings, day.signals) for day in live] == [(day.findings, day.signals) for day in anew]


def test_the_last_decision_that_counts_by_a_day_holds() -> None:
    later = replace(ONE, since=SHIFT + 70, decided=DECIDED + 1, counts_from=DECIDED + 70)
    again = replace(ONE, decided=DECIDED + 2, counts_from=DECIDED + 2, by="Bo Jones")
    about, told = About(SLOW), (ONE, later, again)
    holds = {
        day: decided_on(told, day).in_force.get(about) for day in (0, DECIDED, DECIDED + 2, DECIDED + 80)
    }
    assert list(holds.values()) == [None, ONE, again, again]
    begun = [day for day in range(DECIDED - 2, DECIDED + 90) if decided_on(told, day).new]
    assert begun == [DECIDED, DECIDED + 2]


def test_a_chart_has_every_rebase_but_those_that_a_later_decision_precedes() -> None:
    early, late = replace(ONE, since=SHIFT - 70), replace(ONE, since=SHIFT + 70, counts_from=DECIDED + 70)
    other = replace(ONE, about=About(CALM))
    assert [one.week for one in on_charts((ONE, other, late), SLOW)] == [SHIFT, SHIFT + 70]
    assert [one.week for one in on_charts((ONE, late, early), SLOW)] == [SHIFT - 70]
    assert on_charts(
        (
            ONE,
            replace(ONE, why="in law"),
        ),
        SLOW,
    ) == (Rebase(SHIFT, "Ann Smith", "in law", DECIDED),)


@pytest.mark.parametrize(
    ("key", "about", "rests"),
    [
        ((Kind.SLOW_PAIR, About(SLOW)), About(SLOW), True),
        ((Kind.BATCHING, About(SLOW, "cps")), About(SLOW), True),
        ((Kind.SLOW_PAIR, About(CALM)), About(SLOW), False),
        ((Kind.FEED_SILENCE, About(agency="cps")), About(agency="cps"), True),
        ((Kind.PUBLISH_LAG, About(agency="cps")), About(SLOW), False),
        ((Kind.BATCHING, About(SLOW, "cps")), About(agency="cps"), False),
        ((Kind.COST_SHIFT, About(SLOW, "police")), About(FlowKey("I1", "police", "police")), True),
        ((Kind.SLOW_PAIR, About(SLOW)), About(FlowKey("I1", "police", "police")), False),
        ((Kind.BOUNDARY, About(agency="")), About(agency="cps"), False),
    ],
)
def test_what_was_held_against_the_old_baseline_is_known(
    key: tuple[Kind, About], about: About, rests: bool
) -> None:
    assert rests_on(key, about) == rests


@pytest.mark.parametrize(
    ("over", "why"),
    [
        ({"by": " "}, "names the person"),
        ({"why": ""}, "names the person"),
        ({"since": SHIFT + 1}, "begins on a Monday"),
        ({"counts_from": SHIFT - 1}, "counts no earlier"),
        ({"window": (SHIFT, SHIFT + 25 * WEEK - 1)}, "26 whole weeks"),
        ({"window": (SHIFT, SHIFT + 26 * WEEK)}, "26 whole weeks"),
        ({"about": About(SLOW, "cps")}, "not about a part of a flow"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(over: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(ONE, **over)


def test_limits_of_charts_are_locked_at_their_twelfth_point_and_late_data_do_not_move_them() -> None:
    sunday, seen = made.FIRST + 16 * WEEK - 1, world()
    early, day = (judged(seen, one, one + 1)[0] for one in (sunday - 42, sunday))
    locked = {key: one for key, one in day.memory.baselines.limits.items() if key.flow == SLOW}
    assert not [key for key in early.memory.baselines.limits if key.flow == SLOW]
    assert {(key.measure.name, key.since) for key in locked} == {("MEDIAN_WAIT", None), ("OUTFLOW", None)}
    items = seen.flows[SLOW].items
    longer = np.where(items.ended < sunday * DAY_US, items.ended + DAY_US, items.ended)
    flow = Flow.of(SLOW, replace(items, ended=longer), made.CALENDAR)
    moved = replace(seen, flows={**seen.flows, SLOW: flow})
    later = judged(moved, sunday + 1, sunday + 8, day.memory)[-1].memory.baselines.limits
    [anew] = judged(moved, sunday, sunday + 1)
    median = next(key for key in locked if key.measure is Measure.MEDIAN_WAIT)
    assert {key: one for key, one in later.items() if key.flow == SLOW} == locked
    assert anew.memory.baselines.limits[median].centre > locked[median].centre


def test_after_a_rebase_limits_are_locked_anew_from_its_twelfth_point_on() -> None:
    seen = decided(replace(ONE, counts_from=DECIDED))
    sunday = SHIFT + 14 * WEEK - 1
    limits = judged(seen, sunday, sunday + 1)[0].memory.baselines.limits
    medians = {key.since: one for key, one in limits.items() if key[:2] == (SLOW, Measure.MEDIAN_WAIT)}
    assert medians.keys() == {None, SHIFT}
    assert medians[SHIFT].centre > medians[None].centre
    assert medians[SHIFT].points == 12


def test_a_shift_that_lasts_is_seen_on_the_chart_of_the_flow_and_on_no_other() -> None:
    at = Known((SHIFT + 20 * WEEK) * DAY_US, SHIFT + 20 * WEEK)
    slow, calm = (weeks_of(world().flows[key], at) for key in (SLOW, CALM))
    begins = shifts(SLOW, slow, (), {}, SHIFT)[Measure.MEDIAN_WAIT]
    assert SHIFT + 6 * WEEK in begins, "what began since then ends two or three weeks later"
    assert SHIFT - 4 * WEEK not in begins
    assert begins[-1] == SHIFT + 13 * WEEK, "seven weeks from the end"
    assert SHIFT + 6 * WEEK not in shifts(CALM, calm, (), {}, SHIFT)[Measure.MEDIAN_WAIT]
    assert shifts(SLOW, slow, (ONE,), {}, SHIFT)[Measure.MEDIAN_WAIT] == begins, "a decision does not hide it"
