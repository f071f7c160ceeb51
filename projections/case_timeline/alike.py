"""Which known cases have a reference like this one?"""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.case_timeline.table import case_file

SHORTEST = 3
"""Characters that two references must share at the beginning to be called alike."""


async def alike(connection: AsyncConnection, case_ref: str, limit: int = 5) -> list[str]:
    """Return up to `limit` references that share the longest beginning with this one, sorted; case is ignored.

    Reads the references of all cases once per length tried, from the whole reference down to three characters.
    """
    for length in range(len(case_ref), SHORTEST - 1, -1):
        c = case_file.c.case_ref
        beginning = case_ref[:length].lower()
        asked = select(c).where(func.starts_with(func.lower(c), beginning)).order_by(c).limit(limit)
        if found := list((await connection.execute(asked)).scalars()):
            return found
    return []
