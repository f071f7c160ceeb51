"""Times as logs write them: which instant, and how exactly it is known."""

import re
from datetime import datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

_MIDNIGHT = time(0)
_DATE_LENGTH = len("2026-11-22")
_WRITTEN = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII
)


class Told(NamedTuple):
    """An instant (aware) and the precision it is told with: second, minute or day."""

    time: datetime
    precision: str


def told(text: str, zone: ZoneInfo, precision: str) -> Told:
    """Read a time of a log.

    Args:
        text: ISO 8601 with hyphens and colons; without a zone it is local; a date alone says the day only.
        zone: of the profile.
        precision: of the mapping: second, minute, day; or day-if-midnight: midnight says the day only.

    Raises:
        ValueError: the text is no such time.
    """
    if not _WRITTEN.fullmatch(text):
        raise ValueError(f"{text!r} is no time: write it as 2026-11-22T09:30:00")
    try:
        written = datetime.fromisoformat(text)
        local = written.astimezone(zone) if written.tzinfo else written.replace(tzinfo=zone)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no time: {error}") from error
    return Told(local, _precision(local, text, precision))


def _precision(local: datetime, text: str, precision: str) -> str:
    if len(text) == _DATE_LENGTH:
        return "day"
    if precision != "day-if-midnight":
        return precision
    if local.time() == _MIDNIGHT:
        return "day"
    return "second" if local.second or local.microsecond else "minute"
