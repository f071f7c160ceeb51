"""Moments to come, as people give them to a command: after a length of time, or at a local day or minute."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_LENGTHS = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_LENGTH = re.compile(r"([1-9][0-9]{0,3}) ?(min|h|d|w)")


def length_of(text: str) -> timedelta:
    """Return a length such as `90min`, `4h`, `2d` or `1w`; a day is 24 hours.

    Raises:
        ValueError: it is no such length.
    """
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no length of time: write 90min, 4h, 2d or 1w")
    return int(found[1]) * _LENGTHS[found[2]]


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """Return a moment such as `2026-03-04` (its first minute) or `2026-03-04T09:00`, local where it has no offset.

    Raises:
        ValueError: it is no date, and no date with a time.
    """
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(f"{text!r} is no date or time: write 2026-03-04 or 2026-03-04T09:00") from error
    return told if told.tzinfo else told.replace(tzinfo=zone)
