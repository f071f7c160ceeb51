"""A calendar month of a partnership, and up to when it is known."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from analysis.arrays import DAY_US
from caseflow.errors import CommandError
from caseflow.reading.safe_text import safe
from models.instants import local_date, local_day, midnight_us, number_of
from projections.whose_time.queries import Period

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its first day and the first day after it, as known at an instant (UTC microseconds)."""

    first: date
    after: date
    now_us: int
    zone: ZoneInfo

    @property
    def title(self) -> str:
        """As people write it: `June 2026`."""
        return f"{self.first:%B %Y}"

    @property
    def days(self) -> tuple[int, int]:
        """The first local day as day number, and the first after it."""
        return number_of(self.first), number_of(self.after)

    @property
    def today(self) -> int:
        """The unfinished local day at the instant of knowing."""
        return local_day(self.now_us, self.zone)

    @property
    def known_on(self) -> str:
        """The day of knowing, as people write it."""
        day = local_date(self.now_us, self.zone)
        return f"{day.day} {day:%B %Y}"

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.today >= self.days[1]

    @property
    def period(self) -> Period:
        """The same for times of cases."""
        first, after = self.days
        return Period(
            first_us=midnight_us(self.first, self.zone),
            last_us=midnight_us(self.after, self.zone),
            first_day_us=first * DAY_US,
            last_day_us=after * DAY_US,
            until_us=self.now_us,
            until_day_us=self.today * DAY_US,
        )


def month_of(text: str | None, now_us: int, zone: ZoneInfo) -> Month:
    """Return the month that a text such as `2026-06` names; None: the last one that is over.

    Raises:
        CommandError: it is no month, or has not begun.
    """
    today = local_date(now_us, zone)
    if text is None:
        first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    else:
        found = _MONTH.fullmatch(text.strip())
        if found is None or not 1 <= int(found[2]) <= 12:
            raise CommandError(f"{safe(text)} is no month: write --month 2026-06")
        first = date(int(found[1]), int(found[2]), 1)
    if first > today:
        raise CommandError(f"{first:%B %Y} has not begun: name an earlier --month")
    return Month(first, (first + timedelta(days=32)).replace(day=1), now_us, zone)
