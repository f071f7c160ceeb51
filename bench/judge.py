"""Judge a candidate from outside, by the broker alone: what it has committed, and whether that is right."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from bench.load import PARTITIONS
from infra.kafka import admin, consumer
from infra.settings import Settings


def partitions(topic: str) -> list[TopicPartition]:
    """Return the partitions of a benchmark's topic."""
    return [TopicPartition(topic, number) for number in range(PARTITIONS)]


class WrongOutputError(RuntimeError):
    """A candidate says that it is done, and its committed outputs are not one per event."""


@dataclass(frozen=True)
class Judge:
    """Two clients of the broker that ask for offsets; asking costs the candidate nothing to speak of."""

    settings: Settings
    client: AIOKafkaAdminClient
    reader: AIOKafkaConsumer

    async def ends(self, topic: str) -> dict[TopicPartition, int]:
        """Return every partition's end: its number of records, where no transaction has left a marker."""
        ends: dict[TopicPartition, int] = await self.reader.end_offsets(partitions(topic))
        return ends

    async def committed(self, group: str, ends: Mapping[TopicPartition, int]) -> int:
        """Return how many records before these ends a group has committed; open transactions do not count."""
        answer = await self.client.list_consumer_group_offsets(group)
        return sum(max(0, min(answer[tp].offset, end)) for tp, end in ends.items() if tp in answer)

    async def check_outputs(self, topic: str, events: int) -> None:
        """Read a topic's committed records to its end and compare their ids with the events'.

        Raises:
            WrongOutputError: an event has no output, or more than one.
        """
        seen = Counter[str]()
        reader = consumer(self.settings, max_partition_fetch_bytes=8 << 20)
        await reader.start()
        try:
            reader.assign(partitions(topic))
            ends = await reader.end_offsets(partitions(topic))
            for tp, end in ends.items():
                while await reader.position(tp) < end:
                    for batch in (await reader.getmany(timeout_ms=200)).values():
                        seen.update(orjson.loads(record.value)["id"] for record in batch)
        finally:
            await reader.stop()
        if len(seen) != events or seen.total() != events:
            raise WrongOutputError(
                f"{topic}: {events} events, {len(seen)} of them with an output, {seen.total()} outputs in all"
            )

    async def clear(self, group: str) -> None:
        """Delete the topics that a candidate wrote or had made: all whose names contain its group."""
        topics = [topic for topic in await self.client.list_topics() if group in topic]
        if topics:
            await self.client.delete_topics(topics)

    async def close(self) -> None:
        """Close both clients."""
        await self.client.close()
        await self.reader.stop()


async def open_judge(settings: Settings, topic: str) -> Judge:
    """Connect; `topic` is any that exists (a reader with nothing assigned would not stop)."""
    client, reader = admin(settings), consumer(settings)
    await client.start()
    await reader.start()
    reader.assign(partitions(topic))
    return Judge(settings, client, reader)
