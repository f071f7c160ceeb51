"""Which weeks of which flows a batch of hand-offs may change: what the weekly series computes anew. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, cast

from consumers.projector.changes import HAND_OFF_COLUMNS

WEEK_CHANGE = ("rule", "sender", "receiver", "week")
READ = ("rule", "sender", "receiver", "started_us", "stopped_us", "ended_us")
"""What is read of a hand-off, new or gone."""
DAY_US = 86_400_000_000
FURTHEST_US = 14 * 3_600_000_000
"""No local time is further from UTC: the local week of an instant begins with one of two weeks of UTC."""
_MONDAY = date(1969, 12, 29)
"""The Monday of the week in which 1970 began."""
_read = cast("itemgetter[Any]", itemgetter(*(HAND_OFF_COLUMNS.index(name) for name in READ)))

WeekRow = tuple[str, str, str, date]


def of_rows(rows: Iterable[tuple[object, ...]]) -> set[WeekRow]:
    """Return the weeks of rows of HAND_OFF_COLUMNS."""
    return touched(_read(row) for row in rows)


def touched(hand_offs: Iterable[tuple[Any, ...]]) -> set[WeekRow]:
    """Return the weeks in which these hand-offs, given as READ, started, stopped or ended; both where in doubt."""
    found = {
        (rule, sender, receiver, _week(at_us + shift))
        for rule, sender, receiver, *instants in hand_offs
        for at_us in instants
        if at_us is not None
        for shift in (-FURTHEST_US, FURTHEST_US)
    }
    return {(*flow, _MONDAY + timedelta(weeks=week)) for *flow, week in found}


def _week(at_us: int) -> int:
    return (at_us // DAY_US + 3) // 7
