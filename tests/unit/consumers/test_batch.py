"""Batches and their halves."""

from aiokafka import TopicPartition

from consumers.batch import Batch, Chunk, halves, records
from infra import topics
from tests.support.consumer_records import record

ONE, TWO = TopicPartition(topics.EVENTS, 0), TopicPartition(topics.EVENTS, 1)


def chunk(*offsets: int, next_offset: int) -> Chunk:
    return Chunk([record(b"x", offset=offset) for offset in offsets], next_offset)


def singles(batch: Batch) -> list[tuple[list[int], dict[TopicPartition, int]]]:
    found = [one.offset for one in records(batch)]
    if len(found) <= 1:
        return [(found, {tp: part.next_offset for tp, part in batch.items()})]
    return [single for half in halves(batch) for single in singles(half)]


def test_halves_of_halves_keep_the_order_and_end_where_the_batch_ends() -> None:
    found = singles({ONE: chunk(3, 4, 8, next_offset=12)})
    assert found == [([3], {ONE: 4}), ([4], {ONE: 5}), ([8], {ONE: 12})]


def test_partitions_are_separated_first_and_markers_are_not_lost() -> None:
    found = singles({ONE: chunk(3, next_offset=5), TWO: chunk(7, 9, next_offset=11)})
    assert found == [([3], {ONE: 5}), ([7], {TWO: 8}), ([9], {TWO: 11})]


def test_a_partition_of_markers_alone_goes_with_the_second_half() -> None:
    first, second = halves({ONE: chunk(1, 2, next_offset=3), TWO: chunk(next_offset=9)})
    assert (set(first), set(second)) == ({ONE}, {ONE, TWO})
