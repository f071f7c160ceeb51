"""What was fetched at once: records per partition, where each partition goes on, and what is refused."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from aiokafka import ConsumerRecord, TopicPartition

from models.refusals import Reason, Step

"""Of the headers that a dead letter gets; without it are the original ones."""


class Chunk(NamedTuple):
    """Records of one partition in log order, and the offset that follows them.

    In a log written in transactions, markers leave holes: `next_offset` can be greater than the last
    record's offset plus one, and a chunk without records can still move a position.
    """

    records: Sequence[ConsumerRecord]
    next_offset: int


Batch = Mapping[TopicPartition, Chunk]


class Refusal(NamedTuple):
    """A record that cannot be stored, and why."""

    record: ConsumerRecord
    reason: Reason
    step: Step
    detail: str


def records(batch: Batch) -> Iterator[ConsumerRecord]:
    """Yield all records, partition by partition, each in log order."""
    for chunk in batch.values():
        yield from chunk.records


def halves(batch: Batch) -> tuple[Batch, Batch]:
    """Split a batch of two or more records into two with at least one each, in the order to store them."""
    filled = [tp for tp, chunk in batch.items() if chunk.records]
    if len(filled) > 1:
        first = set(filled[: len(filled) // 2])
        return (
            {tp: chunk for tp, chunk in batch.items() if tp in first},
            {tp: chunk for tp, chunk in batch.items() if tp not in first},
        )
    chunk = batch[filled[0]]
    middle = len(chunk.records) // 2
    head = Chunk(chunk.records[:middle], chunk.records[middle - 1].offset + 1)
    return {filled[0]: head}, {**batch, filled[0]: Chunk(chunk.records[middle:], chunk.next_offset)}
