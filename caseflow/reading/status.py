"""`caseflow status`: does everything run, how far is it, and who is silent?"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer
from aiokafka.errors import KafkaError
from sqlalchemy.exc import DBAPIError

from caseflow.errors import FAILED, CommandError, run
from caseflow.reading.database import opened
from caseflow.reading.processes import processes
from caseflow.reading.screen import screen
from caseflow.reading.status_text import print_status
from caseflow.reading.status_view import Status, as_json
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, connected, settings_from
from consumers.lag import NoTopicError
from consumers.progress import progress
from consumers.projector.run import GROUP
from infra import topics
from infra.clock import now
from infra.settings import Settings
from projections.dead_letters.counts import by_status
from projections.feeds.queries import feeds
from projections.positions.queries import PositionRow, positions

HELP = """
Every process, what waits before it, the clock, silent agencies and open dead letters.

Ends with 1 when a process is down or held, or a server does not answer; with 0 otherwise.

Examples:

  caseflow status

  caseflow status --stale-after 4

  caseflow status --format json
"""
STALE_AFTER_HOURS = 24.0


class StatusFormat(StrEnum):
    """How a status is written."""

    TABLE = "table"
    JSON = "json"


def status(
    format_: Annotated[StatusFormat, typer.Option("--format", help="table for people, or json.")] = (
        StatusFormat.TABLE
    ),
    stale_after: Annotated[
        float, typer.Option(min=0.0, help="Hours of silence after which an agency's feed is stale.")
    ] = STALE_AFTER_HOURS,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Print the status of one data directory and end with 1 when something is down or held."""

    async def work() -> bool:
        settings = connected(settings_from(data, profile, profiles_dir, reading=True))
        found = await status_of(settings, timedelta(hours=stale_after), now())
        if format_ is StatusFormat.JSON:
            typer.echo(as_json(found))
        else:
            print_status(screen(), found)
        return found.well

    if not run(work()):
        raise typer.Exit(FAILED)


async def status_of(settings: Settings, stale_after: timedelta, at: datetime) -> Status:
    """Return the status at `at`; what a silent server would have told is left out and named in `trouble`."""
    found = Status(
        profile=settings.profile,
        data=str(settings.data),
        at=at,
        processes=await processes(settings),
        lags={},
        last_tick_us=None,
        feeds=(),
        stale_after=stale_after,
        letters={},
        trouble=(),
    )
    try:
        found, stored = await _of_database(settings, found)
    except (CommandError, DBAPIError, OSError) as error:
        return replace(found, trouble=(f"PostgreSQL: {_first_line(error)}",))
    try:
        return replace(found, lags=await progress(settings, stored))
    except (KafkaError, NoTopicError, OSError) as error:
        return replace(found, trouble=(f"Kafka: {_first_line(error)}",))


async def _of_database(settings: Settings, found: Status) -> tuple[Status, list[PositionRow]]:
    async with opened(settings) as reader, reader.connect() as connection:
        stored = await positions(connection, GROUP)
        ticks = [row.watermark_us for row in stored if row.topic == topics.EVENTS and row.watermark_us]
        told = replace(
            found,
            last_tick_us=max(ticks, default=None),
            feeds=await feeds(connection),
            letters=await by_status(connection),
        )
    return told, stored


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
