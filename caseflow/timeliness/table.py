"""The official table as people read it: a table per quarter, two lines per place, means above medians."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.official.quarters import Quarter
from analysis.official.suppression import Mark
from analysis.official.timeliness import NONE, SPANS, Row
from caseflow.reading.screen import table, told
from caseflow.timeliness.notes import notes
from caseflow.timeliness.official import Official
from models.profile import Profile

WIDEST = 110
"""Columns that a table takes where there are more."""


def print_timeliness(console: Console, official: Official, rows: Sequence[Row], profile: Profile) -> None:
    """Print rows, fitted to the console's width up to 110 columns, with what they mean below."""
    console.print(told(f"{profile.title}: completed cases, days", "bold"))
    if not rows:
        console.print("There is none: no case that a court completed in these quarters counts there.")
    for quarter, some in groupby(rows, key=lambda row: row.quarter):
        console.print(_title(official, quarter))
        console.print(_table(list(some)))
    console.print()
    for note in notes(official, (row.quarter for row in rows)):
        console.print(told(note), width=min(console.width, WIDEST))


def _title(official: Official, quarter: Quarter) -> Text:
    mark = ", provisional" if official.is_provisional(quarter) else ""
    return Text(f"\n{quarter.title}{mark}\n", style="bold")


def _table(rows: Sequence[Row]) -> Table:
    headings = [_in_two_lines(span) for span in SPANS]
    made = table("", "defendants", "days", *headings, right=("defendants", *headings))
    for kind, some in groupby(rows, key=lambda row: row.court_type):
        made.add_row(told(kind, "bold"))
        for row in some:
            for cells in _lines(row):
                made.add_row(*cells)
    return made


def _in_two_lines(span: str) -> str:
    before, after = span.split(" to ")
    return f"{before} to\n{after}"


def _lines(row: Row) -> Iterator[list[Text]]:
    """Yield the mean and the median line of a place; of one without averages the first alone."""
    means, medians = row.days
    place = row.area if row.court == NONE else f"  {row.court}"
    yield [told(f"  {place}"), told(row.cells()[7]), Text("mean"), *map(_day, means)]
    if row.medians is not None:
        yield [Text(""), Text(""), Text("median"), *map(_day, medians)]


def _day(day: int | None) -> Text:
    return Text(Mark.HIDDEN.value if day is None else f"{day:,}")
