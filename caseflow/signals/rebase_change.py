"""What a rebase would change, as known now: the old and the new baseline, the charts, and the signals that end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.answers import Answer
from analysis.detectors.feed_silence import silence_baseline
from analysis.detectors.publish_lag import lag_baseline
from analysis.engine.locking import locked_baseline
from analysis.items import FlowKey
from analysis.judging.chart_limits import shifts
from analysis.judging.locking import RETURNS_NEEDED, with_arrivals
from analysis.judging.memory import Baselines
from analysis.judging.rebasing import rests_on
from analysis.judging.world import World
from analysis.series.weekly import Measure, weeks_of
from caseflow.charting.flows import FlowSeen, seen_of
from caseflow.errors import CommandError
from caseflow.signals.text import day as shown
from consumers.signals.rebase_desk import Wanted
from models.instants import date_of
from projections.silo_signals.baselines import AnyBaseline, What
from projections.silo_signals.queries import SignalRow
from projections.silo_signals.usual import BaselineRow

Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """What a decision changes.

    Attributes:
        was: the baselines in force.
        becomes: the new ones, or why one is not there (yet).
        shifts: by measure, the weeks in which a sustained shift begins on a chart of the flow; empty of a feed.
        ends: candidates and open signals that rest on the old ones.
    """

    was: Sequence[BaselineRow]
    becomes: Mapping[What, AnyBaseline | str]
    shifts: Mapping[Measure, Sequence[int]]
    ends: Sequence[SignalRow]

    def seen_in(self, week: int) -> list[Measure]:
        """Return the charts on which a sustained shift begins in a week."""
        return [measure for measure, weeks in self.shifts.items() if week in weeks]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known now, what is locked, the instant (UTC microseconds), and its unfinished local day."""

    world: World
    usual: Baselines
    now_us: int
    day: int


def change(seen: Seen, wanted: Wanted, was: Sequence[BaselineRow], going_on: Sequence[SignalRow]) -> Change:
    """Return what a decision changes.

    Args:
        seen: what is known.
        wanted: the decision, checked.
        was: the baselines in force of what it is about.
        going_on: all candidates and open signals.

    Raises:
        CommandError: its window is over, and too little was done in it, or known by the hour of a flow in hours.
    """
    ends = [row for row in going_on if rests_on((row.kind, row.about), wanted.about)]
    flow, agency = wanted.about.flow, wanted.about.agency
    if flow is None:
        return Change(was, _of_feed(seen, agency or "", wanted.window), {}, ends)
    known = seen_of(seen.world, seen.usual, flow, seen.now_us, seen.day)
    return Change(was, _of_flow(known, wanted.window), _shifts(seen, known, flow, wanted.since), ends)


def _shifts(seen: Seen, known: FlowSeen, flow: FlowKey, since: int) -> dict[Measure, list[int]]:
    weeks = weeks_of(known.flow, known.view.known)
    return shifts(flow, weeks, seen.world.decisions, seen.usual.limits, since)


def _of_flow(seen: FlowSeen, window: Window) -> dict[What, AnyBaseline | str]:
    flow, known = seen.flow, seen.view.known
    if window[1] >= known.day:
        return dict.fromkeys((What.STOP, What.RETURN), _not_over(window))
    pace = with_arrivals(flow, known, locked_baseline(flow.waiting(known), *window))
    if isinstance(pace, Answer):
        raise CommandError(f"{pace.why}: name another --window")
    returns = locked_baseline(flow.returning(known), *window, least=RETURNS_NEEDED)
    return {What.STOP: pace, What.RETURN: _or_why(returns)}


def _of_feed(seen: Seen, agency: str, window: Window) -> dict[What, AnyBaseline | str]:
    if window[1] >= seen.day:
        return dict.fromkeys((What.LAG, What.SILENCE), _not_over(window))
    feed, calendar, local = seen.world.feeds[agency], seen.world.calendars[agency], seen.world.local
    lags = lag_baseline(feed, *window, local)
    silences = silence_baseline(feed, *window, calendar, local)
    if isinstance(lags, Answer) and isinstance(silences, Answer):
        raise CommandError(f"{lags.why}, and {silences.why}: name another --window")
    return {What.LAG: _or_why(lags), What.SILENCE: _or_why(silences)}


def _or_why(found: AnyBaseline | Answer) -> AnyBaseline | str:
    return found.why or "" if isinstance(found, Answer) else found


def _not_over(window: Window) -> str:
    return f"not enough data: the window is not over until {shown(date_of(window[1]))}"
