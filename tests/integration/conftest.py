"""Fixtures of the tests that write rows as the projector does; a file that needs another has its own."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from consumers.projector import work
from infra.embedded import Servers
from infra.postgres import connect, engine, migrate
from infra.settings import Settings
from tests.support.servers import fresh_database, settings_for
from tests.support.two_years import filled


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


@pytest.fixture(scope="session")
def partnership(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Give a database with two years of a synthetic partnership; only to be read."""
    data = tmp_path_factory.mktemp("partnership")
    with asyncio.Runner() as runner:
        database = fresh_database(servers)
        settings = settings_for(servers, data, runner.run(database.__aenter__()))
        runner.run(filled(settings))
        yield settings
        runner.run(database.__aexit__(None, None, None))
