"""Which rows of the register are about hours: their limits end on the same day or the next."""

from collections.abc import Sequence
from typing import Final

from models.calendars import Unit
from models.limits import Limit, LimitKind

DAYS: Final = 2
"""A limit under so many days is short."""
_DAY_HOURS: Final = 24


def are_short(limits: Sequence[Limit]) -> bool:
    """Return whether the waits of a row are to be counted in hours.

    Every limit says how long a wait may last, in hours or in fewer than two days, and some limit is under two days.
    A limit of more hours does not stand against it: the 36 and 96 hours of a custody are extensions of its 24. A
    row in which some may wait for days is counted in days, for all that it holds; so is one without a number.

    Source: silo_signals section 0.1, "open hours where the limit is under 2 open days";
    docs/decisions/0017-open-hours.md.
    """
    return bool(limits) and all(map(_in_hours_or_short, limits)) and any(map(_is_short, limits))


def run_by_the_clock(limits: Sequence[Limit]) -> bool:
    """Return whether every limit is in hours: such a limit runs at night and at weekends, whoever must keep it."""
    return bool(limits) and all(limit.unit is Unit.HOURS for limit in limits)


def _in_hours_or_short(limit: Limit) -> bool:
    is_a_length = limit.kind in (LimitKind.MAX, LimitKind.SHARE)
    return is_a_length and (limit.unit is Unit.HOURS or _is_short(limit))


def _is_short(limit: Limit) -> bool:
    if limit.unit is Unit.HOURS:
        return limit.amount < DAYS * _DAY_HOURS
    return limit.unit in (Unit.CALENDAR_DAYS, Unit.WORKING_DAYS) and limit.amount < DAYS
