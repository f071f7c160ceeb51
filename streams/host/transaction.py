"""One Kafka transaction: outputs, changelog and source offset become visible together."""

from collections import defaultdict
from collections.abc import Awaitable, Iterable, Mapping
from typing import NamedTuple

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.structs import OffsetAndMetadata, RecordMetadata

from infra import faults
from streams.host.effects import Out, Position


async def commit(
    producer: AIOKafkaProducer,
    outputs: Iterable[Out],
    positions: Mapping[TopicPartition, Position],
    group: str,
) -> dict[tuple[str, int], int]:
    """Write records and source positions in one transaction of a started transactional producer.

    Not to be repeated after an error: the caller stops the process, and the next owner of the transactional
    id begins at the committed positions. A crash inside leaves nothing that a committed reader sees.

    Returns:
        The last offset written per topic and partition.
    """
    await producer.begin_transaction()
    sent = await _send_all(producer, outputs)
    if positions:
        offsets = {tp: OffsetAndMetadata(p.next_offset, p.note) for tp, p in positions.items()}
        await producer.send_offsets_to_transaction(offsets, group)
    faults.passing("before commit")
    await producer.commit_transaction()
    faults.passing("after commit")
    return {where: (await last.delivery).offset + last.before_last for where, last in sent.items()}


class _Sent(NamedTuple):
    """The last batch sent to a partition: its delivery, and the number of records before its last one."""

    delivery: Awaitable[RecordMetadata]
    before_last: int


async def _send_all(producer: AIOKafkaProducer, outputs: Iterable[Out]) -> dict[tuple[str, int], _Sent]:
    """Send records as ready-made batches; return the last one per topic and partition."""
    grouped: dict[tuple[str, int], list[Out]] = defaultdict(list)
    for out in outputs:
        grouped[out.topic, out.partition].append(out)
    return {where: await _send(producer, *where, records) for where, records in grouped.items()}


async def _send(producer: AIOKafkaProducer, topic: str, partition: int, records: list[Out]) -> _Sent:
    # A ready-made batch costs a seventh of single sends (docs/decisions/0002-the-exactly-once-host.md).
    batch = producer.create_batch()
    for out in records:
        if not _append(batch, out):
            await producer.send_batch(batch, topic, partition=partition)
            batch = producer.create_batch()
            _append(batch, out)
    return _Sent(await producer.send_batch(batch, topic, partition=partition), batch.record_count() - 1)


def _append(batch: BatchBuilder, out: Out) -> bool:
    """Append a record; False: the batch is full. A batch takes its first record whatever its size."""
    kept = batch.append(key=out.key, value=out.value, timestamp=None, headers=list(out.headers))
    return kept is not None
