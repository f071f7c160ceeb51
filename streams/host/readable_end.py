"""Where the readable part of a transactional partition ends."""

from aiokafka import AIOKafkaConsumer, TopicPartition

from infra import kafka
from infra.settings import Settings

TAIL = 64
GROWTH = 8


async def readable_end(settings: Settings, topic: str, partition: int) -> int:
    """Return the offset after the last committed record of a partition, 0 if it has none.

    Reads a short tail and, where that holds only markers or aborted records, longer ones. May be repeated.
    """
    tp = TopicPartition(topic, partition)
    consumer = kafka.consumer(settings, group_id=None)
    await consumer.start()
    try:
        consumer.assign([tp])  # stop() of a consumer that was never assigned would hang
        begin = (await consumer.beginning_offsets([tp]))[tp]
        end = (await consumer.end_offsets([tp]))[tp]
        tail = TAIL
        while end > begin:
            start = max(begin, end - tail)
            last = await _last_record(consumer, tp, start, end)
            if last is not None or start == begin:
                return 0 if last is None else last + 1
            tail *= GROWTH
        return 0
    finally:
        await consumer.stop()


async def _last_record(consumer: AIOKafkaConsumer, tp: TopicPartition, start: int, end: int) -> int | None:
    consumer.seek(tp, start)
    last: int | None = None
    while await consumer.position(tp) < end:
        for records in (await consumer.getmany(tp, timeout_ms=200)).values():
            last = records[-1].offset
    return last
