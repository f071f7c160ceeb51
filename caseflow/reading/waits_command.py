"""The command `caseflow report waits`, mounted by the report it belongs to."""

import importlib
from datetime import date
from typing import Annotated

import typer

from caseflow.days import AsOfOption, day
from caseflow.errors import run
from caseflow.flow_choice import FlowChoice, ReceiverOption, SenderOption
from caseflow.reading.formats import Format
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, settings_from
from models.wait_groups import By

HELP = """
How long one hand-off waits, in groups: areas, organisations or periods; and whether the groups differ (log-rank).

By week it lists instead what was started in each week that is over and lies whole between --since and --until:
how many, how many of them are open, and how long they take. Young weeks cannot be compared.

What is not over counts as far as it has come, so that a blocked flow does not look quick. Waits are counted in
the open days (or hours) of who receives, and belong to the period in which they began. Small groups are printed as
they are: what is published takes `caseflow report timeliness`.

Examples:

  caseflow report waits H04 --by receiver

  caseflow report waits H04 --by quarter --receiver cleveland-police --as-of 2026-06-30

  caseflow report waits V01 --by area --since 2026-01-01 --format json | python -m json.tool

  caseflow report waits H04 --by week --since 2026-01-05 --format csv > started.csv
"""


def waits(  # noqa: PLR0913, PLR0917 - options of a command
    hand_off: Annotated[str, typer.Argument(metavar="HAND-OFF", help="Id of a row, such as H04.")],
    by: Annotated[By, typer.Option(help="What makes a group.")] = By.PAIR,
    sender: SenderOption = None,
    receiver: ReceiverOption = None,
    since: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DAY", help="Only waits that began on this local day or later."),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DAY", help="Only waits that began on this local day or before."),
    ] = None,
    as_of: AsOfOption = None,
    format_: Annotated[
        Format, typer.Option("--format", help="table for people, json or csv.")
    ] = Format.TABLE,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Print the waits of one row of the register in groups; the database alone must be there."""
    telling = importlib.import_module("caseflow.reading.reporting_waits")
    asked = telling.WaitsAsked(FlowChoice(hand_off, sender, receiver), by, since, until, as_of)
    run(telling.show_waits(settings_from(data, profile, profiles_dir, reading=True), asked, format_))
