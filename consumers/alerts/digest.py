"""When the morning digest is due, by the local clock; pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def last_digest(at: datetime, digest_at: time, zone: tzinfo) -> datetime:
    """Return the newest instant not after `at` at which a digest was due, in UTC.

    Each local day has exactly one: a time that the change of the clocks leaves out comes when the clock shows
    the hour after it, and of a time that comes twice it is the first.
    """
    today = at.astimezone(zone).date()
    due = _instant(today, digest_at, zone)
    return due if due <= at else _instant(today - timedelta(days=1), digest_at, zone)


def next_digest(at: datetime, digest_at: time, zone: tzinfo) -> datetime:
    """Return the first instant after `at` at which a digest is due, in UTC."""
    today = at.astimezone(zone).date()
    due = _instant(today, digest_at, zone)
    return due if due > at else _instant(today + timedelta(days=1), digest_at, zone)


def local_day_of(due: datetime, zone: tzinfo) -> date:
    """Return the local day whose digest is due at this instant: part of the digest's id."""
    return due.astimezone(zone).date()


def _instant(day: date, digest_at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, digest_at.replace(fold=0), zone).astimezone(UTC)
