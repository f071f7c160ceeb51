"""What lies before a reader that stands at some offsets: how many records, and since when the first one waits."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from aiokafka import AIOKafkaConsumer, TopicPartition

from infra import kafka
from infra.settings import Settings

ANSWER_SECONDS = 20.0
FETCH_MS = 100
SMALL_FETCH = 64 << 10


class Lag(NamedTuple):
    """Records that wait, and when the oldest of them was appended (microseconds); None where none waits.

    Transaction markers between the records are counted with them, those behind the last one are not: `records`
    is 0 exactly when nothing waits.
    """

    records: int
    since_us: int | None


class NoTopicError(Exception):
    """A topic of the catalogue is not on the broker."""


NO_LAG = Lag(0, None)


def together(lags: Mapping[TopicPartition, Lag]) -> Lag:
    """Return the lag of several partitions as one."""
    since = [lag.since_us for lag in lags.values() if lag.since_us is not None]
    return Lag(sum(lag.records for lag in lags.values()), min(since, default=None))


async def partitions(settings: Settings, names: Iterable[str]) -> dict[str, int]:
    """Return how many partitions these topics have on the broker.

    Raises:
        NoTopicError: the broker lacks one. (To ask for the offsets of a topic that is not there would not end.)
        TimeoutError, aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    admin = kafka.admin(settings)
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await admin.start()
            described = await admin.describe_topics(sorted(names))
    finally:
        await admin.close()
    missing = sorted(one["topic"] for one in described if one["error_code"])
    if missing:
        raise NoTopicError(f"the broker lacks {', '.join(missing)}: run `caseflow topics apply`")
    return {one["topic"]: len(one["partitions"]) for one in described}


async def lags(settings: Settings, reached: Mapping[TopicPartition, int]) -> dict[TopicPartition, Lag]:
    """Return the lag of each partition at the offset that its reader has reached; changes nothing.

    Raises:
        TimeoutError, aiokafka.errors.KafkaError, OSError: the broker does not answer, or lacks one of them.
    """
    reader = kafka.consumer(
        settings, group_id=None, fetch_max_wait_ms=FETCH_MS, max_partition_fetch_bytes=SMALL_FETCH
    )
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await reader.start()
            reader.assign(list(reached))  # stop() of a consumer that was never assigned would hang
            reader.pause(*reached)
            ends = await reader.end_offsets(list(reached))
            begins = await reader.beginning_offsets(list(reached))
            begun = {tp: max(offset, begins[tp]) for tp, offset in reached.items()}
            return {tp: await _lag(reader, tp, begun[tp], ends[tp]) for tp in reached}
    finally:
        await reader.stop()


async def _lag(reader: AIOKafkaConsumer, tp: TopicPartition, start: int, end: int) -> Lag:
    if start >= end:
        return NO_LAG
    reader.assign([tp])
    reader.seek(tp, start)
    while await reader.position(tp) < end:
        fetched = await reader.getmany(tp, timeout_ms=FETCH_MS, max_records=1)
        if records := fetched.get(tp):
            return Lag(end - records[0].offset, records[0].timestamp * 1000)
    return NO_LAG
