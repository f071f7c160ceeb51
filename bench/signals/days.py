"""The clock of the scenarios: working days, Monday to Friday, laid out on the calendar of England and Wales.

Everything is drawn in working days: 0.0 is nine o'clock on the first Monday, 1.0 nine o'clock on the day after, 5.0
nine o'clock on the second Monday. A working day lasts from nine to five.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from analysis.arrays import DAY_US, HOUR_US, NEVER, Floats, Ints
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays

FIRST_MONDAY: Final = date(2024, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
WEEK: Final = 5
"""Working days of a week."""
_ZONE: Final = ZoneInfo("Europe/London")
_MARGIN_WEEKS: Final = 8
"""Declared beyond the last week: items that end later have a place on the calendar."""
_OPENS, _LASTS = 9 * HOUR_US, 8 * HOUR_US
OPEN_MINUTES: Final = 9 * 60, 17 * 60
"""When a working day begins and ends, in minutes after its midnight."""


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """The weeks of a run: those of the baseline, then those that are judged."""

    judged_weeks: int
    baseline_weeks: int
    local: LocalTime

    @classmethod
    def of(cls, judged_weeks: int, baseline_weeks: int = 52) -> "Days":
        """Lay out the baseline and so many weeks."""
        weeks = baseline_weeks + judged_weeks + _MARGIN_WEEKS
        first = (FIRST_MONDAY - 1) * DAY_US
        return cls(judged_weeks, baseline_weeks, LocalTime.of(_ZONE, first, first + (weeks * 7 + 3) * DAY_US))

    @property
    def working(self) -> int:
        """How many working days there are, those of the baseline included."""
        return (self.baseline_weeks + self.judged_weeks) * WEEK

    def judged_week(self, week: int) -> int:
        """Return the working day on which a week of the judged year begins; week 0 is its first."""
        return (self.baseline_weeks + week) * WEEK

    def evenings(self, first_week: int = 0) -> range:
        """Return the calendar days that are judged, each at the midnight that ends it: Sundays are in it."""
        first = FIRST_MONDAY + (self.baseline_weeks + first_week) * 7
        return range(first, FIRST_MONDAY + (self.baseline_weeks + self.judged_weeks) * 7)

    def ends_us(self, day: int) -> int:
        """Return the UTC instant that ends a calendar day."""
        return self.local.midnight(day + 1)

    def calendar(self, strengths: Mapping[int, float] | None = None) -> OpenDays:
        """Return the open days that an agency declares: every working day, but for some with another strength."""
        n_days = (self.baseline_weeks + self.judged_weeks + _MARGIN_WEEKS) * 7
        weights = OpenDays.weekdays(FIRST_MONDAY, n_days).weights
        for working_day, strength in (strengths or {}).items():
            weights[calendar_day(working_day) - FIRST_MONDAY] = strength
        return OpenDays(FIRST_MONDAY, weights)

    def local_us(self, at: Floats) -> Ints:
        """Return what the clock on the wall shows at a time in working days; NEVER past the last judged week."""
        begun = at < self.working
        day = np.floor(np.where(begun, at, 0)).astype(np.int64)
        time = np.rint((np.where(begun, at, 0) - day) * _LASTS).astype(np.int64)
        place = FIRST_MONDAY + day // WEEK * 7 + day % WEEK
        return np.where(begun, place * DAY_US + _OPENS + time, NEVER)

    def utc_us(self, local_us: Ints) -> Ints:
        """Return the instants of times on the wall in working hours, when no clock is ever put forward or back."""
        day = np.where(local_us == NEVER, FIRST_MONDAY, local_us // DAY_US)
        places, back = np.unique(day, return_inverse=True)
        midnights = np.array([self.local.midnight(int(place)) for place in places], dtype=np.int64)
        return np.where(local_us == NEVER, NEVER, midnights[back] + local_us - day * DAY_US)


def calendar_day(working_day: int) -> int:
    """Return the calendar day (days since 1970) of a working day."""
    return FIRST_MONDAY + working_day // WEEK * 7 + working_day % WEEK


def date_of(working_day: int) -> str:
    """Return the date of a working day as plants are told it: 2025-03-24."""
    return date.fromordinal(calendar_day(working_day) + date(1970, 1, 1).toordinal()).isoformat()


def working_day(day: date) -> int:
    """Return the working day of a date.

    Raises:
        ValueError: it is a Saturday or Sunday.
    """
    weeks, weekday = divmod(day.toordinal() - date(1970, 1, 1).toordinal() - FIRST_MONDAY, 7)
    if weekday >= WEEK:
        raise ValueError(f"{day} is no working day: plant on a weekday")
    return weeks * WEEK + weekday
