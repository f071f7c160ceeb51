"""The publisher an agency uses: typed events in, acknowledged events out."""

import asyncio
from collections import deque
from types import TracebackType
from typing import Any, Self

from aiokafka.errors import KafkaConnectionError, KafkaError

from infra.kafka import producer
from infra.settings import Settings
from models.envelope import Event
from models.profile import Profile
from models.refusals import Refused
from publishers.sdk.bulk import Bulk
from publishers.sdk.errors import (
    BrokerUnavailableError,
    EventRefusedError,
    PublisherClosedError,
    TopicMissingError,
)
from publishers.sdk.failures import publish_error
from publishers.sdk.outgoing import Outgoing, prepare
from publishers.sdk.receipt import Receipt, Sent

TOPIC_WITHIN_S = 10.0


class Publisher:
    """Publishes events to the topic of their stage, keyed by case, each once and in the order of sending.

    Use as `async with Publisher(settings) as publisher`. Concurrent calls share batches. Nothing is written
    to disk: an event whose receipt was not seen must be published again, with the same id.
    """

    def __init__(
        self,
        settings: Settings,
        profile: Profile | None = None,
        *,
        deadline_s: float = 60.0,
        max_in_flight: int = 10_000,
    ) -> None:
        """Prepare a publisher; nothing is connected before `async with`.

        Args:
            settings: where Kafka is, and as whom to speak.
            profile: with it, an event that intake would refuse is refused here.
            deadline_s: longest wait for the broker, at opening, for one event, and at closing.
            max_in_flight: events without an answer at one time; `send` waits above it.
        """
        self._settings = settings
        self._profile = profile
        self._deadline_s = deadline_s
        self._max_in_flight = max_in_flight
        self._in_flight: deque[asyncio.Future[Any]] = deque()
        self._topics: set[str] = set()
        self._producer: Any = None

    async def __aenter__(self) -> Self:
        """Connect.

        Raises:
            BrokerUnavailableError, NotAuthorisedError: Kafka cannot be spoken to.
        """
        client = producer(self._settings, request_timeout_ms=int(self._deadline_s * 1000))
        try:
            async with asyncio.timeout(self._deadline_s):
                await client.start()
        except (KafkaError, OSError, TimeoutError) as error:
            await client.stop()
            raise publish_error(error, self._settings.bootstrap) from error
        self._producer = client
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Send what is still waiting and disconnect.

        What Kafka has not taken within the deadline is given up: awaiting it then raises
        BrokerUnavailableError. After an exception inside the block nothing more is waited for.
        """
        client, self._producer = self._producer, None
        if kind is None and self._in_flight:
            await asyncio.wait(self._in_flight, timeout=self._deadline_s)
        if any(not future.done() for future in self._in_flight):
            await _give_up(client)
        self._in_flight.clear()
        await client.stop()

    async def publish(self, event: Event) -> Receipt:
        """Publish one event and return when every replica has it.

        May be repeated with the same event. When cancelled, the event may arrive or not.

        Raises:
            EventRefusedError: the event is too large, cannot be written, or the profile refuses it.
            BrokerUnavailableError, NotAuthorisedError, TopicMissingError: Kafka did not take it.
            PublisherClosedError, PublisherBrokenError: this publisher cannot be used (any more).
        """
        return await (await self.send(event)).receipt()

    async def send(self, event: Event) -> Sent:
        """Hand over one event and return at once with the promise of its receipt.

        Waits only while `max_in_flight` events have no answer, so memory stays flat. A failure of the broker
        shows when the promise is awaited. Raises like `publish`.
        """
        outgoing = prepare(event, self._profile)
        if isinstance(outgoing, Refused):
            raise EventRefusedError(outgoing)
        return await self.send_prepared(outgoing)

    async def partitions(self, topic: str) -> list[int]:
        """Return the partition numbers of a topic, in order. Raises like `publish`."""
        if self._producer is None:
            raise PublisherClosedError
        await self._require(topic)
        return sorted(await self._producer.partitions_for(topic))

    async def send_prepared(self, outgoing: Outgoing, partition: int | None = None) -> Sent:
        """Hand over what `prepare` returned, without checking it again. Otherwise like `send`.

        `partition` None: the one of the key.
        """
        if self._producer is None:
            raise PublisherClosedError
        if outgoing.topic not in self._topics:
            await self._require(outgoing.topic)
        await self._room()
        try:
            future = await self._producer.send(outgoing.topic, outgoing.value, outgoing.key, partition)
        except (KafkaError, OSError, TimeoutError) as error:
            raise publish_error(error, outgoing.topic) from error
        self._in_flight.append(future)
        return Sent(future, self._deadline_s)

    def bulk(self) -> Bulk:
        """Return what sends many events at the least cost per event. Raises PublisherClosedError."""
        if self._producer is None:
            raise PublisherClosedError
        return Bulk(self._producer, self._in_flight, self._require, self._deadline_s)

    async def _room(self) -> None:
        """Forget what is answered; wait while too much is not."""
        waiting = self._in_flight
        while waiting and waiting[0].done():
            waiting.popleft()
        while len(waiting) >= self._max_in_flight:
            await asyncio.wait((waiting[0],), timeout=self._deadline_s)
            if not waiting.popleft().done():
                raise BrokerUnavailableError(f"(no answer within {self._deadline_s:g} s)")

    async def _require(self, topic: str) -> None:
        """Wait a moment for a topic that may just have been created."""
        try:
            async with asyncio.timeout(min(TOPIC_WITHIN_S, self._deadline_s)):
                await self._producer.partitions_for(topic)
        except (KafkaError, OSError, TimeoutError) as error:
            if isinstance(error, TimeoutError) and await self._answers():
                raise TopicMissingError(f"({topic} at {self._settings.bootstrap})") from error
            raise publish_error(error, topic) from error
        self._topics.add(topic)

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(TOPIC_WITHIN_S):
                return bool(await self._producer.client.force_metadata_update())
        except TimeoutError:
            return False


async def _give_up(client: Any) -> None:  # noqa: ANN401 - aiokafka ships no types
    """Fail what Kafka has not taken: an idempotent producer itself would try, and `stop` wait, for ever.

    The sending task ends first, because it cannot bear that a batch fails while it retries it.
    """
    sending = client._sender.sender_task  # noqa: SLF001 - there is no public way to give up
    sending.cancel()
    await asyncio.wait((sending,))
    client._message_accumulator.fail_all(KafkaConnectionError("given up at closing"))  # noqa: SLF001 - as above
