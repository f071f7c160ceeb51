"""The command `caseflow report timeliness`, mounted by the report it belongs to."""

import importlib
from pathlib import Path
from typing import Annotated

import typer

from caseflow.days import AsOfOption
from caseflow.errors import run
from caseflow.reading.formats import Format
from caseflow.reading.safe_text import safe
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, settings_from

HELP = """
How long completed cases took, in the columns of the Criminal Court Statistics Quarterly: days from offence to
charge, to first listing, to completion.

One table per quarter of completion, for every area and court, each type of court, and all together. It looks back:
what is not completed is not in it. Small numbers are hidden, and whatever would give them away. `csv` has the
official columns, to be laid beside the published table.

Examples:

  caseflow report timeliness

  caseflow report timeliness --quarter 2026-Q2 --area cleveland

  caseflow report timeliness --from 2025-Q1 --until 2026-Q2 --to timeliness.csv

  caseflow report timeliness --area combined --format json

  caseflow report timeliness --quarter 2026-Q1 --as-of 2026-04-30
"""


ENDINGS = {".csv": Format.CSV, ".json": Format.JSON, ".txt": Format.TABLE}

QuarterOption = Annotated[
    str | None,
    typer.Option(
        "--quarter",
        metavar="QUARTER",
        help="Only this one, such as 2026-Q2.",
        show_default="every one that is over",
    ),
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="QUARTER", help="From this quarter on.")]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="QUARTER", help="Up to this quarter, itself included.")
]
AreaOption = Annotated[
    str | None,
    typer.Option("--area", metavar="CODE", help="Only an area with its courts, a court, or `combined`."),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format", help="table for people, json or csv.", show_default="table, or as the file ends"
    ),
]
ToOption = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help="Ends in .csv, .json or .txt.", show_default="standard output"),
]


def timeliness(  # noqa: PLR0913, PLR0917 - options of a command
    quarter: QuarterOption = None,
    first: FromOption = None,
    last: UntilOption = None,
    area: AreaOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = None,
    to: ToOption = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Print the official table of one data directory; its database alone must be there."""
    written = _format(format_, to)
    # It counts in arrays: scipy would cost every other command half a second.
    choosing = importlib.import_module("caseflow.timeliness.choosing")
    printing = importlib.import_module("caseflow.timeliness.printing")
    wanted = choosing.wanted(quarter, first, last, area)
    settings = settings_from(data, profile, profiles_dir, reading=True)
    run(printing.print_table(settings, wanted, as_of, written, to))


def _format(asked: Format | None, to: Path | None) -> Format:
    """Return how the table is written: as the file's name ends, where there is one.

    Raises:
        typer.BadParameter: the ending says nothing, or something else than is asked.
    """
    if to is None:
        return asked or Format.TABLE
    found = ENDINGS.get(to.suffix)
    if found is None:
        raise typer.BadParameter(f"{safe(to)} must end in {', '.join(ENDINGS)}", param_hint="--to")
    if asked not in {None, found}:
        raise typer.BadParameter(
            f"{safe(to)} would be {found}, not {asked}: leave one out", param_hint="--format"
        )
    return found
