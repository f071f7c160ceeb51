"""Which tests are asked on a day: stops, silences and lags as days pass, the rest when a week has ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from analysis.arrays import DAY_US, WEEK
from analysis.boundary.effect import boundary
from analysis.detectors.batching import batching
from analysis.detectors.cost_shift import cost_shift
from analysis.detectors.feed_silence import feed_silence
from analysis.detectors.improved import improved
from analysis.detectors.missing import missing
from analysis.detectors.open_age import open_age
from analysis.detectors.overdue_excess import overdue_excess
from analysis.detectors.ping_pong import ping_pong
from analysis.detectors.publish_lag import publish_lag
from analysis.detectors.slow_pair import slow_pair
from analysis.detectors.stop import stop
from analysis.feeds import judged
from analysis.findings import About, Finding, Kind
from analysis.items import Flow, FlowKey, Known
from analysis.judging.locking import publisher_clock, without_usual_waits
from analysis.judging.memory import Baselines
from analysis.judging.rebasing import NO_BASELINE, UNDECIDED, Decided
from analysis.judging.world import World
from analysis.view import View

OF_A_FLOW: Final = {
    Kind.SLOW_PAIR: slow_pair,
    Kind.IMPROVED: improved,
    Kind.OPEN_AGE: open_age,
    Kind.OVERDUE_EXCESS: overdue_excess,
    Kind.MISSING: missing,
    Kind.PING_PONG: ping_pong,
    Kind.STOP: stop,
}
"""Tests that look at one flow; all but the stop are weekly."""
BOUNDARY_SEED: Final = 20260101
"""Of the resampling: the same data give the same interval in every evaluation."""
BOUNDARY_DAYS: Final = 364
"""Steps that began within a year are compared."""
USED_WITHIN_DAYS: Final = 300
"""Of a flow through which nothing has passed for so long no stop is asked."""
EVERYBODY: Final = About(agency="")
"""What the boundary effect is about."""
SUNDAY: Final = 3
"""Day 3 (4 January 1970) was one."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What was found, and the views it was found in, for whoever describes it."""

    findings: tuple[Finding, ...]
    views: Mapping[FlowKey, View]


def ends_week(day: int) -> bool:
    """Return whether a local day is a Sunday: the weekly tests are asked at the midnight that follows."""
    return day % WEEK == SUNDAY


def clocks(world: World, now_us: int) -> dict[str, Known]:
    """Return the judged clock of every agency that ever published, and of the roles that several of them hold.

    A role has the earliest clock of those that speak for it: what it did is known when all have told.
    """
    known: dict[str, Known] = {}
    for agency, feed in world.feeds.items():
        at = judged(feed, now_us, world.calendars[agency], world.local)
        if at is not None:
            known[agency] = at
    for role, agencies in world.speakers.items():
        heard = [known[agency] for agency in agencies if agency in known]
        if heard:
            known[role] = min(heard, key=lambda at: at.day)
    return known


def ask(
    world: World,
    now_us: int,
    known: dict[str, Known],
    usual: Baselines,
    before: Mapping[str, int],
    decided: Decided = UNDECIDED,
) -> Asked:
    """Return every finding of the day that ends at `now_us`.

    Args:
        world: what there is to look at.
        now_us: the midnight that ends the day, UTC.
        known: the agencies' judged clocks.
        usual: the locked baselines.
        before: local days of the judged clocks of the day before.
        decided: the decisions that hold: they say why a baseline is not there.
    """
    day = world.local.day(now_us) - 1
    silences = list(_silences(world, now_us, usual, decided))
    silent = {one.about.agency for one in silences if one.large_enough}
    silent |= {role for role, agencies in world.speakers.items() if silent.intersection(agencies)}
    views = {
        key: view_of(world, flow, at, usual, decided, feed_silent=_speaker(flow, known) in silent)
        for key, flow in world.flows.items()
        if (at := publisher_clock(flow, known)) is not None
    }
    views = {key: view for key, view in views.items() if view.waiting.start.size}
    moved = [view for key, view in views.items() if _is_between(key) and _moved(view, known, before)]
    found = [stop(view) for view in moved if _is_used(view, day)]
    found.extend(_lags(world, now_us, known, usual, decided))
    if ends_week(day):
        found.extend(_weekly(world, views))
        speaking = [at for agency, at in known.items() if agency not in silent]
        found.extend(_boundary(world, usual, speaking))
    return Asked((*silences, *found), views)


