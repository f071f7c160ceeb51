"""The command `caseflow report process`, mounted by the report it belongs to."""

import importlib
from typing import Annotated

import typer

from caseflow.errors import run
from caseflow.reading.formats import Format, OrgNames
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, settings_from

HELP = """
The cases as a process: what follows what and how long it takes, who hands over to whom, what goes back and forth.

The tables are those of the usual process-mining tools, of finished steps alone. `csv` is the table of what follows
what; `json` holds all of them. Times are in seconds.

Examples:

  caseflow report process

  caseflow report process --format csv --names source > follows.csv

  caseflow report process --format json | python -m json.tool
"""


def process(
    format_: Annotated[
        Format, typer.Option("--format", help="table for people, json or csv.")
    ] = Format.TABLE,
    names: Annotated[
        OrgNames, typer.Option(help="code: of the profile; source: as the imported log names them.")
    ] = OrgNames.CODE,
    every_row: Annotated[bool, typer.Option("--all", help="Every pair, not the 30 that cost most.")] = False,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Print the tables of process mining; the database alone must be there."""
    # It counts in arrays: scipy would cost every other command half a second.
    telling = importlib.import_module("caseflow.reading.reporting_process")
    settings = settings_from(data, profile, profiles_dir, reading=True)
    run(telling.show_process(settings, format_, names, every_row=every_row))
