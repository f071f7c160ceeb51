"""`caseflow report`: how long work takes from one organisation to the next, and whose time that is."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from analysis.mining.matrix import matrix
from caseflow.errors import CommandError, run
from caseflow.reading.database import opened
from caseflow.reading.formats import Format, OrgNames
from caseflow.reading.process_command import HELP as PROCESS_HELP
from caseflow.reading.process_command import process
from caseflow.reading.report_rows import Report, as_csv, as_json
from caseflow.reading.report_table import print_report
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import screen
from caseflow.reading.waits_command import HELP as WAITS_HELP
from caseflow.reading.waits_command import waits
from caseflow.reading.weekly_command import HELP as WEEKLY_HELP
from caseflow.reading.weekly_command import weekly
from caseflow.timeliness.command import HELP as TIMELINESS_HELP
from caseflow.timeliness.command import timeliness
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    database_of,
    profile_of,
    settings_from,
)
from infra.settings import Settings
from models.profile import Profile
from projections.hand_off_matrix.queries import pairs
from projections.hand_offs.queries import by_rule

HELP = """
The hand-off matrix: how long the steps between organisations take, and where the time goes.

Each row is a pair of organisations: a step from one event of a case to the next. Rows of the same organisation
are time inside it. `json` and `csv` go to standard output alone, in seconds, one row per pair.

Examples:

  caseflow report

  caseflow report --format csv > matrix.csv

  caseflow report --area cleveland

  caseflow report --format json | python -m json.tool

  caseflow report monthly --to june.html --month 2026-06

  caseflow report process

  caseflow report timeliness --quarter 2026-Q2

  caseflow report waits H04 --by receiver

  caseflow report weekly H04 --since 2026-01-05
"""
MONTHLY_HELP = """
A month for a partnership board: what changed, where time went, what to look at, definitions beside the numbers.

`.html` is one file with its charts in it; `.md` has them in a folder beside. What was completed in the month and
what was started in it stand apart, and small numbers are hidden.

Examples:

  caseflow report monthly --to report.html

  caseflow report monthly --to june.md --month 2026-06
"""
app = typer.Typer(help=HELP, invoke_without_command=True)
PAGES = (".html", ".md")


@app.callback(help=HELP)
def report(  # noqa: PLR0913, PLR0917 - options of a command
    context: typer.Context,
    format_: Annotated[
        Format, typer.Option("--format", help="table for people, json or csv.")
    ] = Format.TABLE,
    org_names: Annotated[
        OrgNames, typer.Option(help="code: of the profile; source: as the imported log names them.")
    ] = OrgNames.CODE,
    every_pair: Annotated[
        bool, typer.Option("--all", help="Every pair in the table, not the 30 that cost most.")
    ] = False,
    area: Annotated[
        str | None, typer.Option(metavar="AREA", help="Only the cases of this area, by its code.")
    ] = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Print the report of one data directory; its database alone must be there."""
    if context.invoked_subcommand is not None:
        return

    async def work() -> None:
        async with database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings:
            known = profile_of(settings)
            _check_area(area, known)
            await show_report(settings, known, format_, org_names, every_pair=every_pair, area=area)

    run(work())


@app.command("monthly", help=MONTHLY_HELP)
def monthly(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="Ends in .html or .md.")],
    month: Annotated[
        str | None,
        typer.Option(metavar="MONTH", help="Such as 2026-06.", show_default="the last that is over"),
    ] = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Write the report of a month; the database alone must be there. Repeating it replaces the file."""
    if to.suffix not in PAGES:
        raise typer.BadParameter(f"{safe(to)} must end in {' or '.join(PAGES)}", param_hint="--to")
    # It draws: matplotlib and scipy would cost every other command half a second.
    writing = importlib.import_module("caseflow.monthly.command")
    run(writing.write_monthly(settings_from(data, profile, profiles_dir, reading=True), to, month))


app.command("timeliness", help=TIMELINESS_HELP)(timeliness)
app.command("process", help=PROCESS_HELP)(process)
app.command("waits", help=WAITS_HELP)(waits)
app.command("weekly", help=WEEKLY_HELP)(weekly)


async def show_report(
    settings: Settings,
    profile: Profile,
    format_: str,
    org_names: str,
    *,
    every_pair: bool = False,
    area: str | None = None,
) -> None:
    """Print the report on standard output, and nothing else there; changes nothing.

    Args:
        settings: knows the address of the database.
        profile: that the database was filled with.
        format_: `table`, `json` or `csv`.
        org_names: `source` for the names of the imported log; anything else shows codes.
        every_pair: in a table, all pairs instead of those that cost most.
        area: only the cases of this area; None: all.
    """
    name = source_names(profile) if org_names == OrgNames.SOURCE else str
    async with opened(settings, profile.name) as reader, reader.connect() as connection:
        steps = matrix(await pairs(connection, area), name)
        found = Report(profile, steps, await by_rule(connection, area), area)
    match Format(format_):
        case Format.TABLE:
            print_report(screen(), found, every_pair=every_pair)
        case Format.JSON:
            typer.echo(as_json(found))
        case Format.CSV:
            typer.echo(as_csv(found.matrix))


def _check_area(area: str | None, profile: Profile) -> None:
    codes = [one.code for one in profile.areas]
    if area is not None and area not in codes:
        known = f"there are {', '.join(codes)}" if codes else f"{profile.name} declares none"
        raise CommandError(f"no area {safe(area)} is known: {known}")


def source_names(profile: Profile) -> Callable[[str], str]:
    """Return the function from an agency's code to the name its source log uses; the code where it has none."""
    named = {code: agency.source_name or code for code, agency in profile.agencies.items()}
    return lambda code: named.get(code, code)
