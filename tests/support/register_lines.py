"""The lines of a register table: a limit worked out, a proof, an end of waiting, nothing opened, never so."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.canonical import Recorded
from models.hand_offs import HandOff
from tests.support.register_table import SECOND, Wait, What, judged, last_moment, local_day

NUMBERED = ("met late", "overdue", "weekend", "bank holiday", "clocks forward", "clocks back")
"""What only a limit with a due instant has."""


@dataclass(frozen=True)
class Line:
    """A start, and what its limit comes to: `due` or `earliest` as a day or a time, both None where neither is.

    `limit` reads "5 working days, C"; `events` lie beside start and stop; `assumed` names unknown attributes.
    """

    wait: Wait
    start: str
    due: str | None
    why: str
    limit: str | None
    earliest: str | None
    standard: str | None
    assumed: str | None
    optional: bool
    events: tuple[Recorded, ...]
    data: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.wait.row} {self.start} {self.why}"

    @property
    def begin(self) -> Recorded:
        """Return the start."""
        return self.wait.begin(self.start, **self.data)

    @property
    def due_us(self) -> int:
        """Return the last instant in time."""
        assert self.due is not None
        return last_moment(self.due)

    @property
    def soon_us(self) -> int:
        """Return an instant shortly after the start and the events beside it."""
        return max(event.time_us for event in (self.begin, *self.events)) + SECOND

    def hand_off(self, *more: Recorded, now_us: int | None = None) -> HandOff:
        """Return the hand-off of this start, with more events, judged at an instant."""
        found = judged(self.wait.row, (*self.wait.first, self.begin, *self.events, *more), now_us)
        [one] = [hand_off for hand_off in found if hand_off.start_event == self.begin.id]
        return one

    def ended(self, time_us: int) -> HandOff:
        """Return the hand-off ended at an instant, or judged by the day of that instant."""
        if self.wait.stops_on is None:
            return self.hand_off(self.wait.end(time_us))
        return self.hand_off(self.wait.end(self.soon_us, local_day(time_us)))


@dataclass(frozen=True)
class Proof:
    """Events that prove a stop never came, said at a time; from `gone` on the hand-off is missing."""

    wait: Wait
    start: str
    at: str
    gone: str
    proofs: tuple[What, ...]
    then: str
    events: tuple[Recorded, ...]
    data: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.wait.row} {self.at}"

    @property
    def begin(self) -> Recorded:
        """Return the start."""
        return self.wait.begin(self.start, **self.data)


@dataclass(frozen=True)
class Over:
    """Events after which nothing is awaited any more; `then` the hand-off is void, or missing."""

    wait: Wait
    start: str
    at: str
    then: str
    overs: tuple[What, ...]
    events: tuple[Recorded, ...]
    data: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.wait.row} {self.at} {self.then}"

    @property
    def begin(self) -> Recorded:
        """Return the start."""
        return self.wait.begin(self.start, **self.data)


@dataclass(frozen=True)
class Nothing:
    """Events that open no wait of a row."""

    row: str
    why: str
    events: tuple[Recorded, ...]

    def __str__(self) -> str:
        return f"{self.row} {self.why}"


@dataclass(frozen=True)
class Pair:
    """Another start or another stop of a row: this start is met by this stop."""

    wait: Wait
    start: What
    stop: What

    def __str__(self) -> str:
        return f"{self.wait.row} {self.start} to {self.stop}"


@dataclass(frozen=True)
class Never:
    """What cannot be shown of a row, and why not."""

    row: str
    situations: frozenset[str]
    why: str


Entry = Line | Proof | Over | Nothing | Pair | Never


def due(
    wait: Wait,
    start: str,
    due: str | None,
    why: str,
    *,
    limit: str | None = "",
    earliest: str | None = None,
    standard: str | None = None,
    assumed: str | None = None,
    optional: bool = False,
    events: tuple[Recorded, ...] = (),
    **data: object,
) -> Line:
    """Return a line with a due day or instant; `data` replaces attributes of the start, `limit` the usual one."""
    limit = wait.limit if limit == "" else limit
    return Line(wait, start, due, why, limit, earliest, standard, assumed, optional, events, data)


def undated(wait: Wait, start: str, why: str, **over: object) -> Line:
    """Return a line without a due instant: the limit has no number, or is judged for nobody alone."""
    return due(wait, start, None, why, **over)


def gone(
    wait: Wait,
    start: str,
    at: str,
    gone: str,
    *proofs: What,
    then: str = "met",
    events: tuple[Recorded, ...] = (),
    **data: object,
) -> Proof:
    """Return proofs that the stop never came; `then` is the state once the stop comes after all."""
    return Proof(wait, start, at, gone, proofs, then, events, data)


def over(
    wait: Wait,
    start: str,
    at: str,
    then: str,
    *overs: What,
    events: tuple[Recorded, ...] = (),
    **data: object,
) -> Over:
    """Return events after which nothing is awaited."""
    return Over(wait, start, at, then, overs, events, data)


def nothing(row: str, why: str, *events: Recorded) -> Nothing:
    """Return events that open no wait."""
    return Nothing(row, why, events)


def never(row: str, *situations: str, why: str) -> Never:
    """Return a statement that a row has no such situation."""
    return Never(row, frozenset(situations), why)
