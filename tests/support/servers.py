"""Embedded servers for tests: fresh ones, a fresh database, and waiting for a condition."""

import asyncio
import itertools
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from infra.embedded import KafkaServer, Servers, embedded
from infra.settings import Settings

_numbers = itertools.count(1)


@asynccontextmanager
async def fresh_servers(folder: Path) -> AsyncIterator[Servers]:
    """Start both servers on an empty data directory (about 5 s), and stop them at the end."""
    async with embedded(folder / "caseflow", Settings().cache) as servers:
        yield servers


@asynccontextmanager
async def fresh_kafka(folder: Path) -> AsyncIterator[KafkaServer]:
    """Start a broker alone on an empty data directory (about 4 s), and stop it at the end."""
    server = KafkaServer(folder / "caseflow", Settings().cache)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()


@asynccontextmanager
async def fresh_database(servers: Servers) -> AsyncIterator[str]:
    """Make an empty database on running servers, give its SQLAlchemy URL, and drop it at the end."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    await servers.postgres.create(name)
    try:
        yield servers.postgres.url(name)
    finally:
        await servers.postgres.drop(name)


def settings_for(servers: Servers, data: Path, database: str | None = None) -> Settings:
    """Return settings for running servers with local stores under `data`, and a session of three seconds."""
    url = database or servers.postgres.url()
    return Settings(data=data, session_timeout_s=3.0).at(servers.kafka.bootstrap, url)


async def eventually(
    condition: Callable[[], Awaitable[bool]], within_s: float = 30.0, what: str = ""
) -> None:
    """Wait until a condition holds; fail with `what` when it does not in time."""
    deadline = time.monotonic() + within_s
    while not await condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_s:.0f} s: {what}")
        await asyncio.sleep(0.05)
