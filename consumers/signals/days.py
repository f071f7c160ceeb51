"""Which local days are to be judged: each once, in order, after it is over; pure. Days count from 1970."""

from collections.abc import Iterator
from datetime import datetime, time, tzinfo

from analysis.arrays import WEEK
from consumers.daily import last_due, local_day_of
from models.instants import date_of, midnight_us, number_of

READ_AT_ONCE = 13 * WEEK
"""Days that are judged with one reading: it takes longer than a day's judging, and holds what they all need."""


def newest_due(at: datetime, evaluate_at: time, zone: tzinfo) -> int:
    """Return the newest day that is to be judged by now.

    A day is judged when the local clock shows `evaluate_at` on the next one: what it told has been stored by
    then, however late the evening.
    """
    return number_of(local_day_of(last_due(at, evaluate_at, zone), zone)) - 1


def end_us(day: int, zone: tzinfo) -> int:
    """Return the midnight that ends a local day, microseconds since 1970 UTC."""
    return midnight_us(date_of(day + 1), zone)


def days_to_judge(judged: int | None, first_known: int | None, newest: int, baseline_weeks: int) -> range:
    """Return the days that come next, none of them left out; empty where there is nothing to judge.

    Args:
        judged: the last judged day; None: there is none.
        first_known: the first local day of which anything is known; None: nothing is.
        newest: the newest day that is to be judged.
        baseline_weeks: no test has an answer before the window of the baselines is over, so that the first day
            judged is the first after it, or the newest where that is still to come.
    """
    if judged is not None:
        return range(judged + 1, newest + 1)
    if first_known is None or first_known > newest:
        return range(0)
    return range(min(first_known + baseline_weeks * WEEK, newest), newest + 1)


def readings(days: range) -> Iterator[range]:
    """Yield days that follow each other in the parts that are read at once: so a reading's memory is bounded."""
    for first in range(0, len(days), READ_AT_ONCE):
        yield days[first : first + READ_AT_ONCE]
