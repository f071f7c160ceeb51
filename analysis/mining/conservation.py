"""Conservation of time: every microsecond of a case belongs to one organisation, one hand-off, or to nobody known.

The time from a case's first event to its last, or to the judged clock while it is unfinished, splits into parts
between consecutive events. Nothing is rounded: the parts add up to the whole exactly, per case, period and area.

Source: section 2 of docs/silo_signals.md; which hand-off has the tail of an unfinished case says
docs/decisions/0001-what-was-settled-first.md, "Case state and changes 9" (`models.reading.tail`).
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from analysis.answers import Answer, Status
from analysis.arrays import Bools, Ints
from analysis.shares import total_us
from analysis.steps import UNKNOWN

WAITING_WITHIN_HAND_OFFS: Final = Answer.unknown(
    Status.NOT_IDENTIFIABLE,
    "each event carries one time, so that a hand-off contains the receiver's work: splitting waiting from work "
    "needs events for sent, received, started and completed",
)
"""The answer to how much of a hand-off is waiting, as long as events carry one time each."""


@dataclass(frozen=True, slots=True, eq=False)
class Timelines:
    """The events of cases, those of a case side by side and in its order; every array has shape (n,).

    Attributes:
        case: number of the case.
        at: microseconds, cut to days where the case is cut.
        org: code of the organisation, 0 or more, or UNKNOWN.
    """

    case: Ints
    at: Ints
    org: Ints

    def __post_init__(self) -> None:
        """Refuse an order that would make negative parts.

        Raises:
            ValueError: the events of a case do not stand together, or not in their order.
        """
        same = self.case[1:] == self.case[:-1]
        if (self.at[1:] < self.at[:-1])[same].any():
            raise ValueError("the events of a case stand in the order of their times")
        if np.unique(self.case).size != np.count_nonzero(~same) + bool(self.case.size):
            raise ValueError("the events of a case stand side by side")

    @property
    def last_of_case(self) -> Bools:
        """Whether an event is the last one of its case, shape (n,)."""
        return np.append(self.case[1:] != self.case[:-1], bool(self.case.size))[: self.case.size]


@dataclass(frozen=True, slots=True, eq=False)
class Tails:
    """Between whom the time after the last event of each unfinished case lies; shape (m,), one per case at most.

    `until` is the judged clock, cut like the case. Sender and receiver are equal where no hand-off is open.
    """

    case: Ints
    sender: Ints
    receiver: Ints
    until: Ints


NO_TAILS: Final = Tails(*(np.array([], dtype=np.int64) for _ in range(4)))
"""Of cases that are looked at up to their last event."""


class Totals(NamedTuple):
    """Microseconds by whose they are; `between` and `inside` contain what is open."""

    inside: int
    between: int
    unknown: int
    open: int

    @property
    def elapsed(self) -> int:
        """All of it."""
        return self.inside + self.between + self.unknown


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Spans of time, each of one case and one pair; every array has shape (n,).

    Sender and receiver are equal where the case stayed, UNKNOWN where nobody knows. `open`: it is the tail of an
    unfinished case.
    """

    case: Ints
    sender: Ints
    receiver: Ints
    start: Ints
    end: Ints
    open: Bools

    @property
    def length(self) -> Ints:
        """Microseconds of each part, 0 or more."""
        return self.end - self.start

    @property
    def is_unknown(self) -> Bools:
        """Whether one of its organisations is unknown."""
        known: Bools = np.minimum(self.sender, self.receiver) > UNKNOWN
        return ~known

    @property
    def is_between(self) -> Bools:
        """Whether a part is a hand-off: two organisations, both known."""
        apart: Bools = self.sender != self.receiver
        return apart & ~self.is_unknown

    def where(self, chosen: Bools) -> "Parts":
        """Return some of the parts: those of an area, of one pair."""
        return Parts(
            case=self.case[chosen],
            sender=self.sender[chosen],
            receiver=self.receiver[chosen],
            start=self.start[chosen],
            end=self.end[chosen],
            open=self.open[chosen],
        )

    def within(self, first_us: int, last_us: int) -> "Parts":
        """Return the parts cut at the edges of the period [first_us, last_us): periods add up to the whole."""
        start, end = np.maximum(self.start, first_us), np.minimum(self.end, last_us)
        cut = Parts(self.case, self.sender, self.receiver, start, end, self.open)
        return cut.where(end > start)

    def totals(self) -> Totals:
        """Return the exact sums."""
        length, unknown, between = self.length, self.is_unknown, self.is_between
        return Totals(
            inside=total_us(length[~unknown & ~between]),
            between=total_us(length[between]),
            unknown=total_us(length[unknown]),
            open=total_us(length[self.open]),
        )

    def by_pair(self) -> dict[tuple[int, int], int]:
        """Return the exact sum of each sender and receiver, in their order; parts of no length count as 0."""
        pairs = np.unique(np.stack([self.sender, self.receiver]), axis=1).T.tolist()
        return {(a, b): total_us(self.length[(self.sender == a) & (self.receiver == b)]) for a, b in pairs}

    def by_case(self) -> dict[int, int]:
        """Return the microseconds of each case."""
        cases, place = np.unique(self.case, return_inverse=True)
        total = np.zeros(cases.size, dtype=np.int64)
        np.add.at(total, place, self.length)
        return dict(zip(cases.tolist(), total.tolist(), strict=True))


def parts(timelines: Timelines, tails: Tails) -> Parts:
    """Return the time of every case as parts: one per pair of consecutive events, and the tails.

    A case whose last event ends it has no tail. A case with one event has a tail only.

    Raises:
        ValueError: a tail is of no case here, the second one of its case, or ends before its case's last event.
    """
    closing = np.flatnonzero(timelines.last_of_case)
    first = np.flatnonzero(~timelines.last_of_case)
    begins = _begins_of_tails(timelines, tails, closing)
    after = first + 1
    return Parts(
        case=np.concatenate([timelines.case[first], tails.case]),
        sender=np.concatenate([timelines.org[first], tails.sender]),
        receiver=np.concatenate([timelines.org[after], tails.receiver]),
        start=np.concatenate([timelines.at[first], begins]),
        end=np.concatenate([timelines.at[after], tails.until]),
        open=np.arange(first.size + begins.size) >= first.size,
    )


def _begins_of_tails(timelines: Timelines, tails: Tails, closing: Ints) -> Ints:
    order = closing[np.argsort(timelines.case[closing])]
    cases = timelines.case[order]
    place = np.minimum(np.searchsorted(cases, tails.case), max(cases.size - 1, 0))
    if np.unique(tails.case).size != tails.case.size or not np.isin(tails.case, cases).all():
        raise ValueError("an unfinished case has one tail, and at least one event")
    begins = timelines.at[order][place]
    if (begins > tails.until).any():
        raise ValueError("a tail ends before its case's last event: leave out events after the judged clock")
    return begins
