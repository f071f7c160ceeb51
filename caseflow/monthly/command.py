"""Writing the monthly report to a file; loaded when it is asked for."""

from pathlib import Path

from board.document.html import html
from board.document.markdown import markdown
from board.document.parts import Document
from caseflow.console import say
from caseflow.monthly.facts import gathered
from caseflow.monthly.month import month_of
from caseflow.monthly.report import report_of
from caseflow.reading.database import opened
from caseflow.reading.known_until import known_until_us
from caseflow.reading.safe_text import safe
from caseflow.saving import save, unwritable
from caseflow.wiring import database_of, profile_of
from infra.settings import Settings


async def write_monthly(settings: Settings, to: Path, month: str | None) -> None:
    """Write the report of a month.

    Args:
        settings: know the database.
        to: ends in `.html`, one file with its charts in it, or in `.md`, with its charts in a folder beside.
        month: such as `2026-06`; None: the last one that is over.

    Raises:
        CommandError: there is no such month, or the file cannot be written.
    """
    profile = profile_of(settings)
    async with database_of(settings) as known:
        async with opened(known, profile.name) as reader, reader.connect() as connection:
            until_us = await known_until_us(connection, profile)
        document = report_of(await gathered(known, profile, month_of(month, until_us, profile.tz)))
    try:
        _write(document, to)
    except OSError as error:
        raise unwritable(to, error) from error
    say(f"{document.title}: written to {safe(to)}")


def _write(document: Document, to: Path) -> None:
    if to.suffix == ".md":
        charts = to.with_suffix(".charts")
        charts.mkdir(exist_ok=True)
        for figure in document.figures:
            (charts / f"{figure.name}.svg").write_text(figure.svg, encoding="utf-8")
        text = markdown(document, charts.name)
    else:
        text = html(document)
    save(text, to)
