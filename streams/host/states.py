"""The states of one partition inside a Faust table, by whichever store the table uses.

Faust's own reads and writes need a current event to know the partition; these name the partition instead, write
a whole transaction's states at once, and only after its commit.
"""

from collections.abc import Iterator, Mapping

import rocksdict
from faust.stores.memory import Store as MemoryStore
from faust.stores.rocksdb import Store as RocksStore
from faust.tables.table import Table
from faust.types import TP


class MemoryStates:
    """One partition of a table kept in memory: recovered whole at every assignment."""

    def __init__(self, store: MemoryStore, partition: int) -> None:
        """Use the partition's share of a store that holds all assigned partitions."""
        self._store, self._partition = store, partition

    def get(self, key: bytes) -> bytes | None:
        """Return the state of a key."""
        state: bytes | None = self._store.data.get(key)
        return state

    def put(self, states: Mapping[bytes, bytes], _last_offset: int) -> None:
        """Keep committed states."""
        self._store.data.update(states)
        self._store._key_partition.update(dict.fromkeys(states, self._partition))  # noqa: SLF001 - see module

    def scan(self) -> Iterator[tuple[bytes, bytes]]:
        """Iterate over the partition's states."""
        owners = self._store._key_partition  # noqa: SLF001 - see module
        return ((key, value) for key, value in self._store.data.items() if owners.get(key) == self._partition)


class RocksStates:
    """One partition of a table kept in RocksDB: recovery resumes after the offset written last."""

    def __init__(self, store: RocksStore, changelog: TP) -> None:
        """Use the database of the changelog's partition."""
        self._store, self._changelog = store, changelog
        self._db = store._db_for_partition(changelog.partition)  # noqa: SLF001 - see module

    def get(self, key: bytes) -> bytes | None:
        """Return the state of a key."""
        state: bytes | None = self._db.get(key)
        return state

    def put(self, states: Mapping[bytes, bytes], last_offset: int) -> None:
        """Keep committed states, then the offset: a crash between the two repeats harmless records."""
        batch = rocksdict.WriteBatch(raw_mode=True)
        for key, value in states.items():
            batch.put(key, value)
        self._db.write(batch)
        self._store.set_persisted_offset(self._changelog, last_offset)

    def scan(self) -> Iterator[tuple[bytes, bytes]]:
        """Iterate over the partition's states."""
        offset_key = self._store.offset_key
        return ((key, value) for key, value in self._db.items() if key != offset_key)


def states_of(table: Table, changelog: TP) -> MemoryStates | RocksStates:
    """Return the states of a changelog's partition."""
    store = table.data
    if isinstance(store, MemoryStore):
        return MemoryStates(store, changelog.partition)
    return RocksStates(store, changelog)
