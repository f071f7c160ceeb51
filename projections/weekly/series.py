"""Rows of `weekly` as the complete weeks that charts are made of: the same as computed from all items of a flow."""

from collections.abc import Sequence
from datetime import date, timedelta

from analysis.open_days import OpenDays
from analysis.series.weekly import Week
from projections.weekly.queries import WeekRow

_EPOCH = date(1970, 1, 1)


def complete_weeks(
    rows: Sequence[WeekRow], calendar: OpenDays, first_day: date, before: date
) -> tuple[Week, ...]:
    """Return every week of one flow from its first whole one on, weeks in which nothing happened included.

    Args:
        rows: of one flow, as `projections.weekly.queries.weeks` gives them.
        calendar: the receiver's open days.
        first_day: the local day of the flow's first start: a week that began before it is not whole.
        before: the first local day that is not complete.
    """
    known = {row.week: row for row in rows}
    monday = first_day + timedelta(days=-first_day.weekday() % 7)
    found = []
    while monday + timedelta(weeks=1) <= before:
        found.append(_week(monday, known.get(monday), calendar))
        monday += timedelta(weeks=1)
    return tuple(found)


def _week(monday: date, row: WeekRow | None, calendar: OpenDays) -> Week:
    day = (monday - _EPOCH).days
    first, last = calendar.slot(day), calendar.slot(day + 7)
    return Week(
        monday=day,
        open_days=last - first,
        strength=float(calendar.strength(first, last).sum()),
        started=row.started if row else 0,
        stopped=row.stopped if row else 0,
        limited=row.limited if row else 0,
        late=row.late if row else 0,
        median_days=row.wait_median_days if row else None,
        same_day=row.same_day if row else 0,
    )
