"""From findings to signals: what opens, goes on, closes, is superseded, rebased, or explained by late data."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from analysis.arrays import DAY_US
from analysis.detectors.slow_pair import slow_pair
from analysis.detectors.stop import P_STOP
from analysis.findings import About, Finding, Kind
from analysis.items import Flow, Known
from analysis.judging import hysteresis
from analysis.judging.asking import OF_A_FLOW, Asked, ends_week, view_of
from analysis.judging.describing import described
from analysis.judging.families import DAILY, adjusted, passed
from analysis.judging.hysteresis import CLEAR_ABOVE_P, Judged, Track, Turn
from analysis.judging.memory import Baselines, Key, Tracked
from analysis.judging.rebasing import rests_on
from analysis.judging.signals import Signal, State
from analysis.judging.world import World

LATE_DATA_WITHIN_DAYS: Final = 92
"""Late data are weighed against the opening of a signal for a quarter; later it stands as it was seen."""
ONE_PASS: Final = 1
NO_DIFFERENCE: Final = 0.5
"""Of the boundary effect; below it the boundary is quicker, which is no concern."""


@dataclass(slots=True)
class Ledger:
    """Signals while a day is judged: those that go on, and those that ended on it."""

    tracked: dict[Key, Tracked]
    ended: list[Signal] = field(default_factory=list)

    def end(self, key: Key, state: State, day: int) -> None:
        """End a signal, or drop a candidate without a word."""
        known = self.tracked.pop(key, None)
        if known is not None and known.track.opened is not None:
            self.ended.append(replace(known.signal, state=state, ended=day, last_judged=day))


def rebased(
    before: Mapping[Key, Tracked], about: Collection[About], day: int
) -> tuple[dict[Key, Tracked], list[Signal]]:
    """Return what goes on when decisions begin to count, and the signals that end because of them.

    What was said against the old baseline is neither healed nor wrong: it holds no more. What differs from the new
    one has to pass anew.

    Args:
        before: candidates and open signals of the day before.
        about: the flows and feeds that the decisions are about.
        day: the local day from which they count.
    """
    ledger = Ledger(dict(before))
    for key in [key for key in before if any(rests_on(key, one) for one in about)]:
        ledger.end(key, State.REBASED, day)
    return ledger.tracked, ledger.ended


def follow(
    world: World, asked: Asked, before: Mapping[Key, Tracked], usual: Baselines, now_us: int, day: int
) -> tuple[dict[Key, Tracked], list[Signal]]:
    """Return what is tracked after a day, and the signals that ended on it.

    Unanswered tests change nothing: no data is neither a pass nor the all-clear.

    Args:
        world: what was looked at.
        asked: the findings of the day.
        before: candidates and open signals of the day before.
        usual: the locked baselines.
        now_us: the midnight that ends the day, UTC.
        day: the local day that has just ended.
    """
    ledger = Ledger(dict(before))
    for key in list(_explained(world, before, usual, now_us)):
        ledger.end(key, State.WITHDRAWN, day)
    by_family = adjusted(asked.findings)
    for finding in asked.findings:
        if finding.p is None:
            continue
        _judge(ledger, world, asked, finding, by_family.get(finding), day)
    return ledger.tracked, ledger.ended


def _judge(
    ledger: Ledger, world: World, asked: Asked, finding: Finding, adjusted_p: float | None, day: int
) -> None:
    key = finding.kind, finding.about
    known = ledger.tracked.get(key)
    if finding.kind is Kind.SLOW_PAIR and (Kind.STOP, finding.about) in ledger.tracked:
        return  # the stop says it better
    judged = _judged(finding, known.track if known else None, adjusted_p, day)
    if judged.turn is Turn.CLOSED:
        ledger.end(key, State.CLOSED, day)
    elif judged.turn is Turn.TURNED:
        ledger.end(key, State.SUPERSEDED, day)
        _turn_slow(ledger, world, asked, finding, day)
    elif judged.track is None:
        ledger.tracked.pop(key, None)
    else:
        ledger.tracked[key] = _tracked(world, asked, finding, adjusted_p, judged.track, known, day)
    if judged.turn is Turn.OPENED and finding.kind is Kind.STOP:
        ledger.end((Kind.SLOW_PAIR, finding.about), State.SUPERSEDED, day)


def _judged(finding: Finding, track: Track | None, adjusted_p: float | None, day: int) -> Judged:
    """Return what a judgement changes, by the rule of its kind."""
    p, effect = finding.p or 0.0, finding.effect
    match finding.kind:
        case Kind.STOP:
            fires = finding.large_enough and p < P_STOP
            return hysteresis.stop(track, fires=fires, ratio=effect.value if effect else 0.0, day=day)
        case Kind.FEED_SILENCE:
            return hysteresis.at_once(track, fires=finding.large_enough, day=day)
        case Kind.BOUNDARY:
            here = finding.large_enough and effect is not None and effect.low > NO_DIFFERENCE
            return hysteresis.weekly(track, passed=here, clear=not here, day=day, to_open=ONE_PASS)
        case _:
            if (
                finding.kind in DAILY
                and track is not None
                and track.opened is not None
                and not ends_week(day)
            ):
                return Judged(track, Turn.NONE)  # opened by days, it closes by weeks
            passes = adjusted_p is not None and passed(finding, adjusted_p)
            return hysteresis.weekly(track, passed=passes, clear=p > CLEAR_ABOVE_P, day=day)


def _turn_slow(ledger: Ledger, world: World, asked: Asked, stopped: Finding, day: int) -> None:
    """Let a stop through which more than a trickle flows again go on as a slow pair, open at once."""
    flow = stopped.about.flow
    finding = slow_pair(asked.views[flow]) if flow is not None else stopped
    if finding.p is not None:
        track = Track(since=day, opened=day, passes=hysteresis.PASSES_TO_OPEN)
        ledger.tracked[Kind.SLOW_PAIR, finding.about] = _tracked(
            world, asked, finding, None, track, None, day
        )


def _tracked(
    world: World,
    asked: Asked,
    finding: Finding,
    adjusted_p: float | None,
    track: Track,
    before: Tracked | None,
    day: int,
) -> Tracked:
    view = asked.views.get(finding.about.flow) if finding.about.flow else None
    opened_as = before.opened_as if before else None
    if opened_as is None and track.opened is not None and view is not None:
        opened_as = view.known
    return Tracked(track, described(world, finding, view, adjusted_p, track, day), opened_as)


def _explained(world: World, before: Mapping[Key, Tracked], usual: Baselines, now_us: int) -> Iterator[Key]:
    """Yield the open signals whose opening day, looked at again with what is known now, shows p above 0.05."""
    for (kind, about), known in before.items():
        flow = world.flows.get(about.flow) if about.flow else None
        test = OF_A_FLOW.get(kind)
        if flow is None or test is None or known.opened_as is None:
            continue
        if world.local.day(now_us) - known.opened_as.day > LATE_DATA_WITHIN_DAYS:
            continue
        if _told_since(flow, known.opened_as):
            again = test(view_of(world, flow, Known(now_us, known.opened_as.day), usual, feed_silent=False))
            if again.p is not None and again.p > CLEAR_ABOVE_P:
                yield kind, about


def _told_since(flow: Flow, opened_as: Known) -> bool:
    """Return whether anything that happened before the opening day was published after it."""
    items, before = flow.items, opened_as.day * DAY_US
    late_start = (items.started < before) & (items.started_known > opened_as.now_us)
    late_end = (items.ended < before) & (items.ended_known > opened_as.now_us)
    return bool((late_start | late_end).any())
