"""Which profile a database was filled with."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.filled_with.table import setting

PROFILE = "profile"


async def read(connection: AsyncConnection, key: str) -> str | None:
    """Return the value kept under a key, or None."""
    return (await connection.execute(select(setting.c.value).where(setting.c.key == key))).scalar()


async def keep(connection: AsyncConnection, key: str, value: str) -> str:
    """Keep a value if the key has none yet, and return the one that stands; the caller compares and commits.

    Two processes that start at once agree: the first to commit decides.
    """
    await connection.execute(insert(setting).values(key=key, value=value).on_conflict_do_nothing())
    return str(await read(connection, key))
