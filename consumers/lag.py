"""What lies before a reader that stands at some offsets: how many records, and since when the first one waits."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from aiokafka import TopicPartition

from infra import kafka
from infra.kafka_positions import Record, first_records, reading
from infra.settings import Settings

ANSWER_SECONDS = 20.0


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
    places = list(reached)
    async with asyncio.timeout(ANSWER_SECONDS), reading(settings, places) as reader:
        ends = await reader.end_offsets(places)
        begins = await reader.beginning_offsets(places)
        spans = {tp: (max(offset, begins[tp]), ends[tp]) for tp, offset in reached.items()}
        first = await first_records(reader, spans)
    return {tp: _lag(first.get(tp), ends[tp]) for tp in places}


def _lag(first: Record | None, end: int) -> Lag:
    return NO_LAG if first is None else Lag(end - first.offset, first.timestamp * 1000)
