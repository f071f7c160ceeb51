"""Whether the ends of a flow are known well enough to be counted in hours."""

from typing import Final

import numpy as np

from analysis.answers import Answer, Status
from analysis.arrays import DAY_US
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
    items, by_day = flow.items, flow.ended_by_day
    if by_day is None or not isinstance(flow.calendar, OpenHours):
        return True
    here = (items.ended >= first_day * DAY_US) & (items.ended < end_day * DAY_US)
    here &= items.ended_known <= now_us
    return bool(np.count_nonzero(here & by_day) <= max(BY_CHANCE, MOST_BY_DAY * np.count_nonzero(here)))
