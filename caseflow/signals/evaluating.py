"""`caseflow signals evaluate`: a day judged as known when it ended; only shown, or stored where none is yet."""

from collections.abc import Sequence
from contextlib import aclosing
from datetime import date, timedelta
from typing import Annotated, NamedTuple

import asyncpg
import typer

from caseflow.console import say
from caseflow.days import day
from caseflow.errors import CommandError, run
from caseflow.progress import Meter
from caseflow.reading.database import opened
from caseflow.reading.screen import screen
from caseflow.signals.evaluated import answers, findings_of, signal_of
from caseflow.signals.listing import FormatOption, SignalFormat
from caseflow.signals.rows import as_json, finding_content, signal_content
from caseflow.signals.text import print_signals
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    database_of,
    profile_of,
    settings_from,
)
from consumers.signals.as_of import evaluated_as_of
from consumers.signals.judging import Judge, days_up_to
from infra.clock import now
from infra.postgres import connect
from models.instants import date_of, number_of
from models.profile import Profile
from projections.silo_signals.evidence import evidence_of
from projections.silo_signals.queries import FindingRow, SignalRow, of_day, signals
from projections.silo_signals.store import lock

EVALUATE_HELP = """
Judge a local day as it was known at its end, and show what comes of it: what was published later does not count.

Nothing is stored, so that any past day may be asked for at any time, beside a running caseflow. It goes on from
what is stored of the day before; where that is missing, the days up to it are judged first: that takes a moment.

With --write the days since the last judged one are judged and stored, as `caseflow run signals` does it every
morning, and alerts follow: for an installation without that process. It is refused while one is at work.

Examples:

  caseflow signals evaluate

  caseflow signals evaluate --as-of 2026-06-14

  caseflow signals evaluate --as-of 2026-06-14 --format json > signals.json

  caseflow signals evaluate --write
"""
NAME = "caseflow-signals-evaluate"
LONGEST_S = 1_800.0
"""Of one statement: a great database is read whole."""


class Shown(NamedTuple):
    """What a day came to: candidates, open signals and those that ended on it; and what every test said."""

    day: date
    signals: Sequence[SignalRow]
    findings: Sequence[FindingRow]


def evaluate_day(
    as_of: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DAY", help="A local day that is over.", show_default="yesterday"),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Store the days that are not judged yet.")] = False,
    format_: FormatOption = SignalFormat.TABLE,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Judge a day of one data directory; its database alone must be there."""

    async def work() -> Shown:
        async with database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings:
            known = profile_of(settings)
            judged = _day(as_of, known)
            async with opened(settings, known.name) as reader:
                connection = await connect(settings.database_url, NAME, command_timeout=LONGEST_S)
                try:
                    if not write:
                        return await _looked_at(connection, known, judged)
                    await _store(connection, known, judged)
                finally:
                    await connection.close()
                async with reader.connect() as reading:
                    return Shown(judged, await signals(reading), await of_day(reading, judged))

    _print(run(work()), format_)


def _day(asked: date | None, profile: Profile) -> date:
    """Return the day asked for.

    Raises:
        typer.BadParameter: it is not over yet.
    """
    today = now().astimezone(profile.tz).date()
    if asked is not None and asked >= today:
        raise typer.BadParameter(f"{asked} is not over yet: name a day before {today}", param_hint="--as-of")
    return asked or today - timedelta(days=1)


async def _looked_at(connection: asyncpg.Connection, profile: Profile, day: date) -> Shown:
    with Meter("judging", "days") as meter:
        found = await evaluated_as_of(
            connection, profile, number_of(day), lambda done, total: meter.at(done, total, done)
        )
    if found is None:
        raise CommandError(f"nothing was known yet on {day}: name a later day with --as-of")
    evaluated, stamp = found
    shown = await evidence_of(connection, evaluated.signals, stamp.now_us)
    versions, at = dict(stamp.versions), now()
    rows = [signal_of(one, shown[one.id], versions, at) for one in evaluated.signals]
    return Shown(day, rows, list(findings_of(evaluated)))


async def _store(connection: asyncpg.Connection, profile: Profile, day: date) -> None:
    """Judge and store the days up to one, as the process does.

    Raises:
        CommandError: a process is at work, or there is no such day left.
    """
    if not await lock(connection):
        raise CommandError(
            "a signals process is at work on this database and judges every day itself: leave --write away to "
            "look at a day, or stop it first"
        )
    days = await days_up_to(connection, profile, number_of(day))
    if not days:
        raise CommandError(
            f"{day} is judged already, or nothing is known yet: leave --write away to look at it"
        )
    with Meter("judging", "days") as meter:
        done = 0
        while done < len(days):  # it ends early where a rebase is recorded meanwhile
            async with aclosing(Judge(profile).judge(connection, days[done:])) as judged:
                async for _ in judged:
                    done += 1
                    meter.at(done, len(days), done)
    say(f"{len(days)} days are judged and stored, {date_of(days[0])} to {date_of(days[-1])}")


def _print(shown: Shown, format_: SignalFormat) -> None:
    if format_ is SignalFormat.JSON:
        content = {
            "day": shown.day,
            "signals": [signal_content(row) for row in shown.signals],
            "findings": [finding_content(row) for row in shown.findings],
        }
        typer.echo(as_json(content))
        return
    print_signals(screen(), shown.signals, shown.day)
    screen().print(f"{answers(shown.findings)}.")
