"""What the commands about signals share: the database, the profile's names, and finding one signal by its id."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from caseflow.errors import CommandError, run
from caseflow.reading.database import opened
from caseflow.reading.safe_text import safe
from caseflow.wiring import database_of, profile_of, settings_from
from models.profile import Profile
from projections.silo_signals import queries
from projections.silo_signals.queries import SignalRow

FEWEST_DIGITS = 4
"""Of an id: with fewer a slip of the hand would name another signal."""

Work = Callable[[AsyncConnection, Profile], Coroutine[Any, Any, None]]


def with_signals(work: Work, data: Path | None, profile: str | None, profiles_dir: Path | None) -> None:
    """Run what a command does with the database of a data directory; it only reads.

    Raises:
        typer.Exit: it failed for a known reason, which has been said.
    """

    async def opened_for_it() -> None:
        async with database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings:
            known = profile_of(settings)
            async with opened(settings, known.name) as reader, reader.connect() as connection:
                await work(connection, known)

    run(opened_for_it())


async def named(connection: AsyncConnection, name: str) -> SignalRow:
    """Return the signal that an id, or the beginning of one, names.

    Raises:
        CommandError: it is no id; none begins so; more than one does.
    """
    digits = name.replace("-", "").lower()
    if not is_id(digits):
        raise CommandError(
            f"{safe(name)} is no signal's id: `caseflow signals list` shows them, {FEWEST_DIGITS} digits do"
        )
    found = await queries.named(connection, as_written(digits))
    if not found:
        raise CommandError(
            f"no signal's id begins with {safe(name)}: `caseflow signals list --all` shows them"
        )
    if len(found) > 1:
        raise CommandError(
            f"more than one signal's id begins with {safe(name)}, {found[0].id} and {found[1].id}: give more digits"
        )
    return found[0]


def is_id(digits: str) -> bool:
    """Return whether a text can be the beginning of an id."""
    return FEWEST_DIGITS <= len(digits) <= 32 and set(digits) <= set("0123456789abcdef")


def as_written(digits: str) -> str:
    """Return hexadecimal digits with the hyphens of an id."""
    parts = (digits[first:last] for first, last in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
    return "-".join(part for part in parts if part)
