"""`caseflow dead-letters`: what was refused, and what people decide about it."""

import getpass
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from caseflow.console import say
from caseflow.errors import CommandError, run
from caseflow.reading.database import opened
from caseflow.reading.held_processes import resumed
from caseflow.reading.letter_text import letters_as_json, print_letter, print_letters
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import screen
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    connected,
    database_of,
    profile_of,
    settings_from,
)
from consumers import dead_letter_desk as desk
from infra import kafka
from infra.clock import now
from infra.settings import Settings
from projections.dead_letters.queries import Decision, Origin, decisions, listed, one

HELP = """
What was refused: list it, look at it, replay it (corrected where needed) or discard it.

A letter is named as `list` shows it: topic/partition/offset/process.

Examples:

  caseflow dead-letters list

  caseflow dead-letters show caseflow.charge/0/15/intake

  caseflow dead-letters show caseflow.charge/0/15/intake --raw > value.json

  caseflow dead-letters replay caseflow.charge/0/15/intake --value value.json --why "date corrected by phone"

  caseflow dead-letters discard caseflow.charge/0/15/intake --why "test message"

  caseflow dead-letters resume
"""

app = typer.Typer(help=HELP, no_args_is_help=True)

Letter = Annotated[str, typer.Argument(metavar="LETTER", help="topic/partition/offset/process, as listed.")]
Who = Annotated[
    str, typer.Option("--who", help="Who decides; stays with the letter.", show_default="login name")
]
Why = Annotated[str, typer.Option("--why", help="Why; stays with the letter.")]


class ListFormat(StrEnum):
    """How dead letters are listed."""

    TABLE = "table"
    JSON = "json"


class Status(StrEnum):
    """Which dead letters are listed."""

    OPEN = "open"
    REPLAYED = "replayed"
    CORRECTED = "corrected"
    DISCARDED = "discarded"
    ALL = "all"


@app.command("list")
def list_letters(
    format_: Annotated[ListFormat, typer.Option("--format", help="table for people, or json.")] = (
        ListFormat.TABLE
    ),
    status: Annotated[Status, typer.Option(help="Only letters with this status.")] = Status.OPEN,
    source: Annotated[str | None, typer.Option(help="Only letters from this agency (its code).")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 100,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """List dead letters, the newest refusal first.

    Example: caseflow dead-letters list --status all --source cleveland-police
    """

    async def work() -> None:
        async with database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings:
            asked = None if status is Status.ALL else str(status)
            async with opened(settings) as reader, reader.connect() as connection:
                found = await listed(connection, status=asked, source=source, limit=limit)
            if format_ is ListFormat.JSON:
                typer.echo(letters_as_json(found))
            else:
                print_letters(screen(), found, profile_of(settings).tz)

    run(work())


@app.command()
def show(
    letter: Letter,
    raw: Annotated[bool, typer.Option("--raw", help="The kept bytes alone, for a file or pipe.")] = False,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Show one dead letter: why, where from, when, what was decided, and its value with controls escaped.

    Example: caseflow dead-letters show caseflow.charge/0/15/intake
    """
    origin = origin_of(letter)
    if raw and sys.stdout.isatty():
        raise typer.BadParameter("--raw is not safe on a terminal: redirect it to a file")

    async def work() -> None:
        async with database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings:
            async with opened(settings) as reader, reader.connect() as connection:
                found = await one(connection, origin)
                decided = await decisions(connection, origin)
            if found is None:
                raise CommandError(f"no dead letter {safe(letter)}: `caseflow dead-letters list` shows them")
            if raw:
                sys.stdout.buffer.write(found.value or b"")
            else:
                print_letter(screen(), found, decided, profile_of(settings).tz)

    run(work())


@app.command()
def replay(
    letter: Letter,
    why: Why,
    value: Annotated[
        Path | None, typer.Option("--value", exists=True, dir_okay=False, help="The corrected value.")
    ] = None,
    who: Who = "",
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Publish a refused record again, as it was or corrected; once, with who and why.

    Example: caseflow dead-letters replay caseflow.charge/0/15/intake --why "the register was wrong"
    """
    origin = origin_of(letter)
    decision = _decision("replayed" if value is None else "corrected", who, why)

    async def work() -> None:
        settings = connected(settings_from(data, profile, profiles_dir, reading=True))
        corrected = None if value is None else value.read_bytes()
        topic, partition, offset = await _replayed(settings, origin, decision, corrected)
        say(f"published again as {topic}-{partition}@{offset}: it is judged as any other event")

    run(work())


@app.command()
def discard(
    letter: Letter,
    why: Why,
    who: Who = "",
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Close a dead letter for good, with who and why; it stays readable.

    Example: caseflow dead-letters discard caseflow.charge/0/15/intake --why "test message"
    """
    origin = origin_of(letter)
    decision = _decision("discarded", who, why)

    async def work() -> None:
        async with (
            database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings,
            opened(settings) as reader,
        ):
            try:
                await desk.discard(reader, origin, decision)
            except desk.DeskError as error:
                raise CommandError(safe(error)) from error
        say(f"discarded {safe(letter)}")

    run(work())


@app.command()
def resume(
    process: Annotated[
        str | None, typer.Argument(help="intake, timelines or projector.", show_default="all that are held")
    ] = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Let a process start again that stopped at its limit of refusals: mend the cause first.

    Example: caseflow dead-letters resume intake
    """

    async def work() -> None:
        settings = connected(settings_from(data, profile, profiles_dir, reading=True))
        for sentence in await resumed(settings, process):
            say(sentence)

    run(work())


def origin_of(letter: str) -> Origin:
    """Return the identity that a letter's name stands for.

    Raises:
        typer.BadParameter: it is no such name.
    """
    name = re.fullmatch(
        r"(?P<topic>.+)/(?P<partition>[0-9]{1,9})/(?P<offset>[0-9]{1,18})/(?P<process>[^/]+)", letter
    )
    if name is None:
        raise typer.BadParameter(
            f"{safe(letter)} names no letter: `caseflow dead-letters list` shows topic/partition/offset/process"
        )
    return Origin(name["topic"], int(name["partition"]), int(name["offset"]), name["process"])


def _decision(status: str, who: str, why: str) -> Decision:
    name = who.strip() or getpass.getuser()
    if not why.strip():
        raise typer.BadParameter("say why: the reason stays with the letter", param_hint="--why")
    return desk.decided(status, name, why, now())


async def _replayed(
    settings: Settings, origin: Origin, decision: Decision, corrected: bytes | None
) -> tuple[str, int, int]:
    async with opened(settings) as reader, kafka.producer(settings) as producer:
        try:
            return await desk.replay(reader, producer, origin, decision, corrected)
        except desk.DeskError as error:
            raise CommandError(safe(error)) from error
