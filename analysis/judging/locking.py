"""Locking baselines: each once, from a fixed window, as soon as that is over."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

import numpy as np

from analysis.answers import Answer
from analysis.arrays import DAY_US, NEVER, WEEK, Bools, Ints
from analysis.boundary.cap import FEWEST_COMPLETIONS as FEWEST_STEPS
from analysis.boundary.cap import boundary_cap
from analysis.detectors.feed_silence import FEWEST_MESSAGES, SilenceBaseline, silence_baseline
from analysis.detectors.publish_lag import FEWEST_OF_TYPE, LagBaseline, commonest, lag_baseline
from analysis.engine.baseline import Baseline
from analysis.engine.locking import FEWEST_COMPLETIONS, locked_baseline
from analysis.findings import About
from analysis.hours_known import BY_DAY, all_known_by_hour, known_by_hour
from analysis.items import End, Flow, FlowKey, Known, Risk
from analysis.judging.memory import Baselines
from analysis.judging.rebasing import Decided
from analysis.judging.windows import Course, first_window
from analysis.judging.world import World

RETURNS_NEEDED: Final = 30
TOLD_WITHIN_DAYS: Final = 390
"""How far back it is asked why there is no usual pace; a day that ends no week reads the items of 400 days."""

Subject = TypeVar("Subject")
Usual = TypeVar("Usual")


def locked(world: World, known: dict[str, Known], before: Baselines, decided: Decided) -> Baselines:
    """Return the baselines with those that can be locked by now.

    A flow or feed of which too little is known for one is asked again the next time; a locked one never is.

    Args:
        world: with all items of flows that have no baseline yet.
        known: by agency, what its judged clock lets count.
        before: what is locked already.
        decided: the decisions that hold: they say from which window what they are about is taken.
    """
    waits, returns = dict(before.waits), dict(before.returns)
    lags, silences = dict(before.lags), dict(before.silences)
    for key, flow in world.flows.items():
        at = publisher_clock(flow, known)
        if at is not None and (key not in waits or key not in returns):
            _lock_flow(with_window(world, decided, About(key)), flow, at, waits, returns)
    for agency in (one for one in world.feeds if one in known):
        if agency not in lags or agency not in silences:
            told = with_window(world, decided, About(agency=agency))
            _lock_feed(told, agency, known[agency], lags, silences)
    cap_us = before.cap_us or _cap_us(world, known)
    return Baselines(waits, returns, lags, silences, cap_us, before.limits)


def with_window(world: World, decided: Decided, about: About) -> World:
    """Return the same world with the window that a decision about a flow or feed fixed; as it is without one."""
    window = decided.window(about)
    if window is None:
        return world
    weeks = (window[1] + 1 - window[0]) // WEEK
    return replace(world, baseline_first_day=window[0], baseline_weeks=weeks)


def _lock_flow(
    world: World, flow: Flow, at: Known, waits: dict[FlowKey, Baseline], returns: dict[FlowKey, Baseline]
) -> None:
    if flow.key not in waits:
        pace = usual_waits(world, flow, at)
        if pace is not None:
            waits[flow.key] = pace
    if flow.key not in returns:
        window = _window_of_returns(world, flow, at, waits.get(flow.key))
        if window is not None:
            _keep(returns, flow.key, locked_baseline(flow.returning(at), *window, least=RETURNS_NEEDED))


def usual_waits(world: World, flow: Flow, at: Known) -> Baseline | None:
    """Return the usual pace of a flow, from the first window that will do; None: none is over yet.

    A window of a flow in hours whose ends are known to their day does not: the next one that is known by hour.
    """
    waiting = flow.waiting(at)
    done = np.where(waiting.outcome, waiting.end, NEVER)
    course = replace(_course(flow, waiting, done), will_do=_by_hour(flow, at))
    window = _window(world, course, at.day, FEWEST_COMPLETIONS)
    if window is None:
        return None
    found = with_arrivals(flow, at, locked_baseline(waiting, *window))
    return None if isinstance(found, Answer) else found


def without_usual_waits(world: World, flow: Flow, at: Known, decided: Decided) -> Answer:
    """Return why a flow has no usual pace: ends known to their day in a window with enough of them, or too few.

    Where no window is fixed, that is asked of the one that ends with the judged day. Of one that began too long ago
    nothing is said: on most days no more is read, and a day says the same whatever is read.
    """
    about = About(flow.key)
    told = with_window(world, decided, about)
    days = told.baseline_weeks * WEEK
    first = at.day - days if told.baseline_first_day is None else told.baseline_first_day
    too_old = first < at.day - TOLD_WITHIN_DAYS
    if too_old or first + days > at.day or known_by_hour(flow, first, first + days, at.now_us):
        return decided.without_baseline(about)
    items, ended = flow.items, flow.items.ended // DAY_US
    done = (items.end == End.STOP) & (ended >= first) & (ended < first + days)
    enough = np.count_nonzero(done & (items.ended_known <= at.now_us)) >= FEWEST_COMPLETIONS
    return BY_DAY if enough else decided.without_baseline(about)


def _by_hour(flow: Flow, at: Known) -> Callable[[Ints, Ints], Bools]:
    return lambda first, end: all_known_by_hour(flow, first, end, at.now_us)


def _window_of_returns(world: World, flow: Flow, at: Known, usual: Baseline | None) -> tuple[int, int] | None:
    """Return the window of the waits; without one the first in which enough began, however much came back."""
    if usual is not None:
        return usual.first_day, usual.last_day
    waiting = flow.waiting(at)
    return _window(world, _course(flow, waiting, waiting.start), at.day, RETURNS_NEEDED)


def _course(flow: Flow, waiting: Risk, done: Ints) -> Course:
    days = flow.items.started[waiting.item] // DAY_US
    return Course(days, waiting.start, done, flow.calendar.slots)


def with_arrivals(flow: Flow, at: Known, usual: Baseline | Answer) -> Baseline | Answer:
    """Return a baseline with the weekdays on which, or the hours in which, its items began: the sender's rhythm."""
    if isinstance(usual, Answer):
        return usual
    if not known_by_hour(flow, usual.first_day, usual.last_day + 1, at.now_us):
        return BY_DAY
    day, told = flow.items.started // DAY_US, flow.items.started_known <= at.now_us
    began = flow.items.started[told & (day >= usual.first_day) & (day <= usual.last_day)]
    arrivals = np.bincount(flow.calendar.phases_at(began), minlength=flow.calendar.phases)
    return replace(usual, arrivals=arrivals.astype(np.float64))


