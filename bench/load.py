"""Create a topic and fill it with test events: `python -m bench.load BOOTSTRAP TOPIC EVENTS`."""

import asyncio
import sys
from collections.abc import Iterable

from aiokafka.admin import NewTopic
from rich.console import Console

from bench.events import encoded
from infra.kafka import admin, producer
from infra.settings import Settings

PARTITIONS = 4
_WEEK_MS = 604_800_000
_FINITE = {"retention.ms": str(_WEEK_MS), "max.message.bytes": str(20 << 20)}


async def create(settings: Settings, *topics: str) -> None:
    """Create topics of four partitions, one copy and a finite retention, which Quix Streams asks for.

    Raises:
        RuntimeError: the broker refused one, for example because it exists.
    """
    client = admin(settings)
    await client.start()
    try:
        new = [NewTopic(topic, PARTITIONS, 1, topic_configs=_FINITE) for topic in topics]
        answer = await client.create_topics(new)
    finally:
        await client.close()
    refused = [f"{name}: {message}" for name, code, message in answer.topic_errors if code]
    if refused:
        raise RuntimeError(f"Kafka refused to create topics: {'; '.join(refused)}")


async def fill(settings: Settings, topic: str, records: Iterable[tuple[bytes, bytes]]) -> int:
    """Send keyed records to a topic; return how many, once the broker has them all."""
    client = producer(settings, linger_ms=20, max_batch_size=512 << 10)
    await client.start()
    try:
        sent = [await client.send(topic, value, key=key) for key, value in records]
        await client.flush()
        await asyncio.gather(*sent)
    finally:
        await client.stop()
    return len(sent)


async def load(settings: Settings, topic: str, records: Iterable[tuple[bytes, bytes]]) -> None:
    """Create a topic and fill it."""
    await create(settings, topic)
    await fill(settings, topic, records)


if __name__ == "__main__":
    asyncio.run(load(Settings(kafka=sys.argv[1]), sys.argv[2], encoded(int(sys.argv[3]))))
    Console(stderr=True).print(f"{sys.argv[3]} events in {sys.argv[2]}")
