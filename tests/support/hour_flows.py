"""Flows of drawn short waits, counted in the open hours of an office: nine to five on Monday to Friday.

Times are drawn in open hours from FIRST on, so that 40 hours are a week.
"""

import numpy as np

from analysis.arrays import DAY_US, HOUR_US, NEVER, Floats, Ints
from analysis.engine.locking import locked_baseline
from analysis.items import End, Flow, FlowKey, Items, Known
from analysis.judging.locking import with_arrivals
from analysis.open_days import OpenDays
from analysis.open_hours import OpenHours
from analysis.view import View

FIRST = 19_723  # Monday 1 January 2024
A_DAY, A_WEEK = 8, 40
YEAR = 52 * A_WEEK
DAYS = OpenDays.weekdays(FIRST, 7 * 130)
OFFICE = OpenHours(DAYS, 9 * 60, 17 * 60)
KEY = FlowKey("H32", "prison", "probation")
EVER = 1 << 60
BASELINE = (FIRST, FIRST + 52 * 7 - 1)


def drawn(seed: int, per_week: float, hours: int, times: Floats | float = 1.0) -> tuple[Floats, Floats]:
    """Draw Poisson arrivals and log-normal waits: median 4 open hours, sigma 0.7; `times` longer from YEAR on."""
    by = np.random.default_rng(seed)
    began = np.sort(by.uniform(0, hours, by.poisson(per_week / A_WEEK * hours)))
    wait = 4 * np.exp(0.7 * by.standard_normal(began.size))
    return began, began + np.where(began >= YEAR, wait * times, wait)


def instants(at: Floats) -> Ints:
    """Return the instants of open hours; NEVER for inf and beyond the calendar."""
    ever = at < DAYS.days.size * A_DAY
    hour = np.where(ever, at, 0.0)
    day = np.floor(hour / A_DAY).astype(np.int64)
    within = np.rint((hour - day * A_DAY + 9) * HOUR_US).astype(np.int64)
    return np.where(ever, DAYS.days[day] * DAY_US + within, NEVER)


def flow(began: Floats, ended: Floats, calendar: OpenDays | OpenHours = OFFICE) -> Flow:
    """Lay items out; what happens is known at once, and each is a case of its own."""
    start, end = instants(began), instants(ended)
    never = np.full(start.size, NEVER)
    ends = np.where(end == NEVER, End.NONE, End.STOP).astype(np.int8)
    items = Items(np.arange(start.size), start, start, end, end, ends, never, never, never)
    return Flow.of(KEY, items, calendar)


def known(hour: int) -> Known:
    """Return what is known at the beginning of the day of an open hour."""
    return Known(EVER, int(DAYS.days[hour // A_DAY]))


def view(passing: Flow, hour: int) -> View:
    """Return a flow as known at the beginning of an open hour's day, with the baseline of the first 52 weeks."""
    at = known(hour)
    usual = with_arrivals(passing, at, locked_baseline(passing.waiting(at), *BASELINE))
    back = locked_baseline(passing.returning(at), *BASELINE, least=30)
    return View.of(passing, at, usual, back, feed_silent=False)
