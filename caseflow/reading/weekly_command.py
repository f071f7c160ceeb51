"""The command `caseflow report weekly`, mounted by the report it belongs to."""

import importlib
from datetime import date
from typing import Annotated

import typer

from caseflow.days import day
from caseflow.errors import run
from caseflow.flow_choice import FlowChoice, ReceiverOption, SenderOption
from caseflow.reading.formats import Format
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, settings_from

HELP = """
What one hand-off came to in each week that is over: started, stopped, late, missing, void, and the median wait.

Waits and what was late are of what was stopped in the week, whenever it started (look-back): in a blocked flow they
look better while it gets worse, which `caseflow report waits --by week` shows. Flows follow one another; --together
adds their counts, and has no median, as one of medians would be wrong.

The figures are those that the signals process keeps. Weeks that have changed since are marked with *, and how many
wait is said on standard error.

Examples:

  caseflow report weekly H04

  caseflow report weekly H04 --receiver cleveland-police --since 2026-01-05 --until 2026-06-28

  caseflow report weekly V01 --together --format json | python -m json.tool

  caseflow report weekly H04 --format csv > weeks.csv
"""
COMPUTE = "run `caseflow run signals`, or `caseflow up`, which computes them anew within seconds"
"""What makes old weeks new."""


def weekly(  # noqa: PLR0913, PLR0917 - options of a command
    hand_off: Annotated[str, typer.Argument(metavar="HAND-OFF", help="Id of a row, such as H04.")],
    sender: SenderOption = None,
    receiver: ReceiverOption = None,
    since: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DAY", help="Only weeks that begin on this local day or later."),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DAY", help="Only weeks that end on this local day or before."),
    ] = None,
    together: Annotated[bool, typer.Option("--together", help="The flows added up, week by week.")] = False,
    format_: Annotated[
        Format, typer.Option("--format", help="table for people, json or csv.")
    ] = Format.TABLE,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Print the weeks of one row of the register; the database alone must be there."""
    telling = importlib.import_module("caseflow.reading.reporting_weekly")
    asked = telling.WeeklyAsked(FlowChoice(hand_off, sender, receiver), since, until, together)
    run(telling.show_weekly(settings_from(data, profile, profiles_dir, reading=True), asked, format_))
