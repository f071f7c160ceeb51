"""What a fold hands to the host: everything that must happen together, or not at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from infra.dead_letters import Fetched


class HeldError(RuntimeError):
    """The work cannot go on before a person has done something; the process ends with `infra.exit_codes.HELD`."""


Record = Fetched
"""One fetched record: the same shape that a dead letter is made of."""


class Out(NamedTuple):
    """One record to write, to a partition that the fold has chosen."""

    topic: str
    partition: int
    key: bytes | None
    value: bytes
    headers: Sequence[tuple[str, bytes]] = ()


class Position(NamedTuple):
    """How far a source partition is processed: the next offset, and a note kept beside it."""

    topic: str
    partition: int
    next_offset: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Effects:
    """One transaction: outputs, states (as the table keeps them) and the source's position.

    `position` is None while the source record is only partly processed: the transaction then may be repeated
    from the states it leaves. `held`, when set, says why the process must stop after the commit.
    """

    outputs: Sequence[Out] = ()
    states: Mapping[bytes, bytes] = field(default_factory=dict)
    position: Position | None = None
    held: str | None = None

    @property
    def changes_something(self) -> bool:
        """Return whether anything but the position would be written."""
        return bool(self.outputs or self.states)


@dataclass(frozen=True, slots=True)
class Batch:
    """All records that one fetch returned for one partition, and the offset that they follow.

    `after` is the last offset of the previous fetch in the same session, None for the first. A session lasts
    from one change of partitions to the next.
    """

    topic: str
    partition: int
    records: Sequence[Record]
    after: int | None
    session: int = 0

    @property
    def last(self) -> int:
        """The offset of the last record."""
        return self.records[-1].offset

    @property
    def size(self) -> int:
        """The bytes of all values."""
        return sum(len(record.value or b"") for record in self.records)

    def follows(self, other: "Batch") -> bool:
        """Return whether this is the next fetch of the same partition."""
        return self.after == other.last and (self.topic, self.partition) == (other.topic, other.partition)

    def joined(self, following: "Batch") -> "Batch":
        """Return one batch of this and the one that follows it."""
        return Batch(
            self.topic, self.partition, [*self.records, *following.records], self.after, self.session
        )


class States(Protocol):
    """The states of one partition."""

    def get(self, key: bytes) -> bytes | None:
        """Return the state of a key."""

    def scan(self) -> Iterator[tuple[bytes, bytes]]:
        """Iterate over all states; blocks while it reads."""


class Processor(Protocol):
    """What one partition number does with its records. A new one is made at each assignment."""

    def open(self, states: States | None, notes: Sequence[str]) -> None:
        """Begin, with the recovered states and the notes kept beside the committed offsets."""

    def fold(self, batch: Batch) -> Iterator[Effects]:
        """Turn a batch into transactions, without I/O; only the last one carries the position."""

    async def due(self) -> Effects | None:
        """Return what has fallen due by the clock, if anything; asked between batches."""


MakeProcessor = Callable[[int], Processor]
