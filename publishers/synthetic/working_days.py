"""The working days of England and Wales, counted here by rule: the generator's own list, nobody else's.

Days are numbered from 1 January 1970. The partnership's offices keep these days, and the truth counts by them.
"""

from datetime import date, timedelta
from typing import Final

FIRST_YEAR, LAST_YEAR = 2015, 2150
_EPOCH: Final = date(1970, 1, 1).toordinal()
_ONE_OFF: Final = (
    date(2020, 5, 8),  # in place of the first Monday in May
    date(2022, 6, 2),  # in place of the last Monday in May
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
)
_MOVED: Final = (date(2020, 5, 4), date(2022, 5, 30))


def number_of(day: date) -> int:
    """Return the number of a date."""
    return day.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """Return the date of a number."""
    return date.fromordinal(day + _EPOCH)


def weekday(day: int) -> int:
    """Return the day of the week, 0 = Monday."""
    return (day + 3) % 7


def easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian computus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + rest - 7 * ((a + 11 * h + 22 * rest) // 451) + 114, 31)
    return date(year, month, day + 1)


def bank_holidays(year: int) -> set[date]:
    """Return the days of a year that stand in for work, substitutes for weekends included."""
    sunday = easter(year)
    spring, summer = date(year, 5, 31), date(year, 8, 31)
    days = {
        _from_weekend(date(year, 1, 1)),
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        date(year, 5, 1) + timedelta(days=-date(year, 5, 1).weekday() % 7),
        spring - timedelta(days=spring.weekday()),
        summer - timedelta(days=summer.weekday()),
        *_christmas(year),
    }
    return (days - set(_MOVED)) | {day for day in _ONE_OFF if day.year == year}


def _from_weekend(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _christmas(year: int) -> tuple[date, date]:
    """Return the two days off: a weekend's go to the Monday and Tuesday after it."""
    first = date(year, 12, 25).weekday()
    moved = {4: (25, 28), 5: (27, 28), 6: (26, 27)}.get(first, (25, 26))
    return date(year, 12, moved[0]), date(year, 12, moved[1])


class OpenDays:
    """A calendar of open days: how many were there, which is the next, which the last before."""

    def __init__(self, weekend: set[int], closed: set[date]) -> None:
        """Lay out the open days of all years; weekend by 0 = Monday."""
        self._first = number_of(date(FIRST_YEAR, 1, 1))
        last = number_of(date(LAST_YEAR, 12, 31))
        shut = {number_of(day) for day in closed}
        self._days = [d for d in range(self._first, last + 1) if weekday(d) not in weekend and d not in shut]
        opened, self._count = set(self._days), [0]
        for day in range(self._first, last + 1):
            self._count.append(self._count[-1] + (day in opened))

    def is_open(self, day: int) -> bool:
        """Return whether this day is an open one."""
        place = day - self._first
        return self._count[place + 1] > self._count[place]

    def after(self, day: int, amount: int) -> int:
        """Return the amount-th open day after this day (1 or more)."""
        return self._days[self._count[day - self._first + 1] + amount - 1]

    def before(self, day: int, amount: int) -> int:
        """Return the amount-th open day before this day (1 or more)."""
        return self._days[self._count[day - self._first] - amount]

    def from_on(self, day: int) -> int:
        """Return this day, or the first open one after it."""
        return self._days[self._count[day - self._first]]

    def up_to(self, day: int) -> int:
        """Return this day, or the last open one before it."""
        return self._days[self._count[day - self._first + 1] - 1]


_YEARS: Final = range(FIRST_YEAR, LAST_YEAR + 1)

WORKING: Final = OpenDays({5, 6}, {day for year in _YEARS for day in bank_holidays(year)})
"""Not Saturdays, Sundays and bank holidays."""

SITTING: Final = OpenDays(
    {6},
    {date(year, 12, 25) for year in _YEARS} | {easter(year) - timedelta(days=2) for year in _YEARS},
)
"""Days on which a magistrates' court sits for people in custody: not Sundays, Christmas Day, Good Friday."""
