"""Instants as integers: microseconds since 1970 UTC, and the local dates they fall on."""

from datetime import UTC, date, datetime, timedelta, tzinfo

DAY_US = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()


def to_us(instant: datetime) -> int:
    """Return microseconds since 1970 of an aware datetime, exactly."""
    difference = instant - _EPOCH
    return (difference.days * 86_400 + difference.seconds) * 1_000_000 + difference.microseconds


def from_us(time_us: int) -> datetime:
    """Return the aware UTC datetime of microseconds since 1970, exactly."""
    return _EPOCH + timedelta(microseconds=time_us)


def local_day(time_us: int, zone: tzinfo) -> int:
    """Return the local date of an instant as days since 1970."""
    return from_us(time_us).astimezone(zone).toordinal() - _EPOCH_DAY


def local_date(time_us: int, zone: tzinfo) -> date:
    """Return the local date of an instant."""
    return from_us(time_us).astimezone(zone).date()


def date_of(day: int) -> date:
    """Return the date of a day that is counted since 1970."""
    return date.fromordinal(day + _EPOCH_DAY)


def number_of(day: date) -> int:
    """Return a date as days since 1970."""
    return day.toordinal() - _EPOCH_DAY


def cut_to_day(time_us: int, zone: tzinfo) -> int:
    """Return the local date as microseconds: whole days x 86,400 s, so that days never differ in length."""
    return local_day(time_us, zone) * DAY_US


def midnight_us(day: date, zone: tzinfo) -> int:
    """Return the instant at which a local day begins."""
    return to_us(datetime(day.year, day.month, day.day, tzinfo=zone))
