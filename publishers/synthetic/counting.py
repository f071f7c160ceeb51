"""Counting days: the generator's own arithmetic, for its stories and for the truth about them."""

from calendar import monthrange
from datetime import date

from publishers.synthetic.working_days import WORKING, date_of, number_of


def months_after(day: int, months: int) -> int:
    """Return the day some months later: the same day of the month, or its last where it has none."""
    begins = date_of(day)
    year, month = divmod(begins.year * 12 + begins.month - 1 + months, 12)
    return number_of(date(year, month + 1, min(begins.day, monthrange(year, month + 1)[1])))


def forward(day: int) -> int:
    """Return the day itself where it is worked, else the next working day."""
    return WORKING.from_on(day)


def back(day: int) -> int:
    """Return the day itself where it is worked, else the last working day before it."""
    return WORKING.up_to(day)


def day_told(text: object) -> int | None:
    """Return the day of a written date; None for anything else."""
    return number_of(date.fromisoformat(text)) if isinstance(text, str) else None
