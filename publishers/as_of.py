"""The end of an import of history: time moves, everywhere at once, to the day the history was taken."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from aiokafka.errors import KafkaError
from aiokafka.structs import TopicPartition

from infra.kafka import admin
from infra.settings import Settings
from infra.topics import INTAKE_GROUP, RAW
from models.as_of import encode_as_of
from models.canonical import CLOCK_KEY
from models.instants import to_us
from publishers.sdk.errors import PublishError
from publishers.sdk.failures import publish_error
from publishers.sdk.outgoing import Outgoing
from publishers.sdk.publisher import Publisher

TOPIC = RAW[0]

Place = tuple[str, int]
_LOOK_AGAIN_S = 0.25


class Waiting(NamedTuple):
    """How far intake is: partitions of the import whose last record it has read, and records it has not."""

    read: int
    partitions: int
    records_left: int


class IntakeTooSlowError(PublishError):
    """Intake did not read the import: see that it runs (`caseflow status`), then send the as-of again."""


async def send_as_of(
    settings: Settings,
    as_of: datetime,
    after: Mapping[Place, int],
    *,
    deadline_s: float = 600.0,
    progress: Callable[[Waiting], None] = lambda _: None,
) -> dict[Place, int]:
    """Tell every partition that history is complete up to an instant, once intake has read all of it.

    May be repeated: an older or equal as-of changes nothing downstream. A crash halfway leaves some
    partitions untold; repeat it.

    Args:
        settings: where Kafka is.
        as_of: the instant (aware) that the history was taken.
        after: by topic and partition, the offset of the import's last record (`Report.last`).
        deadline_s: how long intake may make no progress at all.
        progress: called whenever intake's position was looked at.

    Returns:
        The offset of the as-of record in each partition of the first raw topic.

    Raises:
        IntakeTooSlowError: intake stood still for `deadline_s`.
        PublishError: Kafka did not answer or did not take the records.
    """
    if after:
        try:
            await _until_read(settings, after, deadline_s, progress)
        except (KafkaError, OSError) as error:
            raise publish_error(error, settings.bootstrap) from error
    return await _send(settings, as_of)


async def _until_read(
    settings: Settings, after: Mapping[Place, int], deadline_s: float, progress: Callable[[Waiting], None]
) -> None:
    """Look at intake's committed offsets until each lies behind the import's last record."""
    client = admin(settings)
    clock = asyncio.get_running_loop()
    moved_at, least = clock.time(), sys.maxsize
    try:
        await client.start()
        while True:
            waiting = await _waiting(client, after)
            if waiting is not None:
                progress(waiting)
                if waiting.read == waiting.partitions:
                    return
                if waiting.records_left < least:
                    moved_at, least = clock.time(), waiting.records_left
            if clock.time() - moved_at > deadline_s:
                left = "an unknown number of" if waiting is None else waiting.records_left
                raise IntakeTooSlowError(f"({left} records left, none read for {deadline_s:g} s)")
            await asyncio.sleep(_LOOK_AGAIN_S)
    finally:
        await client.close()


async def _waiting(client: Any, after: Mapping[Place, int]) -> Waiting | None:  # noqa: ANN401 - aiokafka's own
    """Compare intake's committed offsets with the import's last; None: the broker cannot say just now."""
    partitions = [TopicPartition(*place) for place in after]
    try:
        committed = await client.list_consumer_group_offsets(INTAKE_GROUP, partitions=partitions)
    except KafkaError as error:
        if error.retriable:  # such as a coordinator that is just being found
            return None
        raise
    read = {(tp.topic, tp.partition): max(0, told.offset) for tp, told in committed.items()}
    # A group that has committed nothing at all may be answered with nothing at all.
    left = [max(0, last + 1 - read.get(place, 0)) for place, last in after.items()]
    return Waiting(left.count(0), len(left), sum(left))


async def _send(settings: Settings, as_of: datetime) -> dict[Place, int]:
    outgoing = Outgoing(TOPIC, CLOCK_KEY, encode_as_of(to_us(as_of)))
    async with Publisher(settings) as publisher:
        sent = [
            await publisher.send_prepared(outgoing, partition)
            for partition in await publisher.partitions(TOPIC)
        ]
        receipts = [await each.receipt() for each in sent]
    return {(receipt.topic, receipt.partition): receipt.offset for receipt in receipts}
