"""Printing or writing the official table; loaded when it is asked for."""

import io
from datetime import date
from pathlib import Path

import typer
from rich.console import Console

from caseflow.console import say
from caseflow.reading.database import opened
from caseflow.reading.formats import Format
from caseflow.reading.known_until import known_until_us
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import screen
from caseflow.saving import save
from caseflow.timeliness.choosing import Wanted, as_of_us
from caseflow.timeliness.notes import known, remarks
from caseflow.timeliness.official import Known, Official, official
from caseflow.timeliness.rows import as_csv, as_json
from caseflow.timeliness.table import WIDEST, print_timeliness
from caseflow.timeliness.told_until import told_until
from caseflow.wiring import database_of, profile_of
from infra.postgres import connect
from infra.settings import Settings
from models.instants import DAY_US, local_date, local_day
from models.profile import Profile
from projections.flow_items.feeds import feeds
from projections.flow_items.hand_offs import EVER

RECENT_DAYS = 90
"""Publications that say how late the courts usually are: 20 open days, and those of a silence before."""


async def print_table(
    settings: Settings, wanted: Wanted, as_of: date | None, format_: Format, to: Path | None
) -> None:
    """Print the official table on standard output, or write it to a file; changes nothing else.

    Args:
        settings: know the database.
        wanted: which quarters and which place.
        as_of: a local day: as known at its end; None: as known now.
        format_: how it is written; what it means goes to standard error where rows alone are written.
        to: the file; None: standard output.

    Raises:
        CommandError: what is asked for is not there, or the file cannot be written.
        typer.BadParameter: `as_of` is not over.
    """
    profile = profile_of(settings)
    async with database_of(settings) as addressed:
        found = await _read(addressed, profile, wanted, as_of)
    rows = wanted.rows(found.table.rows, profile)
    match format_:
        case Format.CSV:
            text = as_csv(rows)
            for remark in (*remarks(found, (row.quarter for row in rows)), known(found)):
                say(remark)
        case Format.JSON:
            text = as_json(found, rows, profile)
        case Format.TABLE if to is None:
            print_timeliness(screen(), found, rows, profile)
            return
        case Format.TABLE:
            lines = io.StringIO()
            print_timeliness(Console(file=lines, width=WIDEST, markup=False), found, rows, profile)
            text = lines.getvalue().rstrip("\n")
    if to is None:
        typer.echo(text)
        return
    save(f"{text}\n", to)
    say(f"{len(rows):,} rows written to {safe(to)}")


async def _read(settings: Settings, profile: Profile, wanted: Wanted, as_of: date | None) -> Official:
    async with opened(settings, profile.name) as reader, reader.connect() as connection:
        now_us = await known_until_us(connection, profile)
        known_us = None if as_of is None else as_of_us(as_of, profile, now_us)
        at_us = now_us if known_us is None else known_us
        on = as_of or local_date(now_us, profile.tz)
        until = local_day(at_us, profile.tz)
        wanted.check(until)
        told = await _told_until(settings, profile, at_us, whole=known_us is not None)
        return await official(connection, profile, until, Known(on, known_us), told)


async def _told_until(settings: Settings, profile: Profile, at_us: int, *, whole: bool) -> int | None:
    """Return the day before which the courts' picture is complete; of a past day whole feeds are read."""
    connection = await connect(settings.database_url, "timeliness")
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            since_us = EVER if whole else at_us - RECENT_DAYS * DAY_US
            return told_until(await feeds(connection, profile, since_us), profile, at_us)
    finally:
        await connection.close()
