"""The safe time: how far time has passed for everything that agencies have told, by the state of the log.

Now, if intake has nothing waiting; else the append time of the oldest record waiting. The clock can therefore
never run ahead of the backlog, and nobody is accused of a delay that was ours.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from aiokafka import AIOKafkaConsumer, TopicPartition

from infra import kafka, topics
from infra.settings import Settings

if TYPE_CHECKING:
    from aiokafka.admin import AIOKafkaAdminClient

MIN_BETWEEN_S = 0.2
READ_WITHIN_MS = 2_000


class SafeClock:
    """Samples the safe time for all lanes of a worker, at most a few times a second."""

    def __init__(
        self,
        settings: Settings,
        now_us: Callable[[], int],
        shown_us: Callable[[int], int],
        monotonic: Callable[[], float],
    ) -> None:
        """Start nothing yet: clients are made at the first sample. `shown_us` reads the broker's time as ours."""
        self._settings, self._now_us, self._monotonic = settings, now_us, monotonic
        self._shown_us = shown_us
        self._consumer: AIOKafkaConsumer | None = None
        self._admin: AIOKafkaAdminClient | None = None
        self._lock = asyncio.Lock()
        self._sampled: tuple[float, int] | None = None

    def now_us(self) -> int:
        """Return the present instant: whether asking for the safe time is worth it."""
        return self._now_us()

    async def safe_us(self) -> int:
        """Return the safe time in microseconds; may be repeated, changes nothing.

        The order matters: now is sampled first, then the ends of the raw topics, then intake's positions. A
        record appended in between then only holds the clock back.
        """
        async with self._lock:
            if self._sampled and self._monotonic() - self._sampled[0] < MIN_BETWEEN_S:
                return self._sampled[1]
            await self._connect()
            now = self._now_us()
            waiting = await self._waiting()
            appended = [await self._append_us(tp, *between) for tp, between in waiting.items()]
            safe = min([now, *[time_us for time_us in appended if time_us is not None]])
            self._sampled = (self._monotonic(), safe)
            return safe

    async def stop(self) -> None:
        """Close the clients."""
        if self._consumer is not None:
            await self._consumer.stop()
        if self._admin is not None:
            await self._admin.close()

    async def _connect(self) -> None:
        if self._consumer is None:
            self._consumer = kafka.consumer(self._settings, group_id=None, fetch_max_wait_ms=100)
            await self._consumer.start()
        if self._admin is None:
            self._admin = kafka.admin(self._settings)
            await self._admin.start()

    async def _waiting(self) -> dict[TopicPartition, tuple[int, int]]:
        """Return where intake's next record is, and where the partition ends, for every raw one that has one."""
        assert self._consumer is not None and self._admin is not None  # noqa: S101, PT018 - _connect made them
        partitions = [TopicPartition(t, p) for t in topics.RAW for p in range(self._settings.partitions)]
        ends = await self._consumer.end_offsets(partitions)
        committed = await self._admin.list_consumer_group_offsets(topics.INTAKE_GROUP)
        begins = await self._consumer.beginning_offsets([tp for tp in partitions if tp not in committed])
        reached = {tp: committed[tp].offset if tp in committed else begins[tp] for tp in partitions}
        return {tp: (reached[tp], ends[tp]) for tp in partitions if reached[tp] < ends[tp]}

    async def _append_us(self, tp: TopicPartition, offset: int, end: int) -> int | None:
        """Return the append time of the first record from an offset; None where only markers follow.

        A record that could not be fetched in time holds the clock where it was.
        """
        assert self._consumer is not None  # noqa: S101 - _connect made it
        self._consumer.assign([tp])
        self._consumer.seek(tp, offset)
        fetched = await self._consumer.getmany(tp, timeout_ms=READ_WITHIN_MS, max_records=1)
        records = fetched.get(tp)
        if records:
            return self._shown_us(records[0].timestamp * 1000)
        if await self._consumer.position(tp) >= end:
            return None
        return self._sampled[1] if self._sampled else 0
