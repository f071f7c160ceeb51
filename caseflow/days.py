"""Local days, as people give them to a command."""

from datetime import MAXYEAR, MINYEAR, date
from typing import Annotated

import typer

from caseflow.reading.safe_text import safe


def day(text: str) -> date:
    """Return a day written as YYYY-MM-DD: the `parser` of every option that takes one.

    There is a day before it and one after it, so that its ends can be told in every time zone.

    Raises:
        typer.BadParameter: it is no day.
    """
    try:
        found = date.fromisoformat(text.strip())
    except ValueError as error:
        raise _no_day(text) from error
    if not MINYEAR < found.year < MAXYEAR:
        raise _no_day(text)
    return found


def _no_day(text: str) -> typer.BadParameter:
    return typer.BadParameter(f"{safe(text)} is no day: write it as YYYY-MM-DD, such as 2026-06-30")


AsOfOption = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        parser=day,
        metavar="DAY",
        help="As known at the end of this local day.",
        show_default="now",
    ),
]
