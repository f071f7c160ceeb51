"""How many dead letters are there, of a case or in all?"""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.dead_letters.table import dead_letter


async def by_status(connection: AsyncConnection, case_ref: str | None = None) -> dict[str, int]:
    """Return how many dead letters have which status, of one case or (None) of all; absent means none.

    A letter whose case could not be read belongs to no case.
    """
    asked = select(dead_letter.c.status, func.count()).group_by(dead_letter.c.status)
    if case_ref is not None:
        asked = asked.where(dead_letter.c.case_ref == case_ref)
    rows = await connection.execute(asked)
    return {str(status): count for status, count in rows}
