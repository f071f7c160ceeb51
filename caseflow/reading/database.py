"""The database as a reading command sees it: opened, checked to be this profile's, closed again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from caseflow.errors import CommandError
from infra.postgres import engine
from infra.settings import Settings
from projections.filled_with.queries import PROFILE, read

OF_ANOTHER_VERSION = frozenset({"42P01", "42703"})
"""PostgreSQL's codes for a table and a column that do not exist."""


@asynccontextmanager
async def opened(settings: Settings, profile: str | None = None) -> AsyncIterator[AsyncEngine]:
    """Give an engine for the time of the block.

    Args:
        settings: knows the address.
        profile: name of the profile to read with; None where none is needed.

    Raises:
        CommandError: the database has no tables, or was filled under another profile.
        OSError, sqlalchemy.exc.DBAPIError: the server cannot be reached, or refuses.
    """
    reader = engine(settings.database_url)
    try:
        if profile is not None:
            await _refuse_another(reader, profile)
        yield reader
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) not in OF_ANOTHER_VERSION:
            raise
        raise CommandError("the database lacks tables of this version: run `caseflow db migrate`") from error
    finally:
        await reader.dispose()


async def _refuse_another(reader: AsyncEngine, profile: str) -> None:
    async with reader.connect() as connection:
        stands = await read(connection, PROFILE)
    if stands not in {None, profile}:
        raise CommandError(
            f"the database was filled under the profile {stands}, not {profile}: add --profile {stands}"
        )
