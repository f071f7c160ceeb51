"""Who may write for a partition number of a group: the last one that started a producer for it."""

from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager
from typing import Protocol

from aiokafka import AIOKafkaProducer, TopicPartition

from infra import kafka
from infra.settings import Settings
from streams.host.effects import Out, Position
from streams.host.transaction import commit

TRANSACTION_TIMEOUT_MS = 30_000
REQUEST_TIMEOUT_MS = 120_000
"""How long a producer bears an absent broker before it gives up."""


class Write(Protocol):
    """Writes records, and the position of a source that goes with them, in one transaction."""

    def __call__(self, outputs: Iterable[Out], position: Position | None = None) -> Awaitable[None]:
        """Not to be repeated after an error."""


async def owner(settings: Settings, group: str, number: int) -> AIOKafkaProducer:
    """Return the started producer of whoever owns a partition number of a group; it fences the former owner's.

    What that one left open is aborted, and what it was committing is over. To be stopped by the caller.

    Raises:
        aiokafka.errors.KafkaError: the broker does not answer.
    """
    producer = kafka.producer(
        settings,
        transactional_id=f"{group}-{number}",
        transaction_timeout_ms=TRANSACTION_TIMEOUT_MS,
        request_timeout_ms=REQUEST_TIMEOUT_MS,
        linger_ms=0,
        retry_backoff_ms=5,  # the default 100 ms is slept whenever a transaction follows a commit closely
        max_batch_size=1 << 20,
    )
    await producer.start()
    return producer


@asynccontextmanager
async def owning(settings: Settings, group: str, number: int) -> AsyncIterator[Write]:
    """Own a partition number of a group, which no worker serves, for the time of the block.

    Raises:
        aiokafka.errors.KafkaError: the broker does not answer, or a worker has taken the partition.
    """
    producer = await owner(settings, group, number)

    async def write(outputs: Iterable[Out], position: Position | None = None) -> None:
        positions = {TopicPartition(position.topic, position.partition): position} if position else {}
        await commit(producer, outputs, positions, group)

    try:
        yield write
    finally:
        await producer.stop()
