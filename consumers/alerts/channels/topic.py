"""The Kafka topic of alerts, which agencies may subscribe to."""

import asyncio

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from consumers.alerts.message import Message, body
from consumers.alerts.outcomes import Accepted, Failed, Outcome, Wrong
from infra import kafka, topics
from infra.settings import Settings

TIME_OUT_MS = 10_000


class TopicChannel:
    """Writes to caseflow.alerts. Connects at the first message, so that a broker's absence delays nobody else.

    Not idempotent in Kafka's sense: such a producer never gives up, and readers know a repeat by its id.
    """

    def __init__(self, settings: Settings) -> None:
        """Use the Kafka of these settings."""
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()

    async def send(self, message: Message, _target: str) -> Outcome:
        """Write a message under its receiver's key; all go to the one topic, whatever the target is called."""
        try:
            async with self._starting:
                producer = await self._started()
        except KafkaError as error:
            return Failed(f"no connection to Kafka: {type(error).__name__}", may_have_left=False)
        headers = [("caseflow-delivery", message.id.encode()), ("caseflow-route", message.route.encode())]
        try:
            await producer.send_and_wait(
                topics.ALERTS, key=message.receiver.encode(), value=body(message), headers=headers
            )
        except MessageSizeTooLargeError:
            return Wrong("the message is larger than the topic admits")
        except KafkaError as error:
            return Failed(f"Kafka did not take it: {type(error).__name__}")
        return Accepted()

    async def close(self) -> None:
        """End the producer; what is under way is given its time."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = kafka.producer(
                self._settings,
                client_id="caseflow-alerts",
                enable_idempotence=False,
                request_timeout_ms=TIME_OUT_MS,
            )
            try:
                await producer.start()
            except BaseException:
                await producer.stop()
                raise
            self._producer = producer
        return self._producer
