"""Positions in the database: claimed with an epoch, moved in the transaction of the rows they stand for.

Whoever claims a partition raises its epoch. A consumer that stalled and comes back still holds the old one:
its `move` finds no row to change, and its rows are rolled back with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import asyncpg
from aiokafka import TopicPartition

from consumers.failures import FencedError

CLAIM = """
INSERT INTO consumer_offset AS kept (grp, topic, part, next_offset, epoch)
SELECT $1, topic, part, 0, 1 FROM unnest($2::text[], $3::int[]) AS claimed (topic, part) ORDER BY topic, part
ON CONFLICT (grp, topic, part) DO UPDATE SET epoch = kept.epoch + 1
RETURNING topic, part, next_offset, epoch
"""
MOVE = """
UPDATE consumer_offset AS kept SET
    next_offset = moved.next_offset,
    watermark_us = greatest(kept.watermark_us, moved.watermark_us),
    appended_us = coalesce(moved.appended_us, kept.appended_us),
    moved_at = now()
FROM unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
    AS moved (topic, part, epoch, expected, next_offset, watermark_us, appended_us)
WHERE kept.grp = $1 AND kept.topic = moved.topic AND kept.part = moved.part
    AND kept.epoch = moved.epoch AND kept.next_offset = moved.expected
"""


@dataclass(slots=True)
class Position:
    """Where a claimed partition goes on: everything below `next_offset` is stored."""

    next_offset: int
    epoch: int


class Move(NamedTuple):
    """One partition's step forward; the last two are microseconds since 1970, or None to leave them."""

    partition: TopicPartition
    epoch: int
    expected: int
    next_offset: int
    watermark_us: int | None
    appended_us: int | None


async def claim(
    connection: asyncpg.Connection, group: str, partitions: Iterable[TopicPartition]
) -> dict[TopicPartition, Position]:
    """Take partitions over and return where each goes on; a new one starts at 0.

    Waits for a former owner's transaction to end, so that what is returned is final. May be repeated.
    """
    wanted = sorted(partitions)
    rows = await connection.fetch(CLAIM, group, [tp.topic for tp in wanted], [tp.partition for tp in wanted])
    return {TopicPartition(row[0], row[1]): Position(row[2], row[3]) for row in rows}


async def move(connection: asyncpg.Connection, group: str, moves: Sequence[Move]) -> None:
    """Move positions, as the first statement of a transaction: it locks out every other owner until the end.

    Raises:
        FencedError: a partition has another epoch or position than expected; roll back.
    """
    columns = zip(*((m.partition.topic, m.partition.partition, *m[1:]) for m in moves), strict=True)
    status = await connection.execute(MOVE, group, *map(list, columns))
    if status != f"UPDATE {len(moves)}":
        named = ", ".join(f"{m.partition.topic}-{m.partition.partition}" for m in moves)
        raise FencedError(
            f"group {group}: {status.removeprefix('UPDATE ')} of {len(moves)} positions were as expected "
            f"({named}); another process has claimed them. Nothing was written; this process ends"
        )
