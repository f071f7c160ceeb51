"""Fetch, decide, and one transaction: rows and positions together, or neither.

A crash before the commit leaves nothing; a crash after it leaves rows and positions, and the next start goes
on from there. Kafka's own committed offsets are for lag tools only.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import asyncpg
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import IllegalStateError

from consumers import batch as batches
from consumers.assignment import Assignment
from consumers.batch import Batch, Chunk, Refusal
from consumers.failures import Verdict, sort
from consumers.positions import Move, move
from consumers.refusals import Refusals
from infra import faults, metrics, topics
from infra.log import logger
from models.refusals import Reason, Step

POLL_MS = 250
"""How long a poll waits for the first record, and so how soon a stop is noticed."""
HUNG_SECONDS = 300.0
BACK_OFF_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)

log = logger("consumer")


class Decided(Protocol):
    """A batch as rows: of these the loop itself reads what was refused, and each partition's newest tick."""

    refusals: list[Refusal]
    ticks: dict[int, int]


Rows = TypeVar("Rows", bound=Decided)


@dataclass(frozen=True, slots=True)
class Work(Generic[Rows]):
    """What one consumer does: connect, decide (pure), write (inside a transaction; rows touched by table)."""

    process: str
    connect: Callable[[], Awaitable[asyncpg.Connection]]
    decide: Callable[[Iterable[ConsumerRecord]], Rows]
    write: Callable[[asyncpg.Connection, Rows], Awaitable[dict[str, int]]]


