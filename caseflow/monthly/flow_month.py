"""One flow in one month: what was completed in it, what was started in it, and what was open at its end."""

from dataclasses import dataclass

import numpy as np

from analysis.answers import Answer
from analysis.arrays import DAY_US, NEVER
from analysis.items import End, Flow, FlowKey, Known
from analysis.judging.locking import publisher_clock
from analysis.perspective import Perspective
from analysis.waits.ageing import Ageing, ageing
from analysis.waits.durations import Durations
from analysis.waits.excess import accrued_us
from analysis.waits.survival import Quantile, quantile
from caseflow.monthly.month import Month


@dataclass(frozen=True, slots=True)
class Completed:
    """What was completed in the month, whenever it started: `limited` had a limit, `late` of them were past it."""

    stopped: int
    median_days: float | None
    limited: int
    late: int

    @property
    def view(self) -> Perspective:
        """Completed in the period."""
        return Perspective.LOOK_BACK


@dataclass(frozen=True, slots=True)
class Started:
    """What was started in the month, open ones as far as they have come; the median is in `unit`."""

    started: int
    n_open: int
    median: Quantile | Answer
    unit: str

    @property
    def view(self) -> Perspective:
        """Started in the period."""
        return Perspective.COHORT


@dataclass(frozen=True, slots=True)
class FlowMonth:
    """One flow. `excess_days` past due accrued in the month, over the `overdue` items that were late in it."""

    key: FlowKey
    known: Known
    completed: Completed
    started: Started
    open: Ageing
    overdue: int
    excess_days: float


def flow_month(flow: Flow, clocks: dict[str, Known], month: Month) -> FlowMonth:
    """Return one flow's month.

    Args:
        flow: with all its items.
        clocks: the judged clock of each agency that publishes; where none does, everything known counts.
        month: the month.
    """
    known = publisher_clock(flow, clocks) or Known(month.now_us, month.today)
    first, after = month.days
    at_end = Known(known.now_us, min(known.day, after))
    excess_us = accrued_us(flow.items, known, first * DAY_US, after * DAY_US)
    begins = np.maximum(flow.items.due, first * DAY_US)
    ends = np.where(flow.items.ended_known <= known.now_us, flow.items.ended, NEVER)
    late = (flow.items.due != NEVER) & (begins < np.minimum(ends, at_end.day * DAY_US))
    return FlowMonth(
        key=flow.key,
        known=known,
        completed=_completed(flow, known, first, after),
        started=_started(flow, known, first, after),
        open=ageing(flow, at_end),
        overdue=int(np.count_nonzero(late)),
        excess_days=excess_us / DAY_US,
    )


def _completed(flow: Flow, known: Known, first: int, after: int) -> Completed:
    items = flow.items
    done = (items.end == End.STOP) & (items.ended_known <= known.now_us) & (items.ended < known.day * DAY_US)
    done &= (items.ended >= first * DAY_US) & (items.ended < after * DAY_US)
    waits = (items.ended - items.started)[done] / DAY_US
    limited = done & (items.due != NEVER)
    return Completed(
        stopped=int(np.count_nonzero(done)),
        median_days=float(np.median(waits)) if waits.size else None,
        limited=int(np.count_nonzero(limited)),
        late=int(np.count_nonzero(limited & (items.ended > items.due))),
    )


def _started(flow: Flow, known: Known, first: int, after: int) -> Started:
    risk = flow.waiting(known)
    slots = flow.calendar.slot(first), flow.calendar.slot(after)
    cohort = Durations.started_in(risk, *slots)
    begun = (risk.start >= slots[0]) & (risk.start < slots[1])
    n_open = int(np.count_nonzero(begun & (risk.end == NEVER)))
    return Started(int(np.count_nonzero(begun)), n_open, quantile(cohort), flow.calendar.unit)
