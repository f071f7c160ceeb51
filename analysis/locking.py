"""Locking baselines: each once, from a fixed window, as soon as that is over."""

from dataclasses import replace
from typing import Final, TypeVar

import numpy as np

from analysis.answers import Answer
from analysis.arrays import DAY_US, Ints
from analysis.boundary_cap import boundary_cap
from analysis.detectors.feed_silence import SilenceBaseline, silence_baseline
from analysis.detectors.publish_lag import LagBaseline, lag_baseline
from analysis.engine.baseline import Baseline
from analysis.engine.locking import WEEK, locked_baseline, weekdays
from analysis.items import Flow, FlowKey, Known
from analysis.memory import Baselines
from analysis.world import World

RETURNS_NEEDED: Final = 30
_MONDAY_OFFSET: Final = 4
"""Day 4 (5 January 1970) was a Monday."""

Subject = TypeVar("Subject")
Usual = TypeVar("Usual")


def locked(world: World, known: dict[str, Known], before: Baselines) -> Baselines:
    """Return the baselines with those that can be locked by now.

    A flow or feed of which too little is known for one is asked again the next time; a locked one never is.

    Args:
        world: with all items of flows that have no baseline yet.
        known: by agency, what its judged clock lets count.
        before: what is locked already.
    """
    waits, returns = dict(before.waits), dict(before.returns)
    lags, silences = dict(before.lags), dict(before.silences)
    for key, flow in world.flows.items():
        at = publisher_clock(flow, known)
        if at is not None and (key not in waits or key not in returns):
            _lock_flow(world, flow, at, waits, returns)
    for agency in (one for one in world.feeds if one in known):
        if agency not in lags or agency not in silences:
            _lock_feed(world, agency, known[agency], lags, silences)
    return Baselines(waits, returns, lags, silences, before.cap_us or _cap_us(world, known))


def _lock_flow(
    world: World, flow: Flow, at: Known, waits: dict[FlowKey, Baseline], returns: dict[FlowKey, Baseline]
) -> None:
    window = _window(world, flow.items.started, flow.items.started_known, at)
    if window is None or window[1] >= at.day:
        return
    if flow.key not in waits:
        _keep(waits, flow.key, with_arrivals(flow, at, locked_baseline(flow.waiting(at), *window)))
    if flow.key not in returns:
        _keep(returns, flow.key, locked_baseline(flow.returning(at), *window, least=RETURNS_NEEDED))


def with_arrivals(flow: Flow, at: Known, usual: Baseline | Answer) -> Baseline | Answer:
    """Return a baseline with the weekdays on which its items began: the sender's own rhythm."""
    if isinstance(usual, Answer):
        return usual
    day, told = flow.items.started // DAY_US, flow.items.started_known <= at.now_us
    began = day[told & (day >= usual.first_day) & (day <= usual.last_day)]
    return replace(usual, arrivals=np.bincount(weekdays(began), minlength=WEEK).astype(np.float64))


def _lock_feed(
    world: World, agency: str, at: Known, lags: dict[str, LagBaseline], silences: dict[str, SilenceBaseline]
) -> None:
    feed, calendar = world.feeds[agency], world.calendars[agency]
    window = _window(world, world.local.local(feed.published), feed.published, at)
    if window is None or window[1] >= world.local.day(at.now_us):
        return
    if agency not in lags:
        _keep(lags, agency, lag_baseline(feed, *window, world.local))
    if agency not in silences:
        _keep(silences, agency, silence_baseline(feed, *window, calendar, world.local))


def _cap_us(world: World, known: dict[str, Known]) -> int | None:
    """Return the wait at which the boundary effect cuts every step, as soon as its window is over everywhere."""
    if world.steps is None or not known:
        return None
    at = min(known.values(), key=lambda one: one.day)
    window = _window(world, world.steps.started, world.steps.started_known, at)
    if window is None or window[1] >= at.day:
        return None
    cap = boundary_cap(world.steps, *window)
    return None if isinstance(cap, Answer) else cap


def publisher_clock(flow: Flow, known: dict[str, Known]) -> Known | None:
    """Return the judged clock of who tells of a flow's stops: its receiver, or the sender where that tells nothing.

    A victim or a defendant publishes nothing: there the agency that acts speaks.
    """
    return known.get(flow.key.receiver) or known.get(flow.key.sender)


def _keep(kept: dict[Subject, Usual], subject: Subject, found: Usual | Answer) -> None:
    if not isinstance(found, Answer):
        kept[subject] = found


def _window(world: World, started: Ints, told: Ints, at: Known) -> tuple[int, int] | None:
    """Return the first and the last local day of a baseline, both included; None where nothing has begun."""
    first = world.baseline_first_day
    if first is None:
        begun = started[told <= at.now_us]
        if not begun.size:
            return None
        first = next_monday(int(begun.min() // DAY_US))
    return first, first + world.baseline_weeks * WEEK - 1


def next_monday(day: int) -> int:
    """Return the first Monday on or after a local day."""
    return day + int(np.mod(_MONDAY_OFFSET - day, WEEK))
