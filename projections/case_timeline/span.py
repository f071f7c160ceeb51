"""From when to when do the known cases reach?"""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.case_timeline.table import case_file


async def span_us(connection: AsyncConnection) -> tuple[int, int] | None:
    """Return the times of the first and the last event of all cases, in microseconds; None: there is none."""
    asked = select(func.min(case_file.c.first_us), func.max(case_file.c.last_us))
    first, last = (await connection.execute(asked)).one()
    return None if first is None else (int(first), int(last))
