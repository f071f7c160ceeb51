"""Judged days are forgotten, so that the signals process judges them anew from the rebuilt rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from caseflow.errors import CommandError
from infra.postgres import connect
from infra.settings import Settings
from projections.silo_signals.forgetting import forget
from projections.silo_signals.store import lock
from projections.weekly.refresh import ask_all

NAME: Final = "caseflow-rebuild"


@asynccontextmanager
async def nobody_judges(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """Give a connection that keeps every signals process from judging for the time of the block.

    Raises:
        CommandError: one is at work.
    """
    connection = await connect(settings.database_url, NAME)
    try:
        if not await lock(connection):
            raise CommandError(
                "the signals process is at work: end `caseflow up`, or every `caseflow run signals`, or leave "
                "--signals away"
            )
        yield connection
    finally:
        await connection.close()


async def forgotten(connection: asyncpg.Connection) -> int:
    """Forget every judged day and ask for all weeks anew; return how many days there were."""
    async with connection.transaction():
        await ask_all(connection)
        return await forget(connection)
