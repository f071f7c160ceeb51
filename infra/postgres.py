"""PostgreSQL clients: the engine that reads, the connection that writes in bulk, and the migrations."""

from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from asyncpg.pool import PoolConnectionProxy
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

if TYPE_CHECKING:
    from collections.abc import Mapping

AnyConnection = asyncpg.Connection | PoolConnectionProxy
"""A connection of its own, or one lent by a pool: they can do the same."""
MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 5_270_010_001
"""The advisory lock that lets two migrations started at once take turns; any constant would do."""


def engine(url: str) -> AsyncEngine:
    """Return a pooled engine for reading; dispose of it when done.

    Args:
        url: `postgresql://` or `postgresql+asyncpg://`; a socket directory is given as `?host=DIR`.
    """
    return create_async_engine(_with_driver(url), pool_pre_ping=True)


async def connect(
    url: str,
    name: str,
    *,
    timeout: float = 10.0,  # noqa: ASYNC109 - asyncpg's own
    command_timeout: float = 120.0,
) -> asyncpg.Connection:
    """Return one plain connection for bulk writes.

    Args:
        url: as for `engine`.
        name: shown in pg_stat_activity.
        timeout: seconds to wait for the server.
        command_timeout: seconds that one statement may take.

    Raises:
        OSError, asyncpg.PostgresError, TimeoutError: the server cannot be reached, or refuses.
    """
    # Fetching and writing take turns with a broker on the same cores; jit would cost more than it saves.
    server: Mapping[str, str] = {"application_name": name, "jit": "off"}
    return await asyncpg.connect(
        url.replace("+asyncpg", "", 1),
        timeout=timeout,
        command_timeout=command_timeout,
        server_settings=dict(server),
    )


def pool(url: str, name: str, size: int) -> asyncpg.Pool:
    """Return up to `size` plain connections that tasks of one process share; awaited, it connects once.

    Args:
        url: as for `engine`.
        name: shown in pg_stat_activity.
        size: the most connections at a time.
    """
    return asyncpg.create_pool(
        url.replace("+asyncpg", "", 1),
        min_size=1,
        max_size=size,
        timeout=10.0,
        command_timeout=120.0,
        server_settings={"application_name": name, "jit": "off"},
    )


async def migrate(url: str) -> None:
    """Bring the database to the newest revision; on one that is there already, change nothing.

    Everything happens in one transaction, so a crash leaves the database as it was. Two at once take turns.

    Raises:
        OSError, sqlalchemy.exc.DBAPIError: the server cannot be reached, or refuses a statement.
    """
    reader = engine(url)
    try:
        async with reader.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
            await connection.run_sync(_upgrade)
    finally:
        await reader.dispose()


def newest_revision() -> str:
    """Return the revision that this code expects of the database."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _with_driver(url: str) -> str:
    return url if "+asyncpg" in url else url.replace("postgresql:", "postgresql+asyncpg:", 1)