def _lock_feed(
    world: World, agency: str, at: Known, lags: dict[str, LagBaseline], silences: dict[str, SilenceBaseline]
) -> None:
    feed, calendar = world.feeds[agency], world.calendars[agency]
    heard, over = feed.between(0, at.now_us), world.local.day(at.now_us)
    days = world.local.local(feed.published[heard]) // DAY_US
    if agency not in lags:
        comparable = Course.of_days(days[commonest(feed, heard)])
        window = _window(world, comparable, over, FEWEST_OF_TYPE)
        if window is not None:
            _keep(lags, agency, lag_baseline(feed, *window, world.local))
    if agency not in silences:
        window = _window(world, Course.of_days(days), over, FEWEST_MESSAGES)
        if window is not None:
            _keep(silences, agency, silence_baseline(feed, *window, calendar, world.local))


def _cap_us(world: World, known: dict[str, Known]) -> int | None:
    """Return the wait at which the boundary effect cuts every step, as soon as its window is over everywhere."""
    if world.steps is None or not known:
        return None
    at, steps = min(known.values(), key=lambda one: one.day), world.steps
    told = steps.started_known <= at.now_us
    ended = np.where(steps.ended_known <= at.now_us, steps.ended, NEVER)[told]
    done = np.where(ended == NEVER, NEVER, ended // DAY_US)
    window = _window(world, Course.of_days(steps.started[told] // DAY_US, done), at.day, FEWEST_STEPS)
    if window is None:
        return None
    cap = boundary_cap(world.steps, *window, at.now_us)
    return None if isinstance(cap, Answer) else cap


def publisher_clock(flow: Flow, known: dict[str, Known]) -> Known | None:
    """Return the judged clock of who tells of a flow's stops: its receiver, or the sender where that tells nothing.

    A victim or a defendant publishes nothing: there the agency that acts speaks.
    """
    return clock_of(flow.key, known)


def clock_of(key: FlowKey, known: dict[str, Known]) -> Known | None:
    """Return the same of a flow that is only named."""
    return known.get(key.receiver) or known.get(key.sender)


def _keep(kept: dict[Subject, Usual], subject: Subject, found: Usual | Answer) -> None:
    if not isinstance(found, Answer):
        kept[subject] = found


def _window(world: World, course: Course, over: int, least: int) -> tuple[int, int] | None:
    """Return the first and the last local day of a baseline, both included; None where none is over that will do.

    A window that the partnership fixed is the only one.
    """
    if world.baseline_first_day is None:
        return first_window(course, world.baseline_weeks, over, least)
    last = world.baseline_first_day + world.baseline_weeks * WEEK - 1
    return (world.baseline_first_day, last) if last < over else None
