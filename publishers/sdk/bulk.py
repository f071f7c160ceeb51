"""Many events in order, in few large batches: what an import sends by."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from aiokafka.errors import KafkaError
from aiokafka.partitioner import murmur2

from publishers.sdk.errors import BrokerUnavailableError
from publishers.sdk.failures import publish_error
from publishers.sdk.outgoing import Outgoing

Place = tuple[str, int]


class Bulk:
    """Fills one batch per partition and sends it when full; `Publisher.bulk` makes one.

    Memory: per partition one batch being filled, one queued and one on its way, of 256 KiB each. Events of one
    case arrive in the order they were added. Nothing is confirmed before `flush` returns.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - aiokafka ships no types
        in_flight: deque[asyncio.Future[Any]],
        require: Callable[[str], Awaitable[None]],
        deadline_s: float,
    ) -> None:
        """Send by a started producer; `require` fails where a topic is missing.

        Every batch on its way is noted in `in_flight`.
        """
        self.last: dict[Place, int] = {}
        """By topic and partition, the offset of the last event that the broker has confirmed."""
        self._client = client
        self._require = require
        self._in_flight = in_flight
        self._deadline_s = deadline_s
        self._filling: dict[Place, Any] = {}
        self._sent: deque[tuple[Place, int, asyncio.Future[Any]]] = deque()
        self._partitions: dict[str, int] = {}

    async def add(self, outgoing: Outgoing) -> None:
        """Add one event; waits while its partition has a batch on its way and another in the queue.

        Raises:
            PublishError: an earlier batch was not taken, or this one's topic is not there.
        """
        topic, key, value = outgoing
        partitions = self._partitions.get(topic)
        if partitions is None:
            await self._require(topic)
            partitions = self._partitions[topic] = len(await self._client.partitions_for(topic))
        place = (topic, _partition(key, partitions))
        batch = self._filling.get(place)
        if batch is None or batch.append(timestamp=None, key=key, value=value) is None:
            if batch is not None:
                await self._send(place, batch)
            batch = self._filling[place] = self._client.create_batch()
            batch.append(timestamp=None, key=key, value=value)

    async def flush(self) -> None:
        """Send what is waiting, and return when the broker has everything that was added.

        Raises:
            PublishError: it has not; what was added since the last `flush` must be published again.
        """
        filled, self._filling = self._filling, {}
        for place, batch in filled.items():
            await self._send(place, batch)
        if self._sent:
            await asyncio.wait([future for *_, future in self._sent], timeout=self._deadline_s)
        self._note_confirmed()
        if self._sent:
            raise BrokerUnavailableError(f"(no answer within {self._deadline_s:g} s)")

    async def _send(self, place: Place, batch: Any) -> None:  # noqa: ANN401 - aiokafka ships no types
        topic, partition = place
        batch.close()
        try:
            future = await self._client.send_batch(batch, topic, partition=partition)
        except (KafkaError, OSError) as error:
            raise publish_error(error, topic) from error
        while self._in_flight and self._in_flight[0].done():
            self._in_flight.popleft()
        self._in_flight.append(future)
        self._sent.append((place, batch.record_count(), future))
        self._note_confirmed()

    def _note_confirmed(self) -> None:
        """Take over the answers that have come; raises when the broker refused a batch."""
        waiting: deque[tuple[Place, int, asyncio.Future[Any]]] = deque()
        for place, count, future in self._sent:
            if not future.done():
                waiting.append((place, count, future))
            elif error := future.exception():
                raise publish_error(error, place[0]) from error
            else:
                last = future.result().offset + count - 1
                self.last[place] = max(last, self.last.get(place, last))
        self._sent = waiting


@lru_cache(maxsize=1 << 16)
def _partition(key: bytes, partitions: int) -> int:
    """Return the partition that every Kafka client gives this key."""
    number: int = (murmur2(key) & 0x7FFFFFFF) % partitions
    return number
