"""Which partitions are ours, and how far: Kafka's group says who, the database says from where.

The listener does no I/O, because aiokafka logs and swallows what a listener raises: it only notes that
partitions must be claimed, and the loop claims them.
"""

import asyncio
from collections.abc import Iterable

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener

from consumers.failures import PositionLostError
from consumers.positions import Position, claim

BROKER_SECONDS = 40.0
"""How long a question about offsets may take: aiokafka's own request timeout."""


class Assignment(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka asks for its base
    """The partitions of one consumer, and the positions claimed for them.

    `generation` grows at every rebalance: what was fetched under one must not be stored under another.
    `busy` is held during each database transaction, so that a rebalance waits for it (and for nothing else).
    """

    def __init__(self, consumer: AIOKafkaConsumer, group: str) -> None:
        """Belong to a consumer that is not subscribed yet."""
        self._consumer = consumer
        self._group = group
        self._assigned: set[TopicPartition] = set()
        self.positions: dict[TopicPartition, Position] = {}
        self.generation = 0
        self.busy = asyncio.Lock()

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Give everything back, once the transaction in flight has ended."""
        del revoked  # every rebalance is eager: all of them go
        async with self.busy:
            self._forget()
            self._assigned = set()

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Note what is ours now; nothing is stored of it before the loop has claimed it."""
        self._assigned = set(assigned)
        self._forget()
        self._consumer.pause(*self._assigned)

    @property
    def unclaimed(self) -> bool:
        """Whether partitions are ours whose positions are not known (any more)."""
        return self._assigned != self.positions.keys()

    def let_go(self) -> None:
        """Forget all positions: after an error nobody knows what was stored, and they are claimed anew."""
        self._forget()
        self._consumer.pause(*(self._assigned & self._consumer.assignment()))

    async def claim(self, connection: asyncpg.Connection) -> None:
        """Claim every assigned partition, seek to its stored position and let it be fetched.

        A rebalance meanwhile makes this one void; the loop then claims again.

        Raises:
            PositionLostError: the log has lost what the position points at.
            asyncpg.PostgresError, OSError: the database could not be asked.
        """
        generation, wanted = self.generation, set(self._assigned)
        claimed = await claim(connection, self._group, wanted)
        async with asyncio.timeout(BROKER_SECONDS):
            first = await self._consumer.beginning_offsets(wanted)
            end = await self._consumer.end_offsets(wanted)
        for tp, position in claimed.items():
            _refuse_a_lost_position(tp, position.next_offset, first[tp], end[tp])
        if generation != self.generation:
            return
        for tp, position in claimed.items():
            self._consumer.seek(tp, max(position.next_offset, first[tp]))
        self.positions = claimed
        self._consumer.resume(*wanted)

    def _forget(self) -> None:
        self.generation += 1
        self.positions = {}


def _refuse_a_lost_position(tp: TopicPartition, stored: int, first: int, end: int) -> None:
    if stored > end:
        raise PositionLostError(
            f"{tp.topic}-{tp.partition}: the database has stored up to {stored}, the log ends at {end}. "
            "The topic was recreated or lost its end: use a fresh database for it, or restore the topic"
        )
    if 0 < stored < first:
        raise PositionLostError(
            f"{tp.topic}-{tp.partition}: the database has stored up to {stored}, the log now begins at "
            f"{first}; what lay between was deleted before it was stored. Rebuild, or accept the loss: set "
            f"next_offset = {first} in consumer_offset"
        )
