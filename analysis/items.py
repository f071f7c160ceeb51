"""What passes from one organisation to another: items as arrays, and what of them was known at an instant."""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import DAY_US, NEVER, Bools, Ints
from analysis.open_hours import OpenTime


class End(IntEnum):
    """How an item ended."""

    NONE = 0
    """It is open."""
    STOP = 1
    """What was awaited happened."""
    MISSING = 2
    """A proof came that it never will."""
    VOID = 3
    """Nobody needs it any more, or a later start took its place."""


class FlowKey(NamedTuple):
    """Between whom, and by which row of the register; `rule` is empty for hand-offs that were only discovered."""

    rule: str
    sender: str
    receiver: str

    @property
    def pair(self) -> tuple[str, str]:
        """Sender and receiver."""
        return self.sender, self.receiver


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """The items of one flow; every array has shape (n,), one element per item.

    Instants are microseconds. Those that count days (`started`, `ended`, `due`, `returned`) are local wall-clock
    time counted as if it were UTC, so that a local day is `instant // DAY_US`; those that say when something was
    published (`_known`) are UTC. NEVER where there is none (yet).

    Attributes:
        case: number of the case, whose reference stands elsewhere.
        started, started_known: when the wait began, and when that was published.
        ended, ended_known: when it ended as `end` says, and when that was published.
        end: values of End.
        due: the last instant in time; NEVER without a limit.
        returned, returned_known: when what was handed over came back.
    """

    case: Ints
    started: Ints
    started_known: Ints
    ended: Ints
    ended_known: Ints
    end: NDArray[np.int8]
    due: Ints
    returned: Ints
    returned_known: Ints

    def __len__(self) -> int:
        """Return how many items there are."""
        return int(self.case.size)


class Known(NamedTuple):
    """What was known at an instant `now_us` (UTC) of what happened before the local day `day`.

    `day` is the local day of the judged clock u = now - L95: it is unfinished, so nothing of it counts.
    """

    now_us: int
    day: int


@dataclass(frozen=True, slots=True, eq=False)
class Risk:
    """The items that were known, in slots of the receiver's open time: what the engine computes with.

    Attributes:
        start: slot in which each item began, shape (n,).
        end: slot in which it ended, by its outcome or without it; NEVER while open.
        outcome: whether it ended by the outcome asked for; False for those that left otherwise, and open ones.
        item: its position in the Items it comes from.
        until: the slot of the judged day: only slots before it are complete.
        calendar: what a slot is: an open day of the receiver, or an open hour.
    """

    start: Ints
    end: Ints
    outcome: Bools
    item: Ints
    until: int
    calendar: OpenTime

    def since(self, open_days: int) -> int:
        """Return the first slot of the last so many open days before the judged one."""
        return max(self.until - open_days * self.calendar.per_day, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """One flow in the open time of its receiver; build it with `of`, once, and look at it as often as needed."""

    key: FlowKey
    items: Items
    calendar: OpenTime
    started_slot: Ints
    ended_slot: Ints
    returned_slot: Ints
    ended_by_day: Bools | None = None
    """Of which items only the day of the end is known, shape (n,); None: of none."""

    @classmethod
    def of(cls, key: FlowKey, items: Items, calendar: OpenTime, ended_by_day: Bools | None = None) -> "Flow":
        """Lay the items out in open days, or in open hours: there an end known to its day is one of its last hour.

        Args:
            key: between whom.
            items: what passed.
            calendar: what is counted.
            ended_by_day: of which items only the day of the end is known; None: of none.

        Raises:
            OutsideCalendarError: an item lies outside the declared calendar.
        """
        started, ended, returned = map(calendar.slots_at, (items.started, items.ended, items.returned))
        if ended_by_day is not None:
            day = np.where(ended_by_day, items.ended // DAY_US, NEVER)
            ended = np.where(ended_by_day, np.maximum(calendar.last_slots(day), started), ended)
        return cls(key, items, calendar, started, ended, returned, ended_by_day)

    def waiting(self, known: Known) -> Risk:
        """Return the items with their stop as outcome; proofs of a skip and void ones leave without it."""
        items, before = self.items, known.day * DAY_US
        seen = (items.started < before) & (items.started_known <= known.now_us)
        ended = (items.ended < before) & (items.ended_known <= known.now_us)
        item = np.flatnonzero(seen)
        return Risk(
            start=self.started_slot[item],
            end=np.where(ended, self.ended_slot, NEVER)[item],
            outcome=(ended & (items.end == End.STOP))[item],
            item=item,
            until=self.calendar.slot(known.day),
            calendar=self.calendar,
        )

    def returning(self, known: Known) -> Risk:
        """Return the items with their return as outcome; nothing else takes an item out."""
        items, before = self.items, known.day * DAY_US
        seen = (items.started < before) & (items.started_known <= known.now_us)
        back = (items.returned < before) & (items.returned_known <= known.now_us)
        item = np.flatnonzero(seen)
        return Risk(
            start=self.started_slot[item],
            end=np.where(back, self.returned_slot, NEVER)[item],
            outcome=back[item],
            item=item,
            until=self.calendar.slot(known.day),
            calendar=self.calendar,
        )
