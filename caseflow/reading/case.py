"""`caseflow case REF`: one case from its first event to now."""

from enum import StrEnum
from typing import Annotated

import typer

from caseflow.errors import run
from caseflow.reading.case_rows import as_json
from caseflow.reading.case_text import print_case
from caseflow.reading.case_view import case_view
from caseflow.reading.database import opened
from caseflow.reading.screen import screen
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    database_of,
    profile_of,
    settings_from,
)
from infra.clock import now
from infra.settings import Settings

HELP = """
The timeline of one case: every event, who held the case, and every wait between.

Below it stand its standard hand-offs with state and due date, with whom the case lies now, and what is not on
the timeline: amendments, withdrawn events, and those told so lately that they are not judged yet.

Examples:

  caseflow case 11N50073560/1

  caseflow case 11N50073560/1 --format json
"""


class CaseFormat(StrEnum):
    """How a case is written."""

    TEXT = "text"
    JSON = "json"


def case(
    ref: Annotated[str, typer.Argument(metavar="REF", help="The case's reference, as agencies write it.")],
    format_: Annotated[
        CaseFormat, typer.Option("--format", help="text for people, or json.")
    ] = CaseFormat.TEXT,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Print one case of a data directory; its database alone must be there."""

    async def work() -> None:
        async with database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings:
            await show_case(settings, ref, format_)

    run(work())


async def show_case(settings: Settings, ref: str, format_: str = CaseFormat.TEXT) -> None:
    """Print a case on standard output, and nothing else there; changes nothing.

    Raises:
        CommandError: no such case.
    """
    profile = profile_of(settings)
    async with opened(settings, profile.name) as reader:
        view = await case_view(reader, profile, ref, now())
    match CaseFormat(format_):
        case CaseFormat.TEXT:
            print_case(screen(), view)
        case CaseFormat.JSON:
            typer.echo(as_json(view))
