"""Flows of drawn waits, laid out in open days: what the engine and its detectors are tried on."""

import numpy as np

from analysis.answers import Answer, Status
from analysis.arrays import DAY_US, NEVER, Ints
from analysis.engine.baseline import Baseline
from analysis.engine.locking import locked_baseline
from analysis.items import End, Flow, FlowKey, Items, Known, Risk
from analysis.open_days import OpenDays
from analysis.view import View

MONDAY = 19_723
"""1 January 2024."""
WEEKS = 52
SLOTS = WEEKS * 5
KEY = FlowKey("H01", "POLICE", "CPS")
NO_RETURNS = Answer.unknown(Status.NOT_ENOUGH_DATA, "nothing ever came back")
LATER = 1 << 60


def calendar(weeks: int = 120, **strengths: float) -> OpenDays:
    """Return Monday to Friday from MONDAY on; `s270=0.5` gives the 271st open day half its strength."""
    plain = OpenDays.weekdays(MONDAY, weeks * 7)
    weights = plain.weights.copy()
    for name, strength in strengths.items():
        weights[plain.days[int(name[1:])] - MONDAY] = strength
    return OpenDays(MONDAY, weights)


def arrivals(rng: np.random.Generator, per_week: float, slots: int) -> Ints:
    """Return start slots, rising."""
    return np.repeat(np.arange(slots), rng.poisson(per_week / 5, slots))


def ends(rng: np.random.Generator, start: Ints, times: float = 1.0) -> Ints:
    """Return end slots after log-normal waits: median 10 open days, sigma 0.7."""
    wait = times * rng.lognormal(np.log(10), 0.7, start.size)
    return start + np.floor(rng.random(start.size) + wait).astype(np.int64)


def as_of(start: Ints, end: Ints, until: int, days: OpenDays) -> Risk:
    """Return what was known at the beginning of slot `until`."""
    item = np.flatnonzero(start < until)
    done = end[item] < until
    return Risk(start[item], np.where(done, end[item], NEVER), done, item, until, days)


def usual_of(risk: Risk, weeks: int = WEEKS) -> Baseline:
    """Return the baseline of the first weeks."""
    found = locked_baseline(risk, MONDAY, MONDAY + weeks * 7 - 1)
    assert isinstance(found, Baseline), found
    return found


def flow_of(start: Ints, end: Ints, days: OpenDays, limit: int | None = None) -> Flow:
    """Return the flow whose items start and end at noon of their slots' days; `limit` in calendar days."""
    noon = DAY_US // 2
    begun = days.days[start] * DAY_US + noon
    over = np.where(
        end < days.days.size, days.days[np.minimum(end, days.days.size - 1)] * DAY_US + noon, NEVER
    )
    never = np.full(start.size, NEVER)
    items = Items(
        case=np.arange(start.size),
        started=begun,
        started_known=begun,
        ended=over,
        ended_known=over,
        end=np.where(over < NEVER, End.STOP, End.NONE).astype(np.int8),
        due=never if limit is None else begun + limit * DAY_US,
        returned=never,
        returned_known=never,
    )
    return Flow.of(KEY, items, days)


def view_of(flow: Flow, until: int, *, weeks: int = WEEKS, silent: bool = False) -> View:
    """Return the view at the beginning of slot `until`, with the baseline of the first weeks."""
    locked_at = Known(LATER, MONDAY + weeks * 7)
    usual = locked_baseline(flow.waiting(locked_at), MONDAY, MONDAY + weeks * 7 - 1)
    known = Known(LATER, int(flow.calendar.days[until]))
    return View.of(flow, known, usual, NO_RETURNS, silent)
