"""On which local days an organisation works, and at what part of its strength: time counted in its open days."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, NEVER, WEEK, Floats, Ints

COUNTED_IN_DAYS: Final = "open days"


class OutsideCalendarError(ValueError):
    """A day lies outside the years for which a calendar is declared."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenDays:
    """The open days of one organisation, declared beforehand and never learnt from the period judged.

    Days are local day numbers (days since 1970-01-01). `weights[i]` belongs to day `first + i`: 0 closed, 1 open,
    a fraction where a reduced strength is declared. Slot s is the s-th open day, counted from 0: what happens on
    a closed day counts on the next open one.
    """

    first: int
    weights: Floats
    days: Ints = field(init=False)
    """(slots,): the day of each slot, rising."""
    _before: Ints = field(init=False)

    def __post_init__(self) -> None:
        """Count the open days once.

        Raises:
            ValueError: no day is open, or a weight lies outside 0 to 1.
        """
        if not ((self.weights >= 0) & (self.weights <= 1)).all() or not (self.weights > 0).any():
            raise ValueError("weights lie between 0 and 1, and some day is open")
        is_open = self.weights > 0
        object.__setattr__(self, "days", self.first + np.flatnonzero(is_open).astype(np.int64))
        before = np.concatenate([[0], np.cumsum(is_open)]).astype(np.int64)
        object.__setattr__(self, "_before", before)

    @classmethod
    def weekdays(cls, first: int, n_days: int) -> "OpenDays":
        """Return Monday to Friday for `n_days` from a day on, without holidays."""
        day = first + np.arange(n_days)
        return cls(first, ((day + 3) % 7 < 5).astype(np.float64))

    @property
    def open_days(self) -> "OpenDays":
        """Its open days: itself."""
        return self

    @property
    def per_day(self) -> int:
        """Slots of an open day."""
        return 1

    @property
    def unit(self) -> str:
        """What a slot is, in words and in the plural."""
        return "open days"

    @property
    def counted_in(self) -> str:
        """What ages are counted in: those of two layouts can be compared where this is the same."""
        return COUNTED_IN_DAYS

    @property
    def phases(self) -> int:
        """How many parts a rhythm has: those of a week."""
        return WEEK

    def slots(self, day: Ints) -> Ints:
        """Return for each day how many open days lie before it; NEVER stays NEVER.

        Raises:
            OutsideCalendarError: a day lies outside the declared ones.
        """
        never = day == NEVER
        at = np.where(never, self.first, day) - self.first
        if at.size and (at.min() < 0 or at.max() > self.weights.size):
            raise OutsideCalendarError("a day lies outside the declared calendar: declare more years")
        return np.where(never, NEVER, self._before[at])

    def slot(self, day: int) -> int:
        """Return how many open days lie before a day.

        Raises:
            OutsideCalendarError: the day lies outside the declared ones.
        """
        return int(self.slots(np.array([day], dtype=np.int64))[0])

    def slots_at(self, local_us: Ints) -> Ints:
        """Return the slot in which each instant (local wall-clock microseconds) counts; NEVER stays NEVER.

        Raises:
            OutsideCalendarError: an instant lies outside the declared days.
        """
        return self.slots(np.where(local_us == NEVER, NEVER, local_us // DAY_US))

    def last_slots(self, day: Ints) -> Ints:
        """Return the slot by which each day is over; a closed day's is the next open one. NEVER stays NEVER."""
        return self.slots(day)

    def days_of(self, first_slot: int, last_slot: int) -> Ints:
        """Return the local day of slots, the last one excluded; shape (last_slot - first_slot,)."""
        return self.days[first_slot:last_slot]

    def phases_of(self, first_slot: int, last_slot: int) -> Ints:
        """Return the weekday of slots, 0 = Monday, the last one excluded; shape (last_slot - first_slot,)."""
        return weekdays(self.days[first_slot:last_slot])

    def phases_at(self, local_us: Ints) -> Ints:
        """Return the weekday of instants (local wall-clock microseconds), 0 = Monday."""
        return weekdays(local_us // DAY_US)

    def strength(self, first_slot: int, last_slot: int) -> Floats:
        """Return the weights of slots, the last one excluded; shape (last_slot - first_slot,)."""
        return self.weights[self.days[first_slot:last_slot] - self.first]


def weekdays(days: Ints) -> Ints:
    """Return the weekday of local days, 0 = Monday: day 0 was a Thursday."""
    return (days + 3) % WEEK
