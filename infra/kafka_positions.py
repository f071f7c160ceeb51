"""How far a consumer group is: committed offsets, readable ends, and what lies between them."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import GroupCoordinatorNotAvailableError
from aiokafka.structs import OffsetAndMetadata

from infra import kafka
from infra.settings import Settings

Place = tuple[str, int]
"""Topic and partition."""
LOOK_MS = 100
COORDINATOR_WITHIN_S = 10.0
RETRY_S = 0.2
SMALL_FETCH = 64 << 10


async def committed(settings: Settings, group: str) -> dict[Place, int]:
    """Return the offsets that a group has committed; partitions it never committed are left out.

    Waits while a new broker still makes its topic of offsets, ten seconds at most.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    admin = kafka.admin(settings)
    clock = asyncio.get_running_loop()
    deadline = clock.time() + COORDINATOR_WITHIN_S
    try:
        await admin.start()
        while True:
            try:
                found = await admin.list_consumer_group_offsets(group)
                break
            except GroupCoordinatorNotAvailableError:
                if clock.time() > deadline:
                    raise
                await asyncio.sleep(RETRY_S)
    finally:
        await admin.close()
    return {(tp.topic, tp.partition): told.offset for tp, told in found.items() if told.offset >= 0}


async def ends(settings: Settings, topics: Iterable[str]) -> dict[Place, int]:
    """Return the end, for readers of committed records, of every partition of these topics.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    partitions = [TopicPartition(topic, number) for topic in topics for number in range(settings.partitions)]
    async with _reader(settings, partitions) as reader:
        return _places(await reader.end_offsets(partitions))


async def waiting(
    settings: Settings, reached: Mapping[Place, int], until: Mapping[Place, int] | None = None
) -> dict[Place, int]:
    """Return how many records a reader has before it that stands at `reached`, by partition.

    Counted up to `until`, or to the present ends.

    A transactional log ends in markers that nobody receives: where only these follow, it is 0. Elsewhere the
    markers between records count too, so that it is an upper bound.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    partitions = [TopicPartition(*place) for place in reached]
    async with _reader(settings, partitions) as reader:
        found = until or _places(await reader.end_offsets(partitions))
        left = {place: max(0, end - reached[place]) for place, end in found.items()}
        for place in [place for place, count in left.items() if count]:
            if not await _record_follows(reader, TopicPartition(*place), reached[place], found[place]):
                left[place] = 0
        return left


async def forget_notes(settings: Settings, group: str) -> None:
    """Commit the offsets of a group anew, without the notes beside them: its process begins to count afresh.

    No member of the group may be running: the broker refuses it then.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer, or a member runs.
    """
    offsets = await committed(settings, group)
    if not offsets:
        return
    async with _reader(settings, [TopicPartition(*place) for place in offsets], group) as writer:
        await writer.commit(
            {TopicPartition(*place): OffsetAndMetadata(at, "") for place, at in offsets.items()}
        )


async def _record_follows(reader: AIOKafkaConsumer, tp: TopicPartition, start: int, end: int) -> bool:
    reader.assign([tp])
    reader.seek(tp, start)
    while await reader.position(tp) < end:
        if await reader.getmany(tp, timeout_ms=LOOK_MS, max_records=1):
            return True
    return False


def _places(offsets: Mapping[TopicPartition, int]) -> dict[Place, int]:
    return {(tp.topic, tp.partition): offset for tp, offset in offsets.items()}


@asynccontextmanager
async def _reader(
    settings: Settings, partitions: list[TopicPartition], group: str | None = None
) -> AsyncIterator[AIOKafkaConsumer]:
    """Give a consumer that fetches nothing until it is asked to."""
    reader = kafka.consumer(
        settings, group_id=group, fetch_max_wait_ms=LOOK_MS, max_partition_fetch_bytes=SMALL_FETCH
    )
    try:
        await reader.start()
        reader.assign(partitions)  # stop() of a consumer that was never assigned would hang
        reader.pause(*partitions)
        await asyncio.sleep(0)  # stop() would raise CancelledError if a task of start() had not begun
        yield reader
    finally:
        await reader.stop()
