"""Ours: the peers' fold on caseflow's exactly-once host; state in RocksDB, changelog, one output per event.

Arguments as every candidate's: bootstrap, source topic, output topic, group, scratch directory.
"""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson

from bench.load import PARTITIONS, create
from bench.peers.fold import Entry, FirstEvent, Run, decode, entry, output, this_run
from infra.settings import Settings
from streams.host.app import build, run
from streams.host.effects import Batch, Effects, Out, Position, Record, States

CACHED = 20_000
"""Decoded timelines that one partition keeps; past it all are dropped and read again from the store."""


class Grow:
    """Adds events to timelines; a timeline remembers the offset of its last event, and skips what it has."""

    def __init__(self, topic: str, first: FirstEvent) -> None:
        """Write outputs to `topic`, in the source's partition."""
        self._topic, self._first = topic, first
        self._states: States | None = None
        self._cached: dict[bytes, tuple[int, list[Entry]]] = {}

    def open(self, states: States | None, _notes: Sequence[str]) -> None:
        """Begin with the recovered states."""
        self._states = states

    def fold(self, batch: Batch) -> Iterator[Effects]:
        """Fold a batch into one transaction."""
        self._first.tell()
        touched: dict[bytes, tuple[int, list[Entry]]] = {}
        outputs = [
            Out(self._topic, batch.partition, record.key, answer)
            for record in batch.records
            if (answer := self._add(record, touched)) is not None
        ]
        self._keep(touched)
        states = {case: orjson.dumps(state) for case, state in touched.items()}
        yield Effects(outputs, states, Position(batch.topic, batch.partition, batch.last + 1))

    async def due(self) -> Effects | None:
        """Return nothing: this fold has no clock."""
        return None

    def _add(self, record: Record, touched: dict[bytes, tuple[int, list[Entry]]]) -> bytes | None:
        case = record.key or b""
        event = decode(record.value or b"")
        last, timeline = touched.get(case) or self._state(case)
        if record.offset <= last:
            return None
        timeline.append(entry(event))
        touched[case] = (record.offset, timeline)
        return output(event)

    def _state(self, case: bytes) -> tuple[int, list[Entry]]:
        if (cached := self._cached.get(case)) is not None:
            return cached
        stored = self._states.get(case) if self._states else None
        if stored is None:
            return -1, []
        last, timeline = orjson.loads(stored)
        return last, timeline

    def _keep(self, touched: dict[bytes, tuple[int, list[Entry]]]) -> None:
        if len(self._cached) > CACHED:
            self._cached.clear()
        self._cached.update(touched)


def main(told: Run) -> None:
    """Fold until a signal ends the process; blocks."""
    settings = Settings(kafka=told.bootstrap, data=Path(told.scratch), partitions=PARTITIONS)
    changelog = f"{told.group}-states"
    asyncio.run(create(settings, changelog))
    first = FirstEvent()
    run(build(told.group, [told.source], lambda _: Grow(told.output, first), settings, changelog))


if __name__ == "__main__":
    main(this_run())
