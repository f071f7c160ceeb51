"""Flows, feeds and views made from seeded draws, with arrays that a test may bend before they are laid out.

Times are drawn in working days, Monday to Friday, from FIRST (a Monday) on; the zone is UTC, so that local time and
UTC are one. The baseline is the first 52 weeks; the judged year begins at slot YEAR.
"""

from dataclasses import dataclass
from datetime import UTC

import numpy as np

from analysis.arrays import DAY_US, HOUR_US, NEVER, Floats, Ints
from analysis.engine.locking import locked_baseline
from analysis.feeds import Feed
from analysis.items import End, Flow, FlowKey, Items, Known
from analysis.judging.locking import with_arrivals
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays
from analysis.view import View

FIRST = 19_723  # Monday 1 January 2024
YEAR = 52 * 5
BASELINE = (FIRST, FIRST + 52 * 7 - 1)
CALENDAR = OpenDays.weekdays(FIRST, 52 * 7 * 5)
LOCAL = LocalTime.of(UTC, FIRST * DAY_US, (FIRST + 52 * 7 * 5) * DAY_US)
SEEDS = range(20)


@dataclass
class Drawn:
    """Items in working days, shape (n,); inf: never."""

    began: Floats
    ended: Floats
    skipped: np.ndarray
    returned: Floats


def drawn(seed: int, rate: float, slots: int, *, skipped: float = 0.02, returned: float = 0.05) -> Drawn:
    """Draw Poisson arrivals, log-normal waits (median 10 working days, sigma 0.7), skips and returns."""
    by = np.random.default_rng(seed)
    began = np.sort(by.uniform(0, slots, by.poisson(rate * slots)))
    ended = began + waits(by, began.size)
    back = np.where(by.uniform(size=began.size) < returned, began + waits(by, began.size), np.inf)
    return Drawn(began, ended, by.uniform(size=began.size) < skipped, back)


def waits(by: np.random.Generator, n: int) -> Floats:
    return 10 * np.exp(0.7 * by.standard_normal(n))


def instants(at: Floats) -> Ints:
    """Return the instants of working days: the eight hours from nine o'clock on; NEVER for inf."""
    ever = np.isfinite(at) & (at < CALENDAR.days.size)
    slot = np.floor(np.where(ever, at, 0)).astype(np.int64)
    within = np.rint((np.where(ever, at, 0) - slot) * 8 * HOUR_US).astype(np.int64)
    return np.where(ever, CALENDAR.days[slot] * DAY_US + 9 * HOUR_US + within, NEVER)


def day(slot: int) -> int:
    """Return the calendar day of a slot."""
    return int(CALENDAR.days[slot])


def flow(items: Drawn, key: FlowKey, calendar: OpenDays = CALENDAR) -> Flow:
    """Lay items out; everything is published half an hour after it happened."""
    start, end, back = instants(items.began), instants(items.ended), instants(items.returned)
    ends = np.where(items.skipped, End.MISSING, End.STOP)
    return Flow.of(
        key,
        Items(
            case=np.arange(start.size),
            started=start,
            started_known=_told(start),
            ended=end,
            ended_known=_told(end),
            end=np.where(end == NEVER, End.NONE, ends).astype(np.int8),
            due=np.full(start.size, NEVER),
            returned=back,
            returned_known=_told(back),
        ),
        calendar,
    )


def view(passing: Flow, slot: int, *, feed_silent: bool = False) -> View:
    """Return a flow as known at the beginning of a slot's day, everything published, baselines locked."""
    known = Known(day(slot) * DAY_US + HOUR_US, day(slot))
    waiting = with_arrivals(passing, known, locked_baseline(passing.waiting(known), *BASELINE))
    returning = locked_baseline(passing.returning(known), *BASELINE, least=30)
    return View.of(passing, known, waiting, returning, feed_silent)


def feed(at: Floats, lag_us: Ints, types: tuple[str, ...] = (), codes: Ints | None = None) -> Feed:
    """Return the feed of agency b of events at working days, published `lag_us` later."""
    occurred = instants(at)
    none = np.zeros(at.size, dtype=np.int64)
    return Feed.of(
        "b", occurred, occurred + lag_us, lag_us, none > 0, none if codes is None else codes, types
    )


def messages(seed: int, rate: float, slots: int) -> tuple[Floats, Ints]:
    """Return when an agency's events happen, in working days, and lags of half an hour (log-normal, sigma 0.8)."""
    by = np.random.default_rng(seed)
    at = np.sort(by.uniform(0, slots, by.poisson(rate * slots)))
    return at, np.rint(HOUR_US / 2 * np.exp(0.8 * by.standard_normal(at.size))).astype(np.int64)


def _told(at: Ints) -> Ints:
    return np.where(at == NEVER, NEVER, at + HOUR_US // 2)
