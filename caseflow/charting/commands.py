"""The charts as commands; what draws is loaded when it is asked for."""

import importlib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from caseflow.charting.places import Place, Selection
from caseflow.days import AsOfOption
from caseflow.errors import run
from caseflow.flow_choice import FlowChoice, ReceiverOption, SenderOption
from caseflow.reading.safe_text import safe
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, settings_from

HELP = """
Draw a chart into an SVG file, from the rows of the database.

Of the charts of one flow, a hand-off of the register between a sender and a receiver, `--as-of` asks what was known
at the end of a past day. Without a sender or a receiver the busiest flow of the hand-off is drawn.

Examples:

  caseflow chart matrix --to matrix.svg

  caseflow chart flow --by count --to flow.svg

  caseflow chart case 17BL2030760/1 --to case.svg

  caseflow chart xmr H04 --receiver cleveland-police --measure late --to late.svg

  caseflow chart survival H04 --as-of 2026-06-30 --to waits.svg

  caseflow chart two-views H04 --to views.svg

  caseflow chart outflow H04 --to outflow.svg
"""
app = typer.Typer(help=HELP, no_args_is_help=True)


class By(StrEnum):
    """What a band's width is."""

    DAYS = "days"
    COUNT = "count"


class Measured(StrEnum):
    """What is charted week by week."""

    MEDIAN = "median"
    LATE = "late"
    OUTFLOW = "outflow"


def _svg(path: Path) -> Path:
    if path.suffix != ".svg":
        raise typer.BadParameter(f"{safe(path)} must end in .svg")
    return path


ToOption = Annotated[
    Path, typer.Option("--to", metavar="FILE.svg", callback=_svg, help="File to write; it is replaced.")
]
HandOffArgument = Annotated[str, typer.Argument(metavar="HAND-OFF", help="Id of a row, such as H04.")]
DaysOption = Annotated[int, typer.Option(min=5, max=1_000, help="How many open days back.")]


@app.command("matrix")
def matrix(
    to: ToOption,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Draw the hand-off matrix: a cell per pair, shaded by its share of all elapsed time.

    Example: caseflow chart matrix --to matrix.svg
    """
    run(_loaded("matrices").matrix(_place(data, profile, profiles_dir, to)))


@app.command("flow")
def flow(
    to: ToOption,
    by: Annotated[By, typer.Option(help="What the width of a band is.")] = By.DAYS,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Draw who passes work to whom: a band per pair, as wide as it counts hand-offs or costs days.

    Example: caseflow chart flow --by count --to flow.svg
    """
    run(_loaded("matrices").flow(_place(data, profile, profiles_dir, to), by.value))


@app.command("case")
def case(
    ref: Annotated[str, typer.Argument(metavar="REF", help="The case's reference, as agencies write it.")],
    to: ToOption,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Draw one case: who held it when, its standard hand-offs, and what was due.

    Example: caseflow chart case 17BL2030760/1 --to case.svg
    """
    run(_loaded("cases").case(_place(data, profile, profiles_dir, to), ref))


@app.command("xmr")
def xmr(  # noqa: PLR0913, PLR0917 - options of a command
    hand_off: HandOffArgument,
    to: ToOption,
    measure: Annotated[
        Measured | None,
        typer.Option(
            help="What to chart.", show_default="median; late where most waits end on their first day"
        ),
    ] = None,
    sender: SenderOption = None,
    receiver: ReceiverOption = None,
    as_of: AsOfOption = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Draw a weekly series between its limits (XmR), of what was completed in each week.

    Example: caseflow chart xmr H04 --receiver cleveland-police --measure late --to late.svg
    """
    place = _place(data, profile, profiles_dir, to)
    selection = Selection(FlowChoice(hand_off, sender, receiver), as_of)
    run(_loaded("series").xmr(place, selection, measure.value if measure else None))


@app.command("survival")
def survival(  # noqa: PLR0913, PLR0917 - options of a command
    hand_off: HandOffArgument,
    to: ToOption,
    days: DaysOption = 40,
    sender: SenderOption = None,
    receiver: ReceiverOption = None,
    as_of: AsOfOption = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Draw what share still waits after so many open days: the last cohort beside the baseline's.

    Example: caseflow chart survival H04 --as-of 2026-06-30 --to waits.svg
    """
    place = _place(data, profile, profiles_dir, to)
    selection = Selection(FlowChoice(hand_off, sender, receiver), as_of)
    run(_loaded("waits").survival(place, selection, days))


@app.command("two-views")
def two_views(  # noqa: PLR0913, PLR0917 - options of a command
    hand_off: HandOffArgument,
    to: ToOption,
    days: DaysOption = 100,
    sender: SenderOption = None,
    receiver: ReceiverOption = None,
    as_of: AsOfOption = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Draw both views side by side: the median of what was completed, and the waits of what was started.

    Example: caseflow chart two-views H04 --to views.svg
    """
    place = _place(data, profile, profiles_dir, to)
    selection = Selection(FlowChoice(hand_off, sender, receiver), as_of)
    run(_loaded("waits").two_views(place, selection, days))


@app.command("outflow")
def outflow(  # noqa: PLR0913, PLR0917 - options of a command
    hand_off: HandOffArgument,
    to: ToOption,
    days: DaysOption = 90,
    sender: SenderOption = None,
    receiver: ReceiverOption = None,
    as_of: AsOfOption = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Draw what was completed day by day beside the usual pace and its 99.9 % band.

    Example: caseflow chart outflow H04 --to outflow.svg
    """
    place = _place(data, profile, profiles_dir, to)
    selection = Selection(FlowChoice(hand_off, sender, receiver), as_of)
    run(_loaded("waits").outflow(place, selection, days))


@app.command("open-age")
def open_age(  # noqa: PLR0913, PLR0917 - options of a command
    hand_off: HandOffArgument,
    to: ToOption,
    days: DaysOption = 90,
    sender: SenderOption = None,
    receiver: ReceiverOption = None,
    as_of: AsOfOption = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Draw how many were open for long day by day beside the usual number and its 99.9 % band.

    Example: caseflow chart open-age H04 --days 60 --to age.svg
    """
    place = _place(data, profile, profiles_dir, to)
    selection = Selection(FlowChoice(hand_off, sender, receiver), as_of)
    run(_loaded("waits").open_age(place, selection, days))


def _place(data: Path | None, profile: str | None, profiles_dir: Path | None, to: Path) -> Place:
    return Place(settings_from(data, profile, profiles_dir, reading=True), to)


def _loaded(name: str) -> Any:  # noqa: ANN401 - a module
    """Return a module that draws: matplotlib and scipy would cost every other command half a second."""
    return importlib.import_module(f"caseflow.charting.{name}")
