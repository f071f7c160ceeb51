"""`caseflow export`: rows of the database to a file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from caseflow.console import say
from caseflow.errors import CommandError, run
from caseflow.reading.database import opened
from caseflow.reading.safe_text import safe
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, database_of, settings_from
from projections.export import ExportError, export

HELP = """
Write rows to a file, as they are at one instant: CSV or Parquet, by the ending of its name.

The file appears under its name when it is complete. Times of `steps` and `hand-offs` are microseconds since
1970 UTC (columns `_us`); those of `events` are instants.

Examples:

  caseflow export events --to events.parquet

  caseflow export hand-offs --to hand_offs.csv
"""


class Rows(StrEnum):
    """What can be exported."""

    EVENTS = "events"
    HAND_OFFS = "hand-offs"
    STEPS = "steps"


ENDINGS = (".csv", ".parquet")


def export_rows(
    what: Annotated[Rows, typer.Argument(help="Which rows.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="Ends in .csv or .parquet.")],
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Export rows of one data directory; its database alone must be there. Repeating it replaces the file."""
    if to.suffix not in ENDINGS:
        raise typer.BadParameter(f"{safe(to)} must end in .csv or .parquet", param_hint="--to")

    async def work() -> None:
        async with (
            database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings,
            opened(settings) as reader,
        ):
            try:
                with Console(stderr=True).status(f"writing {what} to {safe(to)}", spinner="line"):
                    count = await export(reader, what, to)
            except ExportError as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                if error.filename is None:
                    raise
                raise CommandError(
                    f"{safe(to)} cannot be written: {error.strerror}; name another file"
                ) from error
        say(f"{count:,} rows of {what} written to {safe(to)}, {to.stat().st_size / 1e6:,.1f} MB")

    run(work())
