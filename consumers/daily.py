"""What happens once a day, by the local clock: the morning digest, the judging of signals; pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def last_due(at: datetime, clock: time, zone: tzinfo) -> datetime:
    """Return the newest instant not after `at` at which the local clock showed `clock`, in UTC.

    Each local day has exactly one: a time that the change of the clocks leaves out comes when the clock shows
    the hour after it, and of a time that comes twice it is the first.
    """
    today = at.astimezone(zone).date()
    due = _instant(today, clock, zone)
    return due if due <= at else _instant(today - timedelta(days=1), clock, zone)


def next_due(at: datetime, clock: time, zone: tzinfo) -> datetime:
    """Return the first instant after `at` at which the local clock shows `clock`, in UTC."""
    today = at.astimezone(zone).date()
    due = _instant(today, clock, zone)
    return due if due > at else _instant(today + timedelta(days=1), clock, zone)


def local_day_of(due: datetime, zone: tzinfo) -> date:
    """Return the local day of an instant: part of the id of what happens then."""
    return due.astimezone(zone).date()


def _instant(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock.replace(fold=0), zone).astimezone(UTC)