def view_of(
    world: World,
    flow: Flow,
    known: Known,
    usual: Baselines,
    decided: Decided = UNDECIDED,
    *,
    feed_silent: bool,
) -> View:
    """Return a flow as known, with its locked baselines, or why it has none."""
    none = decided.without_baseline(About(flow.key))
    waits = usual.waits.get(flow.key) or without_usual_waits(world, flow, known, decided)
    return View.of(flow, known, waits, usual.returns.get(flow.key, none), feed_silent)


def _speaker(flow: Flow, known: dict[str, Known]) -> str:
    return flow.key.receiver if flow.key.receiver in known else flow.key.sender


def _is_between(key: FlowKey) -> bool:
    return key.sender != key.receiver


def _moved(view: View, known: dict[str, Known], before: Mapping[str, int]) -> bool:
    """Return whether an open day was completed since the day before: else a stop would be counted twice."""
    day = before.get(_speaker(view.flow, known))
    return day is None or view.waiting.until > view.flow.calendar.slot(day)


def _is_used(view: View, day: int) -> bool:
    """Return whether anything was open or ended lately; what is older, a day that is read back to a year lacks."""
    ended = view.flow.items.ended[view.waiting.item]
    return bool(ended.max(initial=0) >= (day - USED_WITHIN_DAYS) * DAY_US)


def _silences(world: World, now_us: int, usual: Baselines, decided: Decided) -> Iterator[Finding]:
    for agency, feed in world.feeds.items():
        if not feed.between(0, now_us).stop:
            continue  # it has said nothing yet: nobody knows of it
        baseline = usual.silences.get(agency, decided.without_baseline(About(agency=agency)))
        yield feed_silence(feed, baseline, now_us, world.calendars[agency], world.local)


def _lags(
    world: World, now_us: int, known: dict[str, Known], usual: Baselines, decided: Decided
) -> Iterator[Finding]:
    day = world.local.day(now_us) - 1
    for agency in (one for one in world.feeds if one in known):
        calendar = world.calendars[agency]
        if calendar.weights[day - calendar.first] > 0:
            baseline = usual.lags.get(agency, decided.without_baseline(About(agency=agency)))
            yield publish_lag(world.feeds[agency], baseline, now_us, calendar, world.local)


def _weekly(world: World, views: Mapping[FlowKey, View]) -> Iterator[Finding]:
    for key, view in views.items():
        if not _is_between(key):
            yield improved(view)
            continue
        yield from (test(view) for kind, test in OF_A_FLOW.items() if kind is not Kind.STOP)
        yield from batching(view, world.calendars[key.sender])
        own = [inside for inside in views.values() if inside.flow.key.pair == (key.sender, key.sender)]
        yield from _surest([cost_shift(inside, view) for inside in own])


def _boundary(world: World, usual: Baselines, speaking: list[Known]) -> Iterator[Finding]:
    """Yield the boundary effect, as known where the picture of all who speak is complete."""
    if world.steps is None or not speaking:
        return
    at = min(speaking, key=lambda one: one.day)
    first = at.day - BOUNDARY_DAYS
    recent = world.steps.only(world.steps.started >= first * DAY_US)
    cap = NO_BASELINE if usual.cap_us is None else usual.cap_us
    yield boundary(recent, at, cap, BOUNDARY_SEED).finding(EVERYBODY, (first, at.day - 1))


def _surest(findings: list[Finding]) -> list[Finding]:
    """Return the surest of several arms of one test, its p multiplied by their number (Bonferroni)."""
    answered = [one for one in findings if one.p is not None]
    if not answered:
        return findings[:1]
    best = min(answered, key=lambda one: one.p or 0.0)
    return [replace(best, p=min(1.0, (best.p or 0.0) * len(answered)))]
