"""How far a consumer group is: committed offsets, readable ends, and what lies between them."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import TypeAlias, TypeVar

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import (
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    NotCoordinatorForGroupError,
)
from aiokafka.structs import ConsumerRecord, OffsetAndMetadata

from infra import kafka
from infra.settings import Settings

Place = tuple[str, int]
"""Topic and partition."""
Record: TypeAlias = ConsumerRecord
Told = TypeVar("Told")
LOOK_MS = 100
GLANCE_MS = 10
"""How soon it is seen that a log ended in markers: nobody receives those, the position alone moves."""
COORDINATOR_WITHIN_S = 10.0
RETRY_S = 0.2
ERROR = 0
"""Where the error stands in a described group, in every version of the protocol."""
NOT_READY = frozenset(
    {
        GroupLoadInProgressError.errno,
        GroupCoordinatorNotAvailableError.errno,
        NotCoordinatorForGroupError.errno,
    }
)
SMALL_FETCH = 64 << 10


async def committed(settings: Settings, group: str) -> dict[Place, int]:
    """Return the offsets that a group has committed; partitions it never committed are left out.

    Waits while a new broker still makes its topic of offsets, or one that was restarted reads it, ten seconds at
    most: its answer would be that nothing was committed.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    admin = kafka.admin(settings)
    clock = asyncio.get_running_loop()
    deadline = clock.time() + COORDINATOR_WITHIN_S
    try:
        await admin.start()
        while (found := await _offsets(admin, group)) is None:
            if clock.time() > deadline:
                raise GroupCoordinatorNotAvailableError(group)
            await asyncio.sleep(RETRY_S)
    finally:
        await admin.close()
    return {(tp.topic, tp.partition): told.offset for tp, told in found.items() if told.offset >= 0}


async def _offsets(
    admin: AIOKafkaAdminClient, group: str
) -> Mapping[TopicPartition, OffsetAndMetadata] | None:
    """Return what a group has committed; None while its coordinator is not ready.

    aiokafka takes the refusal of one that still reads its offsets for an empty answer: so it is asked first.
    """
    try:
        described = await admin.describe_consumer_groups([group])
        if any(one[ERROR] in NOT_READY for answer in described for one in answer.groups):
            return None
        found: Mapping[TopicPartition, OffsetAndMetadata] = await admin.list_consumer_group_offsets(group)
    except GroupCoordinatorNotAvailableError:
        return None
    return found


async def ends(settings: Settings, topics: Iterable[str]) -> dict[Place, int]:
    """Return the end of every partition of these topics; what is in an open transaction lies before it.

    A process's offsets may be committed a moment before what it wrote in the same transaction can be read.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    places = [(topic, number) for topic in topics for number in range(settings.partitions)]
    return await _ends(settings, places)


async def waiting(
    settings: Settings, reached: Mapping[Place, int], until: Mapping[Place, int] | None = None
) -> dict[Place, int]:
    """Return how many records a reader has before it that stands at `reached`, by partition.

    Counted up to `until`, or to the present ends.

    A transactional log ends in markers that nobody receives: where only these follow, it is 0. Elsewhere the
    markers between records count too, so that it is an upper bound. What is in an open transaction waits too.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    until = until or await _ends(settings, reached)
    left = {place: max(0, end - reached[place]) for place, end in until.items()}
    unread = [TopicPartition(*place) for place, count in left.items() if count]
    if unread:
        async with reading(settings, unread) as reader:
            stable = _places(await reader.end_offsets(unread))
            ended = {
                place: (reached[place], until[place]) for place in stable if until[place] <= stable[place]
            }
            spans = {TopicPartition(*place): span for place, span in ended.items()}
            follow = _places(await first_records(reader, spans))
        left |= dict.fromkeys(ended.keys() - follow.keys(), 0)
    return left


async def first_records(
    reader: AIOKafkaConsumer, spans: Mapping[TopicPartition, tuple[int, int]]
) -> dict[TopicPartition, Record]:
    """Return the first record from one offset on and before another, of each partition that has one there.

    Of a partition without one, nothing but markers and what was aborted lies there. All are looked at together: so
    it takes no longer where there are many.

    Args:
        reader: as `reading` gives it, with these partitions.
        spans: the offsets, the second not after the partition's end.
    """
    found: dict[TopicPartition, Record] = {}
    left = {tp: end for tp, (start, end) in spans.items() if start < end}
    for tp in left:
        reader.seek(tp, spans[tp][0])
    reader.resume(*left)
    while left:
        for tp, records in (await reader.getmany(*left, timeout_ms=GLANCE_MS)).items():
            if records[0].offset < left[tp]:
                found[tp] = records[0]
        passed = [tp for tp, end in left.items() if tp in found or await reader.position(tp) >= end]
        reader.pause(*passed)
        for tp in passed:
            del left[tp]
    return found


async def forget_notes(settings: Settings, group: str) -> None:
    """Commit the offsets of a group anew, without the notes beside them: its process begins to count afresh.

    No member of the group may be running: the broker refuses it then.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer, or a member runs.
    """
    offsets = await committed(settings, group)
    if not offsets:
        return
    async with reading(settings, [TopicPartition(*place) for place in offsets], group) as writer:
        await writer.commit(
            {TopicPartition(*place): OffsetAndMetadata(at, "") for place, at in offsets.items()}
        )


async def _ends(settings: Settings, places: Iterable[Place]) -> dict[Place, int]:
    partitions = [TopicPartition(*place) for place in places]
    async with reading(settings, partitions, isolation="read_uncommitted") as reader:
        return _places(await reader.end_offsets(partitions))


def _places(told: Mapping[TopicPartition, Told]) -> dict[Place, Told]:
    return {(tp.topic, tp.partition): one for tp, one in told.items()}


@asynccontextmanager
async def reading(
    settings: Settings,
    partitions: list[TopicPartition],
    group: str | None = None,
    isolation: str = "read_committed",
) -> AsyncIterator[AIOKafkaConsumer]:
    """Give a consumer with these partitions that fetches nothing until it is asked to.

    Args:
        settings: with the address of the broker.
        partitions: at least one, of topics that are there.
        group: whose offsets it may commit.
        isolation: `read_uncommitted`: the ends it knows include open transactions.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    reader = kafka.consumer(
        settings,
        group_id=group,
        isolation_level=isolation,
        fetch_max_wait_ms=LOOK_MS,
        max_partition_fetch_bytes=SMALL_FETCH,
    )
    try:
        await reader.start()
        reader.assign(partitions)  # stop() of a consumer that was never assigned would hang
        reader.pause(*partitions)
        await asyncio.sleep(0)  # stop() would raise CancelledError if a task of start() had not begun
        yield reader
    finally:
        await reader.stop()
