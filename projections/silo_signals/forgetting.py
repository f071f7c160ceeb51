"""What judging has left, taken back: the next day to be judged is the first one again."""

from typing import Final

import asyncpg

DERIVED: Final = ("silo_signal", "silo_finding", "silo_baseline", "silo_limits", "silo_memory")
"""What follows from hand-offs, publications and the rebases that people decided on."""


async def forget(connection: asyncpg.Connection) -> int:
    """Forget every judged day, inside the caller's transaction; return how many there were.

    Rebases and alerts stay: they say what people did. The caller holds the right to evaluate.
    """
    days = int(await connection.fetchval("SELECT count(*) FROM silo_memory"))
    for table in DERIVED:
        await connection.execute(f"DELETE FROM {table}")  # noqa: S608 - constants of this file
    return days
