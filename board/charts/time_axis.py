"""Local days on an axis: day numbers (days since 1970-01-01) with ticks that people read."""

from datetime import date, timedelta
from typing import Final

from matplotlib.axes import Axes

from models.instants import date_of, number_of

_STEPS: Final = (1, 2, 3, 6, 12, 24, 60)
"""Months from one tick to the next."""
_MOST_TICKS: Final = 10
_FEW_DAYS: Final = 75
_DAY_STEPS: Final = (1, 2, 7, 14)


def day_of(number: float) -> date:
    """Return the date of a day number."""
    return date_of(int(number))


def shown_day(number: float) -> str:
    """Return a day as people write it: `3 Mar 2026`."""
    day = day_of(number)
    return f"{day.day} {day:%b %Y}"


def time_axis(axes: Axes, first: float, last: float) -> None:
    """Give the x axis from `first` to `last` day numbers ticks at days or at the beginnings of months."""
    axes.set_xlim(first, last)
    ticks = _days(first, last) if last - first <= _FEW_DAYS else _months(first, last)
    axes.set_xticks([number for number, _ in ticks], [text for _, text in ticks])


def _days(first: float, last: float) -> list[tuple[int, str]]:
    step = next((one for one in _DAY_STEPS if (last - first) / one <= _MOST_TICKS), _DAY_STEPS[-1])
    numbers = list(range(int(first) + (first > int(first)), int(last) + 1, step))
    return [(number, _labelled(day_of(number), first=at == 0)) for at, number in enumerate(numbers)]


def _labelled(day: date, *, first: bool) -> str:
    return f"{day.day} {day:%b}" + (f"\n{day.year}" if first or day.timetuple().tm_yday <= 14 else "")


def _months(first: float, last: float) -> list[tuple[int, str]]:
    months = (last - first) / 30.4
    step = next((one for one in _STEPS if months / one <= _MOST_TICKS), _STEPS[-1])
    ticks: list[tuple[int, str]] = []
    day = day_of(first).replace(day=1)
    while (number := number_of(day)) <= last:
        if number >= first and (day.year * 12 + day.month - 1) % step == 0:
            year = not ticks or day.month <= step
            ticks.append((number, f"{day:%b}\n{day.year}" if year else f"{day:%b}"))
        day = (day + timedelta(days=32)).replace(day=1)
    return ticks
