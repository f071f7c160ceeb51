"""Fixtures of the tests that write rows as the projector does; a file that needs another has its own."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from consumers.projector import work
from infra.postgres import connect, engine, migrate


@pytest.fixture
async def connection(database: str) -> AsyncIterator[asyncpg.Connection]:
    """Give a connection to an empty database with its tables, prepared as the projector's own."""
    await migrate(database)
    opened = await connect(database, "test")
    await work.prepare(opened)
    yield opened
    await opened.close()


@pytest.fixture
async def people(connection: asyncpg.Connection, database: str) -> AsyncIterator[AsyncEngine]:
    """Give the same database as people at the desk see it."""
    assert connection
    opened = engine(database)
    yield opened
    await opened.dispose()