class Loop(Generic[Rows]):
    """One consumer's life. `trouble` says why it makes no progress now, for readiness; None: all is well."""

    def __init__(
        self, consumer: AIOKafkaConsumer, work: Work[Rows], refusals: Refusals, group: str, max_records: int
    ) -> None:
        """Belong to a started consumer, subscribed with `assignment` as its listener."""
        self._consumer = consumer
        self._work = work
        self._refusals = refusals
        self._group = group
        self._max_records = max_records
        self._connection: asyncpg.Connection | None = None
        self._failed = 0
        self.assignment = Assignment(consumer, group)
        self.trouble: str | None = "starting"
        self._turned = time.monotonic()

    async def run(self, stop: asyncio.Event) -> None:
        """Store what comes until told to stop; the batch in hand is finished first.

        Errors that pass are waited out, with back-off, in here.

        Raises:
            FencedError, RefusalLimitError, PositionLostError: see there.
            Exception: what nobody knows how to handle: the process must end with it.
        """
        try:
            while not stop.is_set():
                try:
                    await self._turn()
                except Exception as error:
                    if sort(error) is not Verdict.RETRY:
                        raise
                    await self._step_back(error, stop)
        finally:
            await self._disconnect()

    def hung(self) -> str | None:
        """Say that the loop has not come round for minutes, for liveness; None when it turns.

        Waiting for a server is no hanging: every wait ends with an error, and the loop comes round.
        """
        seconds = time.monotonic() - self._turned
        return f"the loop has not come round for {seconds:.0f} s" if seconds > HUNG_SECONDS else None

    async def _turn(self) -> None:
        self._turned = time.monotonic()
        if self._connection is None:
            self._connection = await self._work.connect()
        if self.assignment.unclaimed:
            await self.assignment.claim(self._connection)
        fetched = await self._fetch()
        if fetched:
            await self._store(self._connection, fetched, self.assignment.generation)
            self._refusals.passed()
        self.trouble, self._failed = None, 0

    async def _fetch(self) -> Batch:
        """Return what is new since the stored positions; nothing if a rebalance came in between."""
        generation = self.assignment.generation
        fetched = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=self._max_records)
        if generation != self.assignment.generation or self.assignment.unclaimed:
            return {}
        try:
            chunks = {tp: await self._chunk(tp, fetched.get(tp, [])) for tp in self.assignment.positions}
        except IllegalStateError:  # revoked while we asked
            return {}
        stored = self.assignment.positions
        # Markers alone move a position only in a quiet moment: not one transaction for every transaction.
        return {
            tp: chunk
            for tp, chunk in chunks.items()
            if chunk.records or (not fetched and chunk.next_offset > stored[tp].next_offset)
        }

    async def _chunk(self, tp: TopicPartition, fetched: list[ConsumerRecord]) -> Chunk:
        stored = self.assignment.positions[tp].next_offset
        new = [record for record in fetched if record.offset >= stored]
        return Chunk(new, max(stored, await self._consumer.position(tp)))

    async def _store(self, connection: asyncpg.Connection, batch: Batch, generation: int) -> None:
        rows = self._work.decide(batches.records(batch))
        await self._refusals.write(rows.refusals)
        try:
            async with self.assignment.busy:
                if generation != self.assignment.generation:
                    return
                await self._commit(connection, batch, rows)
        except Exception as error:
            if sort(error) is not Verdict.REFUSE:
                raise
            await self._isolate(connection, batch, generation, error)

    async def _commit(self, connection: asyncpg.Connection, batch: Batch, rows: Rows) -> None:
        began = time.perf_counter()
        moves = [self._move(tp, chunk, rows) for tp, chunk in batch.items()]
        async with connection.transaction():
            await move(connection, self._group, moves)
            written = await self._work.write(connection, rows)
            faults.passing(f"{self._work.process}: before database commit")
        faults.passing(f"{self._work.process}: after database commit")
        for one in moves:
            self.assignment.positions[one.partition].next_offset = one.next_offset
        if sum(len(chunk.records) for chunk in batch.values()) > len(rows.refusals):
            self._refusals.stored()
        _count(batch, moves, written, time.perf_counter() - began)

    def _move(self, tp: TopicPartition, chunk: Chunk, rows: Rows) -> Move:
        position = self.assignment.positions[tp]
        tick = rows.ticks.get(tp.partition) if tp.topic == topics.EVENTS else None
        appended = chunk.records[-1].timestamp * 1000 if chunk.records else None
        return Move(tp, position.epoch, position.next_offset, chunk.next_offset, tick, appended)

    async def _isolate(
        self, connection: asyncpg.Connection, batch: Batch, generation: int, error: Exception
    ) -> None:
        """Store a batch in halves of halves, until the record that the database refuses stands alone."""
        found = list(batches.records(batch))
        if len(found) > 1:
            for half in batches.halves(batch):
                await self._store(connection, half, generation)
            return
        detail = f"{type(error).__name__}: {error}"
        await self._refusals.write([Refusal(one, Reason.NOT_STORABLE, Step.STORE, detail) for one in found])
        async with self.assignment.busy:
            if generation == self.assignment.generation:
                await self._commit_without_rows(connection, batch)

    async def _commit_without_rows(self, connection: asyncpg.Connection, batch: Batch) -> None:
        rows = self._work.decide(())
        moves = [self._move(tp, chunk, rows) for tp, chunk in batch.items()]
        async with connection.transaction():
            await move(connection, self._group, moves)
        for one in moves:
            self.assignment.positions[one.partition].next_offset = one.next_offset

    async def _step_back(self, error: Exception, stop: asyncio.Event) -> None:
        """Drop the connection and all positions, and wait a little, still a living member of the group."""
        self.trouble = f"{type(error).__name__}: {error}"
        log.warning("will try again", error=self.trouble, failed=self._failed + 1)
        metrics.RETRIES.labels(type(error).__name__).inc()
        self.assignment.let_go()
        await self._disconnect()
        until = time.monotonic() + BACK_OFF_SECONDS[min(self._failed, len(BACK_OFF_SECONDS) - 1)]
        self._failed += 1
        while time.monotonic() < until and not stop.is_set():
            await self._consumer.getmany(timeout_ms=50)  # all is paused: this only says that we are alive
            await asyncio.sleep(0.05)

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()


def _count(batch: Batch, moves: Iterable[Move], written: dict[str, int], seconds: float) -> None:
    metrics.BATCHES.inc()
    metrics.TRANSACTION_SECONDS.observe(seconds)
    for table, rows in written.items():
        metrics.ROWS.labels(table).inc(rows)
    for one in moves:
        if one.watermark_us is not None:
            metrics.WATERMARK.labels(one.partition.partition).set(one.watermark_us / 1e6)
    for tp, chunk in batch.items():
        metrics.RECORDS.labels(tp.topic).inc(len(chunk.records))
