"""The host: one lane and one transactional producer per partition number that this worker owns."""

import asyncio
import os
import sys
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka import AIOKafkaProducer
from faust.types import TP

from infra import exit_codes, faults, kafka
from infra.settings import Settings
from streams.host.effects import Batch, HeldError, MakeProcessor, Position, Record
from streams.host.lane import Lane
from streams.host.ownership import owner
from streams.host.states import states_of

if TYPE_CHECKING:
    import faust
    from aiokafka.admin import AIOKafkaAdminClient

log = structlog.get_logger("caseflow.host")


class Host:
    """Owns the lanes of a Faust app and says when partitions may be fetched."""

    def __init__(
        self, app: "faust.App", settings: Settings, sources: Iterable[str], make: MakeProcessor
    ) -> None:
        """Attach to an app; `sources` are the topics whose records are folded, `make` their processor."""
        self.settings, self._app, self._make = settings, app, make
        self._sources = frozenset(sources)
        self._producers: dict[int, AIOKafkaProducer] = {}
        self._committed: dict[int, list[Position]] = {}
        self._lanes: dict[int, Lane] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._fetched: dict[TP, int] = {}
        self.session = 0
        self.records = 0
        self.turned_at: float | None = None
        """When (monotonic seconds) the event loop last turned; None before it runs."""

    @property
    def ready(self) -> bool:
        """Return whether this worker has its partitions and works on them."""
        return bool(self._lanes) and not self._app.rebalancing

    def is_source(self, tp: TP) -> bool:
        """Return whether the host folds this partition's records (else Faust recovers a table from them)."""
        return tp.topic in self._sources

    def fetchable(self, active: set[TP]) -> set[TP]:
        """Return the partitions that may be fetched now: changelogs always, sources where a lane has room."""
        if self._app.rebalancing:
            return {tp for tp in active if not self.is_source(tp)}
        self._open_lanes()
        return {tp for tp in active if not self.is_source(tp) or self._has_room(tp.partition)}

    def as_batches(self, fetched: Mapping[TP, list[Record]], session: int) -> dict[TP, list[Any]]:
        """Return what one fetch returned, the records of each source partition as one batch.

        Args:
            fetched: records by partition; a changelog's stay as they are.
            session: in which the fetch began. In another one its source records are dropped: their partitions
                have changed hands meanwhile, and are read again from the committed positions.
        """
        batches: dict[TP, list[Any]] = {}
        for tp, records in fetched.items():
            if not self.is_source(tp):
                batches[tp] = records
            elif records and session == self.session:
                batches[tp] = [self._batch(tp, records)]
        return batches

    def accept(self, batch: Batch) -> None:
        """Hand a batch to its lane; one of an earlier session is dropped, and read again by its owner."""
        lane = self._lanes.get(batch.partition)
        if lane is not None and batch.session == self.session:
            lane.put(batch)

    async def settle(self) -> None:
        """Finish the transactions in flight and close every lane: called before partitions are given up.

        It ends the session: nothing that was fetched in it is folded any more.
        """
        self.session += 1
        for lane in self._lanes.values():
            lane.close()
            self.records += lane.records
        if self._tasks:
            await asyncio.wait(self._tasks.values())
        self._lanes, self._tasks, self._fetched = {}, {}, {}

    async def take_over(self, assigned: set[TP]) -> None:
        """Start a fresh producer per partition number, which fences the former owner, then read positions.

        Starting one aborts what the former owner left open and waits for what it was committing, so that the
        positions read afterwards are final. Its own former producers are replaced as well.
        """
        faults.passing("during rebalance")
        await self.settle()
        await asyncio.gather(*(producer.stop() for producer in self._producers.values()))
        numbers = sorted({tp.partition for tp in assigned if self.is_source(tp)})
        started = await asyncio.gather(
            *(owner(self.settings, self._app.conf.id, number) for number in numbers)
        )
        self._producers = dict(zip(numbers, started, strict=True))
        self._committed = await self._positions(assigned)
        log.info("partitions taken over", partitions=numbers)

    def fail(self, error: BaseException) -> None:
        """Stop the process at once: the next owner begins at the last committed transaction."""
        code = exit_codes.HELD if isinstance(error, HeldError) else exit_codes.HEALS
        log.error("worker stops", error=f"{type(error).__name__}: {error}", exit_code=code, exc_info=error)
        sys.stderr.flush()
        os._exit(code)

    async def stop(self) -> None:
        """Close lanes and producers: called once, at the end."""
        await self.settle()
        await asyncio.gather(*(producer.stop() for producer in self._producers.values()))
        self._producers = {}

    async def _positions(self, assigned: set[TP]) -> dict[int, list[Position]]:
        """Return the committed positions by partition number."""
        admin: AIOKafkaAdminClient = kafka.admin(self.settings)
        await admin.start()
        try:
            offsets = await admin.list_consumer_group_offsets(self._app.conf.id)
        finally:
            await admin.close()
        found: dict[int, list[Position]] = {}
        for tp, committed in offsets.items():
            if TP(*tp) in assigned and committed.offset >= 0:
                position = Position(tp.topic, tp.partition, committed.offset, committed.metadata or "")
                found.setdefault(tp.partition, []).append(position)
        return found

    def _batch(self, tp: TP, records: list[Record]) -> Batch:
        batch = Batch(tp.topic, tp.partition, records, self._fetched.get(tp), self.session)
        self._fetched[tp] = batch.last
        return batch

    def _has_room(self, number: int) -> bool:
        lane = self._lanes.get(number)
        return lane is not None and lane.has_room

    def _open_lanes(self) -> None:
        """Open the lanes of the partitions owned, once recovery has ended."""
        for number, producer in self._producers.items():
            if number not in self._lanes:
                self._lanes[number] = self._new_lane(number, producer)
                self._tasks[number] = asyncio.create_task(self._run(self._lanes[number]))

    def _new_lane(self, number: int, producer: AIOKafkaProducer) -> Lane:
        table = next(iter(self._app.tables.values()), None)
        changelog = None if table is None else table.changelog_topic.get_topic_name()
        return Lane(
            number,
            producer,
            self._make(number),
            None if table is None else states_of(table, TP(changelog, number)),
            changelog,
            self._app.conf.id,
            self._committed.get(number, []),
            time.monotonic,
        )

    async def _run(self, lane: Lane) -> None:
        try:
            await lane.run()
        except BaseException as error:  # noqa: BLE001 - fail-stop: nothing may go on past a failed transaction
            self.fail(error)
