"""The committed records of one partition, from its beginning to where it ends now."""

from collections.abc import AsyncGenerator

from aiokafka import TopicPartition
from aiokafka.structs import ConsumerRecord

from infra import kafka
from infra.settings import Settings

POLL_MS = 200


async def replayed(
    settings: Settings, topic: str, number: int
) -> AsyncGenerator[tuple[ConsumerRecord, int], None]:
    """Yield each record with the offset at which the partition ended when this began; changes nothing.

    What lies in open transactions, and behind the first of them, is not there yet. To be closed by the caller
    (`contextlib.aclosing`) where it may not come to its end.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    tp = TopicPartition(topic, number)
    reader = kafka.consumer(settings, group_id=None)
    await reader.start()
    try:
        reader.assign([tp])  # stop() of a consumer that was never assigned would hang
        end = (await reader.end_offsets([tp]))[tp]
        await reader.seek_to_beginning(tp)
        while await reader.position(tp) < end:
            for record in (await reader.getmany(tp, timeout_ms=POLL_MS)).get(tp, ()):
                if record.offset < end:
                    yield record, end
    finally:
        await reader.stop()
