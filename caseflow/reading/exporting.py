"""`caseflow export`: rows of the database to a file, or its cases as a log for process mining."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.status import Status
from sqlalchemy.ext.asyncio import AsyncEngine

from caseflow.console import say
from caseflow.errors import CommandError, run
from caseflow.reading.database import opened
from caseflow.reading.formats import OrgNames
from caseflow.reading.log_names import naming_of
from caseflow.reading.safe_text import safe
from caseflow.reading.weekly_command import COMPUTE
from caseflow.saving import unwritable
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    database_of,
    profile_of,
    settings_from,
)
from infra.settings import Settings
from projections.case_timeline.chain import BrokenChainError
from projections.export import ExportError, export
from projections.process_logs.export import ENDINGS, LogFormat, export_log
from projections.weekly.queries import waiting

HELP = """
Write rows to a file (CSV or Parquet), or the cases as a log for process mining (CSV, XES or OCEL 2.0).

The format follows from the ending of the file's name. The file appears under its name when it is complete, and
holds what is known at one instant. Times of `steps` and `hand-offs` are microseconds since 1970 UTC (columns
`_us`); those of `events` are instants. `weekly` are the weeks of each hand-off as the signals process last computed
them (`computed_at`), waits in microseconds, the week under way included.

Logs (`log`, `xes`, `ocel`) tell each case in the order in which it is judged; open hand-offs lie in a file beside,
named `FILE.open-hand-offs.csv`. `--pseudonyms FILE` replaces the references of cases by pseudonyms that only the
secret in that file can make again; where the file does not exist, it is written with a new secret.

Examples:

  caseflow export events --to events.parquet

  caseflow export hand-offs --to hand_offs.csv

  caseflow export weekly --to weeks.parquet

  caseflow export xes --to log.xes.gz --names source

  caseflow export ocel --to log.json --pseudonyms secret.key
"""


class What(StrEnum):
    """What can be exported."""

    EVENTS = "events"
    HAND_OFFS = "hand-offs"
    STEPS = "steps"
    WEEKLY = "weekly"
    LOG = "log"
    XES = "xes"
    OCEL = "ocel"


ROW_ENDINGS = (".csv", ".parquet")
LOGS = frozenset(one.value for one in LogFormat)


def export_rows(
    what: Annotated[What, typer.Argument(help="Which rows, or which log.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="Its ending says the format.")],
    names: Annotated[
        OrgNames,
        typer.Option(help="Of logs. code: of the profile; source: as the imported log names them."),
    ] = OrgNames.CODE,
    pseudonyms: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Of logs: the secret that pseudonyms are made with.")
    ] = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Export from one data directory; its database alone must be there. Repeating it replaces the file."""
    endings = ENDINGS[LogFormat(what.value)] if what in LOGS else ROW_ENDINGS
    if not to.name.endswith(endings):
        raise typer.BadParameter(f"{safe(to)} must end in {' or '.join(endings)}", param_hint="--to")
    if what not in LOGS and (pseudonyms is not None or names is not OrgNames.CODE):
        raise typer.BadParameter(f"{what} are rows as they are stored: names and pseudonyms are of logs")

    async def work() -> None:
        async with database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings:
            with _failing_as_a_command(to):
                if what in LOGS:
                    said = await _log(settings, LogFormat(what.value), to, names, pseudonyms)
                else:
                    said = await _rows(settings, what, to)
        say(f"{said} written to {safe(to)}, {to.stat().st_size / 1e6:,.1f} MB")

    run(work())


async def _rows(settings: Settings, what: str, to: Path) -> str:
    async with opened(settings) as reader:
        if what == What.WEEKLY:
            await _tell_what_waits(reader)
        with _working(what, to):
            count = await export(reader, what, to)
    return f"{count:,} rows of {what}"


async def _tell_what_waits(reader: AsyncEngine) -> None:
    """Say how many weeks have changed since they were computed: their rows are old, or not there yet."""
    async with reader.connect() as connection:
        count = len(await waiting(connection))
    if count:
        weeks = "1 week waits" if count == 1 else f"{count:,} weeks wait"
        say(f"caseflow: {weeks} to be computed anew, their rows are old or missing: {COMPUTE}")


async def _log(
    settings: Settings, what: LogFormat, to: Path, names: OrgNames, pseudonyms: Path | None
) -> str:
    profile = profile_of(settings)
    naming = naming_of(profile, names, pseudonyms)
    async with opened(settings, profile.name) as reader:
        with _working(what, to):
            done = await export_log(reader, what, to, naming, profile.tz)
    say(f"{done.open_hand_offs:,} open hand-offs written to {safe(done.beside)}")
    return f"{done.events:,} events of {done.cases:,} cases"


def _working(what: str, to: Path) -> Status:
    return Console(stderr=True).status(f"writing {what} to {safe(to)}", spinner="line")


@contextmanager
def _failing_as_a_command(to: Path) -> Iterator[None]:
    """Raise what may go wrong with the file or the data as a sentence."""
    try:
        yield
    except (ExportError, BrokenChainError) as error:
        raise CommandError(safe(error)) from error
    except OSError as error:
        if error.filename is None:
            raise
        raise unwritable(to, error) from error
