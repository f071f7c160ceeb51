"""Quarters of a year, as statistics count them."""

import re
from typing import Final, NamedTuple

import numpy as np

from analysis.arrays import Ints

_MONTHS: Final = ("Jan-Mar", "Apr-Jun", "Jul-Sep", "Oct-Dec")
_WRITTEN: Final = re.compile(r"(\d{4})[ -]?[Qq]([1-4])")


class Quarter(NamedTuple):
    """A quarter of a calendar year; `number` is 1 to 4. The earlier one is the lesser one."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as it is written in commands: `2026-Q2`."""
        return f"{self.year}-Q{self.number}"

    @property
    def title(self) -> str:
        """As official statistics print it: `2026 Q2 (Apr-Jun)`."""
        return f"{self.year} Q{self.number} ({_MONTHS[self.number - 1]})"

    @property
    def before(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def after_day(self) -> int:
        """The first local day after it, as day number."""
        months = (self.year - 1970) * 12 + self.number * 3
        return int(np.datetime64(months, "M").astype("datetime64[D]").astype(np.int64))


def quarter_of(day: int) -> Quarter:
    """Return the quarter in which a local day lies."""
    return numbered(int(quarters(np.array([day]))[0]))


def quarters(days: Ints) -> Ints:
    """Return the quarters in which local days lie, counted since 1970; any shape."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months // 3)


def numbered(since_1970: int) -> Quarter:
    """Return the quarter that `quarters` counts so."""
    return Quarter(1970 + since_1970 // 4, since_1970 % 4 + 1)


def read_quarter(text: str) -> Quarter | None:
    """Return the quarter that is written so: `2026-Q2`, `2026 Q2`; None: it is none."""
    found = _WRITTEN.fullmatch(text.strip())
    return None if found is None else Quarter(int(found[1]), int(found[2]))
