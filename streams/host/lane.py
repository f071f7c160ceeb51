"""A lane: everything of one partition number, one transaction at a time."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence

import structlog
from aiokafka import AIOKafkaProducer, TopicPartition

from infra import faults
from infra.metrics import HOST_RECORDS, HOST_REPEATS, HOST_TRANSACTION_SECONDS, HOST_TRANSACTIONS
from streams.host.effects import Batch, Effects, HeldError, Out, Position, Processor
from streams.host.states import MemoryStates, RocksStates
from streams.host.transaction import commit

log = structlog.get_logger("caseflow.host")

ROOM_BYTES = 1 << 20
"""How much may wait before fetching pauses: one batch is folded while another comes; more only holds memory."""
ENOUGH = 4_000
"""Outputs that one transaction gathers from batches of several topics."""
PACE_S = 0.03
"""While there is room, transactions begin this far apart: one costs the broker as much for 1 record as for 100."""
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
        self._waiting_bytes = 0
        self._arrived = asyncio.Event()
        self._outputs: list[Out] = []
        self._pending: dict[TopicPartition, Position] = {}
        self._pending_since: float | None = None
        self._began: float | None = None
        self._closing = False

    @property
    def has_room(self) -> bool:
        """Return whether another batch may be fetched."""
        return self._waiting_bytes < ROOM_BYTES and not self._closing

    def put(self, batch: Batch) -> None:
        """Queue a batch, joined to the one that it follows if that still waits; never blocks."""
        self._waiting_bytes += batch.size
        for place, waiting in enumerate(self._waiting):
            if batch.follows(waiting):
                self._waiting[place] = waiting.joined(batch)
                break
        else:
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
            if self._outputs and not (self._waiting and not self._closing):
                await self._commit({})
            if self._closing:
                return
            due = await self._processor.due()
            if due is not None:
                await self._take(due)
                await self._commit({})
            elif self._position_is_old():
                await self._commit({})

    async def _next(self) -> Batch | None:
        if not self._waiting:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), IDLE_S)
            except TimeoutError:
                return None
        if self._began is not None and self.has_room:
            await asyncio.sleep(max(0.0, self._began + PACE_S - self._clock()))
        if self._closing or not self._waiting:
            return None
        batch = self._waiting.popleft()
        self._waiting_bytes -= batch.size
        return batch

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
        self._begins[source] = max(begin, batch.last + 1)  # a first fetch may be repeated after a rebalance
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
        """Commit effects with states; gather others, which may share a transaction, and note the position."""
        if effects.position is not None:
            self._pending[TopicPartition(*effects.position[:2])] = effects.position
            if self._pending_since is None:
                self._pending_since = self._clock()
        self._outputs.extend(effects.outputs)
        if effects.states or len(self._outputs) >= ENOUGH or (effects.held is not None and self._outputs):
            await self._commit(effects.states)
        if effects.held is not None:
            raise HeldError(effects.held)

    async def _commit(self, states: Mapping[bytes, bytes]) -> None:
        """Commit what was gathered and these states in one transaction, then keep the states."""
        self._began = began = self._clock()
        outputs, self._outputs = self._outputs, []
        positions, self._pending, self._pending_since = self._pending, {}, None
        faults.passing("before transaction")
        changes = [Out(self._changelog or "", self.number, key, value) for key, value in states.items()]
        written = await commit(self._producer, [*outputs, *changes], positions, self._group)
        if self._states is not None and self._changelog is not None and states:
            self._states.put(states, written[self._changelog, self.number])
        HOST_TRANSACTIONS.labels(self.number).inc()
        HOST_TRANSACTION_SECONDS.observe(self._clock() - began)

    def _position_is_old(self) -> bool:
        return self._pending_since is not None and self._clock() - self._pending_since >= POSITION_AFTER_S
