"""Limits of weekly charts, fixed as soon as a series has its points: late data do not move them.

Source: section 4 of docs/silo_signals.md, "Limits' life".
"""

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.arrays import DAY_US, MONDAY, NEVER, WEEK
from analysis.items import End, FlowKey, Items, Known
from analysis.judging.locking import publisher_clock
from analysis.judging.memory import ChartKey
from analysis.judging.rebasing import Decision, on_charts
from analysis.judging.world import World
from analysis.series.weekly import FEWEST_VALUES, Measure, Week, series, weeks_of
from analysis.series.xmr import Chart, Segment, Settings, chart, shift_is_sustained
from analysis.series.xmr_rules import LOCKED_FROM, Limits

Locked = Mapping[ChartKey, Limits]


def with_limits(world: World, known: dict[str, Known], before: Locked, day: int) -> dict[ChartKey, Limits]:
    """Return the locked limits with those of every series that has its points by now; a locked one never moves.

    Args:
        world: with all items of flows that have limits to lock.
        known: by agency, what its judged clock lets count.
        before: what is locked already.
        day: the local day judged: decisions that count by then begin new limits.
    """
    decisions = [one for one in world.decisions if one.counts_from <= day]
    found = dict(before)
    for flow in world.flows.values():
        at = publisher_clock(flow, known)
        waiting = [one for one in Measure if not _all_locked(flow.key, one, decisions, found)]
        likely = [one for one in waiting if _may_have_points(flow.items, one)]
        if at is not None and likely:
            weeks = weeks_of(flow, at)
            for measure in likely:
                found |= _fixed(flow.key, measure, charted(flow.key, weeks, measure, decisions, found))
    return found


def charted(
    flow: FlowKey, weeks: Sequence[Week], measure: Measure, decisions: Sequence[Decision], locked: Locked
) -> Chart:
    """Return the chart of one measure of a flow.

    Args:
        flow: which one.
        weeks: its complete weeks.
        measure: what is charted.
        decisions: those known, about anything, in the order in which they were recorded.
        locked: limits of any charts.
    """
    fixed = {key.since: one for key, one in locked.items() if key[:2] == (flow, measure)}
    settings = Settings(measure.better, measure.scale, rebases=on_charts(decisions, flow), locked=fixed)
    points = series(weeks, measure)
    return chart(points.weeks, points.values, settings)


def shifts(
    flow: FlowKey, weeks: Sequence[Week], decisions: Sequence[Decision], locked: Locked, since: int
) -> dict[Measure, list[int]]:
    """Return for each measure the weeks in which a sustained shift (rule 4) begins on its chart.

    It is asked of the limits that held before: decisions from the week `since` on are left aside.
    """
    earlier = [one for one in decisions if one.since < since]
    charts = {measure: charted(flow, weeks, measure, earlier, locked) for measure in Measure}
    return {measure: _shifts(made.segments[-1]) for measure, made in charts.items()}


def _shifts(segment: Segment) -> list[int]:
    limits = segment.limits
    if not isinstance(limits, Limits):
        return []
    weeks = np.array([point.week for point in segment.points], dtype=np.int64)
    values = np.array([point.value for point in segment.points], dtype=np.float64)
    return [week for week in weeks.tolist() if shift_is_sustained(weeks, values, limits, week)]


def _may_have_points(items: Items, measure: Measure) -> bool:
    """Return whether enough weeks have enough values for limits: of small flows only the outflow ever has."""
    if measure is Measure.OUTFLOW:
        return True
    done = items.end == End.STOP
    if measure is Measure.LATE:
        done &= items.due != NEVER
    counts = np.unique((items.ended[done] // DAY_US - MONDAY) // WEEK, return_counts=True)[1]
    return bool(np.count_nonzero(counts >= FEWEST_VALUES) >= LOCKED_FROM)


def _all_locked(flow: FlowKey, measure: Measure, decisions: Sequence[Decision], found: Locked) -> bool:
    begins = (None, *(one.week for one in on_charts(decisions, flow)))
    return all(ChartKey(flow, measure, since) in found for since in begins)


def _fixed(flow: FlowKey, measure: Measure, made: Chart) -> dict[ChartKey, Limits]:
    """Return the limits of the segments that have their points: before, they are trial limits."""
    return {
        ChartKey(flow, measure, None if one.rebase is None else one.rebase.week): one.limits
        for one in made.segments
        if isinstance(one.limits, Limits) and not one.limits.trial
    }
