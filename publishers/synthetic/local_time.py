"""Instants as seconds since 1970 UTC, and the local days and hours they fall on."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from publishers.synthetic.working_days import date_of

MINUTE: Final = 60
HOUR: Final = 3_600
DAY: Final = 86_400
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """The days of one time zone, numbered from 1 January 1970."""

    zone: ZoneInfo
    _midnights: dict[int, int] = field(default_factory=dict, repr=False)

    def midnight(self, day: int) -> int:
        """Return the second at which a local day begins."""
        known = self._midnights.get(day)
        if known is None:
            begins = datetime.combine(date_of(day), datetime.min.time(), self.zone)
            known = self._midnights[day] = seconds(begins)
        return known

    def day(self, at: int) -> int:
        """Return the local day of an instant."""
        day = at // DAY
        while at >= self.midnight(day + 1):
            day += 1
        while at < self.midnight(day):
            day -= 1
        return day

    def date(self, at: int) -> str:
        """Return the local date of an instant as it is written."""
        return written_date(self.day(at))


def seconds(instant: datetime) -> int:
    """Return the whole seconds since 1970 of an aware datetime."""
    return (instant - _EPOCH) // timedelta(seconds=1)


@cache
def written_date(day: int) -> str:
    """Return a day as it is written: 2026-11-22."""
    return date_of(day).isoformat()


def written(at: int) -> str:
    """Return an instant as it is written: 2026-11-22T09:30:00Z."""
    day, rest = divmod(at, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, second = divmod(rest, MINUTE)
    return f"{written_date(day)}T{hours:02d}:{minutes:02d}:{second:02d}Z"
