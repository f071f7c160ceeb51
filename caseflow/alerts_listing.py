"""`caseflow alerts list` and `show`: looking at alerts."""

from collections.abc import Callable, Coroutine
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from caseflow.alerts_rows import Times, alerts_as_csv, alerts_as_json
from caseflow.alerts_text import print_alert, print_alerts
from caseflow.console import say
from caseflow.errors import CommandError, run
from caseflow.reading.database import opened
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import screen
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    database_of,
    profile_of,
    settings_from,
)
from consumers import alert_desk as desk
from infra.clock import now
from models.routes import Severity
from models.signal_kinds import SignalKind
from projections.alerts.queries import AlertRow, Asked, history, listed

LIST_HELP = """
List alerts, the worst first: who must act on which hand-off of which case, and how late it is. Those of silo
signals stand before them.

`json` and `csv` hold all of them, with full ids, instants in UTC and lateness in seconds. Beside a limit that
nobody has confirmed stands `local target`.

Examples:

  caseflow alerts list --owner cps-north-east --rule H04

  caseflow alerts list --all --format csv > alerts.csv

  caseflow alerts list --kind stop
"""
SHOW_HELP = """
Show one alert, and everything that happened to it: when, by whom and why.

Example: caseflow alerts show 3f9a12c0
"""
MOST_ROWS = 100
"""Of a table that does not ask for more."""


class ListFormat(StrEnum):
    """How alerts are listed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def list_alerts(  # noqa: PLR0913, PLR0917 - options of a command
    open_: Annotated[
        bool, typer.Option("--open/--all", help="Those not resolved, or resolved ones too.")
    ] = True,
    owner: Annotated[str | None, typer.Option(help="Only where this agency (its code) must act.")] = None,
    rule: Annotated[str | None, typer.Option(help="Only of this row of the register, such as H04.")] = None,
    severity: Annotated[Severity | None, typer.Option(help="Only of this severity.")] = None,
    area: Annotated[str | None, typer.Option(help="Only of this area (its code).")] = None,
    case: Annotated[str | None, typer.Option(help="Only of this case.")] = None,
    kind: Annotated[SignalKind | None, typer.Option(help="Only of this kind of silo signal.")] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="At most so many.", show_default="100 in a table, else all"),
    ] = None,
    format_: Annotated[ListFormat, typer.Option("--format", help="table for people, json or csv.")] = (
        ListFormat.TABLE
    ),
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """List the alerts of one data directory; its database alone must be there."""
    asked = Asked(open_, owner, rule, severity, area, case, kind)
    most = limit or (MOST_ROWS if format_ is ListFormat.TABLE else None)

    async def work(reader: AsyncEngine, zone: ZoneInfo) -> None:
        async with reader.connect() as connection:
            rows = await listed(connection, asked, None if most is None else most + 1)
        _print(rows[:most], format_, Times(zone, now()))
        if most is not None and len(rows) > most:
            say(f"these are the worst {most}, there are more: --limit, or --owner, --rule and --severity")

    with_database(work, data, profile, profiles_dir)


def show(
    alert: Annotated[str, typer.Argument(metavar="ALERT", help="An id, or the beginning of one.")],
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Show one alert of a data directory; its database alone must be there."""

    async def work(reader: AsyncEngine, zone: ZoneInfo) -> None:
        async with reader.connect() as connection:
            found = await desk.named(connection, alert)
            happened = await history(connection, found.id)
        print_alert(screen(), found, happened, Times(zone, now()))

    with_database(work, data, profile, profiles_dir)


def with_database(
    work: Callable[[AsyncEngine, ZoneInfo], Coroutine[Any, Any, None]],
    data: Path | None,
    profile: str | None,
    profiles_dir: Path | None,
) -> None:
    """Run what a command does with the database of a data directory, given the partnership's time zone.

    Raises:
        typer.Exit: it failed for a known reason, a refusal of the desk among them, which has been said.
    """

    async def opened_for_it() -> None:
        async with (
            database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings,
            opened(settings) as reader,
        ):
            try:
                await work(reader, profile_of(settings).tz)
            except desk.DeskError as error:
                raise CommandError(safe(error)) from error

    run(opened_for_it())


def _print(rows: list[AlertRow], format_: ListFormat, times: Times) -> None:
    match format_:
        case ListFormat.TABLE:
            print_alerts(screen(), rows, times)
        case ListFormat.JSON:
            typer.echo(alerts_as_json(rows, times))
        case ListFormat.CSV:
            typer.echo(alerts_as_csv(rows, times))
