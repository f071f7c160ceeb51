"""How far is each consumer?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.positions.table import consumer_offset


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One partition of one consumer group: everything below `next_offset` is in the database.

    A partition without lag has `next_offset` equal to the log's end, transaction markers included.
    `watermark_us`: time of the last tick stored. `appended_us`: when the last record stored was appended.
    """

    group: str
    topic: str
    partition: int
    next_offset: int
    epoch: int
    watermark_us: int | None
    appended_us: int | None
    moved_at: datetime


async def watermark_us(connection: AsyncConnection, topic: str, partition: int) -> int | None:
    """Return the time of the last tick stored of a partition, microseconds; None: there was none yet."""
    c = consumer_offset.c
    asked = select(c.watermark_us).where(c.topic == topic, c.part == partition)
    found: int | None = (await connection.execute(asked)).scalar_one_or_none()
    return found


async def positions(connection: AsyncConnection, group: str) -> list[PositionRow]:
    """Return the partitions that a group ever had, sorted by topic and number."""
    c = consumer_offset.c
    rows = await connection.execute(select(consumer_offset).where(c.grp == group).order_by(c.topic, c.part))
    return [PositionRow(*row) for row in rows]
