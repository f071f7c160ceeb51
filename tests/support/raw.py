"""Raw records as the broker gives them, for folds without a broker."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from streams.host.effects import Batch, Record


@dataclass
class Fetched:
    """One fetched record."""

    value: bytes | None
    offset: int = 0
    key: bytes | None = b"case"
    topic: str = "caseflow.charge"
    partition: int = 0
    timestamp: int = 1_774_000_000_000
    headers: Sequence[tuple[str, bytes]] = ()


@dataclass
class Memory:
    """States of one partition in a dictionary: the twin of the table's stores."""

    kept: dict[bytes, bytes] = field(default_factory=dict)

    def get(self, key: bytes) -> bytes | None:
        """Return the state of a key."""
        return self.kept.get(key)

    def put(self, states: dict[bytes, bytes], _last_offset: int) -> None:
        """Keep committed states."""
        self.kept.update(states)

    def scan(self) -> Iterator[tuple[bytes, bytes]]:
        """Iterate over all states."""
        return iter(list(self.kept.items()))


def batch(*values: bytes | None, first: int = 0, after: int | None = None, **over: object) -> Batch:
    """Return a batch of records at consecutive offsets."""
    records: list[Record] = [
        Fetched(value, offset=first + number, **over) for number, value in enumerate(values)
    ]
    return Batch(records[0].topic, records[0].partition, records, after)
