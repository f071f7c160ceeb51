"""Whether the ends of a flow are known well enough to be counted in hours."""

from typing import Final

import numpy as np

from analysis.answers import Answer, Status
from analysis.arrays import DAY_US, Bools, Ints
from analysis.items import Flow
from analysis.open_hours import OpenHours

MOST_BY_DAY: Final = 0.1
"""Of the ends: where more are known to their day only, waits would be as long as days make them."""
BY_CHANCE: Final = 2
"""So many ends may be at midnight, and look as if."""
BY_DAY: Final = Answer.unknown(
    Status.WITHHELD,
    "more than one in ten ends are known to their day only, and the flow is counted in open hours",
)


def known_by_hour(flow: Flow, first_day: int, end_day: int, now_us: int) -> bool:
    """Return whether a flow's ends of some local days can be counted in what it is counted in.

    Starts that are known to their day have been left out of a flow in hours. An end cannot be: what is open would
    stay, and what is done would not. It counts in the last open hour of its day; where that is more than every
    tenth, a feed that begins to tell days would look like work that becomes slow.

    Args:
        flow: in days all ends will do.
        first_day: the first local day.
        end_day: the day after the last one.
        now_us: the instant up to which what was published counts, UTC microseconds.
    """
    return bool(all_known_by_hour(flow, np.array([first_day]), np.array([end_day]), now_us)[0])


def all_known_by_hour(flow: Flow, first_days: Ints, end_days: Ints, now_us: int) -> Bools:
    """Return the same of several runs of local days at once, shape (k,); a run ends before its end day."""
    items, by_day = flow.items, flow.ended_by_day
    if by_day is None or not isinstance(flow.calendar, OpenHours):
        return np.ones(first_days.size, dtype=np.bool_)
    told = items.ended_known <= now_us
    told &= (items.ended >= first_days.min() * DAY_US) & (items.ended < end_days.max() * DAY_US)
    ended, of_days = (
        _within(items.ended[some] // DAY_US, first_days, end_days) for some in (told, told & by_day)
    )
    known: Bools = of_days <= np.maximum(BY_CHANCE, MOST_BY_DAY * ended)
    return known


def _within(days: Ints, first_days: Ints, end_days: Ints) -> Ints:
    """Return how many of these days lie in each run of days."""
    days = np.sort(days)
    return np.searchsorted(days, end_days) - np.searchsorted(days, first_days)
