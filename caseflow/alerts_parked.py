"""`caseflow alerts parked` and `retry`: messages that were given up, and a second chance for them."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from caseflow.alerts_listing import with_database
from caseflow.alerts_text import DIGITS
from caseflow.console import say
from caseflow.errors import CommandError
from caseflow.reading.screen import screen, table, told
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption
from infra.clock import now
from projections.alerts.parked import ParkedRow, parked, try_again

PARKED_HELP = """
List the messages that were given up: refused for good, or not accepted for as long as the profile waits.

The alerts that they tell of stay open; somebody was not told of them. Mend the cause (address, secret, receiver),
see with `caseflow alerts test` that it is mended, then `caseflow alerts retry`.

Example: caseflow alerts parked
"""
RETRY_HELP = """
Let parked messages be tried again, by their ids or the beginnings of them.

What was resolved meanwhile is left out, unless an earlier attempt may have arrived.

Examples:

  caseflow alerts retry 3f9a12c0 77b1

  caseflow alerts retry --route agency-urgent
"""


def list_parked(
    data: DataOption = None, profile: ProfileOption = None, profiles_dir: ProfilesDirOption = None
) -> None:
    """List the parked messages of one data directory; its database alone must be there."""

    async def work(reader: AsyncEngine, zone: ZoneInfo) -> None:
        async with reader.connect() as connection:
            rows = await parked(connection)
        _print(rows, zone)

    with_database(work, data, profile, profiles_dir)


def retry(
    messages: Annotated[
        list[str] | None, typer.Argument(metavar="MESSAGE...", help="Ids, or beginnings of ids.")
    ] = None,
    route: Annotated[str | None, typer.Option(help="All that this route has parked.")] = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Let parked messages of one data directory be tried again."""
    if (route is None) == (not messages):
        raise typer.BadParameter("name messages, or a route with --route")

    async def work(reader: AsyncEngine, _: ZoneInfo) -> None:
        async with reader.begin() as connection:
            rows = await parked(connection)
            chosen = [row.id for row in rows if row.route == route] if route else _named(rows, messages or ())
            count = await try_again(connection, chosen, now())
        say(f"{count} message{'' if count == 1 else 's'} will be tried again by `caseflow run alerts`")

    with_database(work, data, profile, profiles_dir)


def _named(rows: Sequence[ParkedRow], names: Sequence[str]) -> list[UUID]:
    found = {name: [row.id for row in rows if str(row.id).startswith(name.lower())] for name in names}
    for name, ids in found.items():
        if len(ids) != 1:
            how = "no parked message begins" if not ids else f"{len(ids)} parked messages begin"
            raise CommandError(f"{how} with {name}: see `caseflow alerts parked`")
    return [ids[0] for ids in found.values()]


def _print(rows: Sequence[ParkedRow], zone: ZoneInfo) -> None:
    if not rows:
        screen().print("No message is parked.")
        return
    made = table("message", "route", "for", "channel", "target", "alerts", "attempts", "parked", "why")
    for row in rows:
        at = row.parked_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        cells = (str(row.id)[:DIGITS], row.route, row.receiver, row.channel, row.target)
        made.add_row(*map(told, (*cells, str(row.alerts), str(row.attempts), at, row.why)))
    screen().print(made)
