"""The hours that an organisation is open: its open days cut into hours, for waits of less than two days."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, HOUR_US, NEVER, Bools, Floats, Ints
from analysis.open_days import OpenDays

HOURS: Final = 24
"""Of a local day: the parts of its rhythm."""
MINUTE_US: Final = 60_000_000
_HOUR: Final = 60


@dataclass(frozen=True, slots=True, eq=False)
class OpenHours:
    """The open hours of one organisation, declared beforehand; to be looked at as `OpenDays` is.

    Slot s is the s-th open hour, counted from 0. What happens outside the open hours counts in the next open one.
    Hours are those of the clock on the wall: on the days on which clocks change a day has its declared hours all
    the same, one of which nobody saw, or two of which counted as one. A declared strength of a day is that of each
    of its hours.

    Attributes:
        open_days: the days.
        opens: when each of them begins, in minutes after its midnight.
        closes: when it ends, a whole number of hours later; 1440 at the latest.
    """

    open_days: OpenDays
    opens: int = 0
    closes: int = HOURS * _HOUR

    def __post_init__(self) -> None:
        """Refuse hours that are none.

        Raises:
            ValueError: they lie outside a day, or are no whole number.
        """
        if not 0 <= self.opens < self.closes <= HOURS * _HOUR or (self.closes - self.opens) % _HOUR:
            raise ValueError("open hours are whole ones within a day")

    @property
    def per_day(self) -> int:
        """Slots of an open day."""
        return (self.closes - self.opens) // _HOUR

    @property
    def unit(self) -> str:
        """What a slot is, in words and in the plural."""
        return "open hours"

    @property
    def counted_in(self) -> str:
        """What ages are counted in: those of two layouts can be compared where this is the same."""
        return f"open hours, {_clock(self.opens)} to {_clock(self.closes)}"

    @property
    def phases(self) -> int:
        """How many parts a rhythm has: those of a day."""
        return HOURS

    def slots(self, day: Ints) -> Ints:
        """Return for each day how many open hours lie before it; NEVER stays NEVER.

        Raises:
            OutsideCalendarError: a day lies outside the declared ones.
        """
        before = self.open_days.slots(day)
        return np.where(before == NEVER, NEVER, np.where(before == NEVER, 0, before) * self.per_day)

    def slot(self, day: int) -> int:
        """Return how many open hours lie before a day.

        Raises:
            OutsideCalendarError: the day lies outside the declared ones.
        """
        return self.open_days.slot(day) * self.per_day

    def slots_at(self, local_us: Ints) -> Ints:
        """Return the slot in which each instant (local wall-clock microseconds) counts; NEVER stays NEVER.

        Raises:
            OutsideCalendarError: an instant lies outside the declared days.
        """
        never = local_us == NEVER
        day = np.where(never, NEVER, local_us // DAY_US)
        hours = (np.where(never, 0, local_us) % DAY_US - self.opens * MINUTE_US) // HOUR_US
        within = np.where(self._is_open(day), np.clip(hours, 0, self.per_day), 0)
        return np.where(never, NEVER, self.slots(day) + within)

    def last_slots(self, day: Ints) -> Ints:
        """Return the last open hour of each day; a closed day's is the next open one. NEVER stays NEVER.

        Raises:
            OutsideCalendarError: a day lies outside the declared ones.
        """
        return self.slots(day) + np.where(self._is_open(day), self.per_day - 1, 0)

    def days_of(self, first_slot: int, last_slot: int) -> Ints:
        """Return the local day of slots, the last one excluded; shape (last_slot - first_slot,)."""
        return self.open_days.days[np.arange(first_slot, last_slot) // self.per_day]

    def phases_of(self, first_slot: int, last_slot: int) -> Ints:
        """Return the hour of the day in which slots begin, the last one excluded; shape as for `days_of`."""
        return (self.opens + np.arange(first_slot, last_slot) % self.per_day * _HOUR) // _HOUR

    def phases_at(self, local_us: Ints) -> Ints:
        """Return the hour of the day of instants (local wall-clock microseconds), 0 to 23."""
        return local_us % DAY_US // HOUR_US

    def strength(self, first_slot: int, last_slot: int) -> Floats:
        """Return the weights of slots, the last one excluded; shape (last_slot - first_slot,)."""
        day = np.arange(first_slot, last_slot) // self.per_day
        by_day = self.open_days.strength(first_slot // self.per_day, -(-last_slot // self.per_day))
        return by_day[day - first_slot // self.per_day]

    def _is_open(self, day: Ints) -> Bools:
        weights, place = self.open_days.weights, day - self.open_days.first
        inside = (place >= 0) & (place < weights.size)
        opened: Bools = inside & (weights[np.where(inside, place, 0)] > 0)
        return opened


OpenTime = OpenDays | OpenHours
"""What the waits of a flow are counted in: slots that are its receiver's open days, or open hours."""


def _clock(minutes: int) -> str:
    return f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"
