"""On which local days an organisation works, and at what part of its strength: time counted in its open days."""

from dataclasses import dataclass, field

import numpy as np

from analysis.arrays import NEVER, Floats, Ints


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

    def strength(self, first_slot: int, last_slot: int) -> Floats:
        """Return the weights of slots, the last one excluded; shape (last_slot - first_slot,)."""
        return self.weights[self.days[first_slot:last_slot] - self.first]
