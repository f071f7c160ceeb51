"""A lane: everything of one partition number, one transaction at a time."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

import structlog
from aiokafka import AIOKafkaProducer, TopicPartition

from infra import faults
from infra.metrics import HOST_RECORDS, HOST_REPEATS, HOST_TRANSACTION_SECONDS, HOST_TRANSACTIONS
from streams.host.effects import Batch, Effects, HeldError, Out, Position, Processor
from streams.host.states import MemoryStates, RocksStates
from streams.host.transaction import commit

log = structlog.get_logger("caseflow.host")

ROOM = 2
"""Batches that may wait: one is folded while another is fetched; more only holds memory."""
IDLE_S = 0.2
"""How often an idle lane looks at the clock."""
POSITION_AFTER_S = 2.0
"""How long the position of batches that changed nothing may wait for a transaction to go with."""


class OutOfSequenceError(RuntimeError):
    """A batch does not follow the one before it: records were lost between the consumer and the lane."""


class Lane:
    """Folds batches of one partition number and commits them; made anew at each assignment.

    A crash anywhere leaves the last committed transaction: states are written to the store only after it.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of a lane, put together in one place
        self,
        number: int,
        producer: AIOKafkaProducer,
        processor: Processor,
        states: MemoryStates | RocksStates | None,
        changelog: str | None,
        group: str,
        committed: Sequence[Position],
        clock: Callable[[], float],
    ) -> None:
        """Take what the host has made; `committed` are the source positions read after fencing."""
        self.number = number
        self.records = 0
        self._producer, self._processor, self._states = producer, processor, states
        self._changelog, self._group, self._clock = changelog, group, clock
        self._begins = {(p.topic, p.partition): p.next_offset for p in committed}
        self._notes = [p.note for p in committed if p.note]
        self._last: dict[tuple[str, int], int] = {}
        self._waiting: deque[Batch] = deque()
        self._arrived = asyncio.Event()
        self._pending: dict[TopicPartition, Position] = {}
        self._pending_since: float | None = None
        self._closing = False

    @property
    def has_room(self) -> bool:
        """Return whether another batch may be fetched."""
        return len(self._waiting) < ROOM and not self._closing

    def put(self, batch: Batch) -> None:
        """Queue a batch; never blocks."""
        self._waiting.append(batch)
        self._arrived.set()

    def close(self) -> None:
        """Stop after the transaction in flight; queued batches are dropped and will be fetched again."""
        self._closing = True
        self._arrived.set()

    async def run(self) -> None:
        """Work until closed. Raises whatever a fold or a transaction raises: the process must then stop."""
        self._processor.open(self._states, self._notes)
        while not self._closing:
            batch = await self._next()
            if batch is not None:
                await self._process(batch)
            if self._closing:
                return
            due = await self._processor.due()
            if due is not None:
                await self._commit(due)
            elif self._position_is_old():
                await self._commit(Effects())

    async def _next(self) -> Batch | None:
        if not self._waiting:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), IDLE_S)
            except TimeoutError:
                return None
        return self._waiting.popleft() if self._waiting and not self._closing else None

    async def _process(self, batch: Batch) -> None:
        """Fold one batch; nothing is written for what another owner already committed."""
        source = (batch.topic, batch.partition)
        if batch.after is not None and batch.after != self._last.get(source):
            raise OutOfSequenceError(
                f"{batch.topic}/{batch.partition}: a batch follows offset {batch.after}, the last one processed "
                f"ended at {self._last.get(source)}: the restart begins at the committed offset"
            )
        self._last[source] = batch.last
        begin = self._begins.get(source, 0)
        fresh = [record for record in batch.records if record.offset >= begin]
        HOST_REPEATS.labels(self.number).inc(len(batch.records) - len(fresh))
        if not fresh:
            return
        for effects in self._processor.fold(Batch(batch.topic, batch.partition, fresh, batch.after)):
            await self._take(effects)
            if self._closing and effects.position is None:
                return
        self.records += len(fresh)
        HOST_RECORDS.labels(self.number).inc(len(fresh))

    async def _take(self, effects: Effects) -> None:
        """Commit effects, or keep the position of records that changed nothing for the next transaction."""
        if effects.position is not None:
            self._pending[TopicPartition(*effects.position[:2])] = effects.position
            if self._pending_since is None:
                self._pending_since = self._clock()
        if effects.changes_something:
            await self._commit(effects)
        if effects.held is not None:
            raise HeldError(effects.held)

    async def _commit(self, effects: Effects) -> None:
        """Commit one transaction, then keep its states."""
        began = self._clock()
        positions, self._pending, self._pending_since = self._pending, {}, None
        faults.passing("before transaction")
        changes = [
            Out(self._changelog or "", self.number, key, value) for key, value in effects.states.items()
        ]
        written = await commit(self._producer, [*effects.outputs, *changes], positions, self._group)
        if self._states is not None and self._changelog is not None and effects.states:
            self._states.put(effects.states, written[self._changelog, self.number])
        HOST_TRANSACTIONS.labels(self.number).inc()
        HOST_TRANSACTION_SECONDS.observe(self._clock() - began)

    def _position_is_old(self) -> bool:
        return self._pending_since is not None and self._clock() - self._pending_since >= POSITION_AFTER_S
