"""Items of a flow written out one by one, in local days with fractions, from a Monday on."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analysis.arrays import DAY_US, NEVER
from analysis.items import End, Flow, FlowKey, Items, Known
from analysis.open_days import OpenDays

MONDAY = 19_723
"""1 January 2024."""


class Told(NamedTuple):
    """One item: days after MONDAY, None where there is none; `due` is its last day in time."""

    started: float
    ended: float | None = None
    end: End = End.STOP
    due: int | None = None
    known_after: float = 0.0


def us(days: float | None) -> int:
    """Return the instant of a day after MONDAY."""
    return NEVER if days is None else MONDAY * DAY_US + round(days * DAY_US)


def known(day: int) -> Known:
    """Return what is known at the beginning of a day after MONDAY."""
    return Known(us(day), MONDAY + day)


def items_of(told: Sequence[Told]) -> Items:
    """Return the arrays; each end is published `known_after` days later."""
    never = np.full(len(told), NEVER)
    started = np.array([us(one.started) for one in told], dtype=np.int64)
    ends = [End.NONE if one.ended is None else one.end for one in told]
    late = [None if one.ended is None else one.ended + one.known_after for one in told]
    due = [NEVER if one.due is None else us(one.due + 1) - 1 for one in told]
    return Items(
        case=np.arange(len(told)),
        started=started,
        started_known=started,
        ended=np.array([us(one.ended) for one in told], dtype=np.int64),
        ended_known=np.array([us(one) for one in late], dtype=np.int64),
        end=np.array(ends, dtype=np.int8),
        due=np.array(due, dtype=np.int64),
        returned=never,
        returned_known=never,
    )


def flow_of(told: Sequence[Told], weeks: int = 60) -> Flow:
    """Return a flow whose receiver works from Monday to Friday."""
    days = OpenDays.weekdays(MONDAY, weeks * 7)
    return Flow.of(FlowKey("H01", "POLICE", "CPS"), items_of(told), days)
