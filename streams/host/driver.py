"""Faust's Kafka driver, changed in the places that exactly-once needs; each override says why.

Everything here rests on private parts of faust-streaming 0.15.3: tests/contract/test_faust_pins.py asserts the
signatures. Measured reasons: docs/decisions/0002-the-exactly-once-host.md.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from infra import faults
from streams.host.effects import Batch
from streams.host.readable_end import readable_end

log = structlog.get_logger("caseflow.host")

HOLD_S = 0.05
BUSY_FETCH_S = 0.1
FETCH_MAX_WAIT_MS = 200


class CommittedThread(driver.AIOKafkaConsumerThread):
    """The thread that owns the consumer, which reads committed records only."""

    def _create_worker_consumer(self, transport: driver.Transport) -> AIOKafkaConsumer:
        """No setting reaches these: recovery would take aborted records into the state; a poll would idle 1.5 s."""
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = "read_committed"  # noqa: SLF001 - read when the consumer starts
        consumer._fetch_max_wait_ms = FETCH_MAX_WAIT_MS  # noqa: SLF001 - the same
        return consumer


class HostConsumer(driver.Consumer):
    """Faust's consumer: what one fetch returns for a partition is one message, and offsets are the host's."""

    def _new_consumer_thread(self) -> CommittedThread:
        return CommittedThread(self, loop=self.loop, beacon=self.beacon)

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Mapping[TP, list[Any]]:  # noqa: ASYNC109 - Faust's signature
        """Fetch for lanes that have room; source partitions wait until a rebalance has ended.

        Faust opens the source partitions, then seeks them, then empties the queues: a batch fetched early would
        arrive twice, or be dropped while the next one is committed.
        """
        host = self.app.host
        wanted = host.fetchable(active_partitions or set())
        if not wanted:
            await asyncio.sleep(HOLD_S)
            return {}
        short = min(timeout, BUSY_FETCH_S) if wanted != active_partitions else timeout
        session = host.session
        fetched = await super()._getmany(wanted, short)
        if fetched and self.app.rebalancing:
            faults.passing("during recovery")
        batches: dict[TP, list[Any]] = host.as_batches(fetched, session)
        return batches

    def _to_message(self, tp: TP, record: Any) -> ConsumerMessage:  # noqa: ANN401 - a batch or Kafka's record
        """Make one message of a batch: the last record's offset, the batch as its value."""
        if not isinstance(record, Batch):
            return super()._to_message(tp, record)
        last = record.records[-1]
        return ConsumerMessage(
            topic=tp.topic,
            partition=tp.partition,
            offset=last.offset,
            timestamp=last.timestamp / 1000,
            timestamp_type=0,
            headers=(),
            key=b"",
            value=record,
            checksum=None,
            serialized_key_size=0,
            serialized_value_size=0,
            tp=tp,
            generation_id=self.app.consumer_generation_id,
        )

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Do nothing: the distance between two batches is not a gap, and Faust would list every offset of it."""

    def _new_offset(self, tp: TP) -> int | None:
        """Return the offset after the last batch handed out, and forget the rest; nothing is committed by it."""
        acked = self._acked[tp]
        if not acked:
            return None
        following: int = max(acked) + 1
        acked.clear()
        self._acked_index[tp].clear()
        return following

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        """Commit nothing: offsets go with the transactions. The time stamp keeps Faust's livelock check quiet."""
        self._thread.tp_last_committed_at.update(dict.fromkeys(offsets, time.monotonic()))
        return True

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Finish the transactions in flight before the partitions are given up."""
        await self._or_stop(self.app.host.settle())
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Fence the former owners before Faust recovers tables and reads committed offsets."""
        await self._or_stop(self.app.host.take_over(assigned))
        await super().on_partitions_assigned(assigned, generation_id)

    async def _or_stop(self, work: Any) -> None:  # noqa: ANN401 - a coroutine
        """Await; an error stops the process, because aiokafka logs and swallows what a listener raises."""
        try:
            await work
        except Exception as error:  # noqa: BLE001 - whatever it is, this worker does not own its partitions
            self.app.host.fail(error)

    async def highwaters(self, *partitions: TP) -> dict[TP, int]:
        """Return for a changelog the offset after its last readable record.

        A transactional log ends in a marker that no consumer receives: recovery would wait for it for ever.
        """
        ends = dict(await super().highwaters(*partitions))
        for tp, end in ends.items():
            if end and self._is_changelog_tp(tp):
                ends[tp] = await readable_end(self.app.host.settings, tp.topic, tp.partition)
        return ends


class HostTransport(driver.Transport):
    """The transport that makes the host's consumer."""

    Consumer = HostConsumer
