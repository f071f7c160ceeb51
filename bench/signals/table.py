"""The table of the scenarios: for people at a terminal, and for the page that keeps it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from bench.delays.figure import Figure
from bench.signals.rows import Row
from bench.signals.volume_names import readable
from infra.whole_file import whole_file

BEGIN: Final = "<!-- scenarios:begin -->"
END: Final = "<!-- scenarios:end -->"
_HEAD: Final = ("", "planted or simulated", "a week", "asked", "found", "delay", "false openings", "")


class NoPlaceError(ValueError):
    """The page has no place for the table: it needs both marks, each on a line of its own."""


def show(rows: Sequence[Row], console: Console) -> None:
    """Print every row, and last how many hold."""
    table = Table(*(Column(name, overflow="fold") for name in _HEAD), title="Silo signals")
    for row in rows:
        mark = {True: "[green]ok", False: "[red]NO", None: ""}[row.holds]
        table.add_row(*(escape(cell) for cell in _cells(row)), mark)
    console.print(table)
    passed, failed = counted(rows)
    console.print(f"{passed} passed, {failed} failed", highlight=False)


def said(row: Row) -> str:
    """Return a row in a line."""
    mark = {True: "ok", False: "NO", None: ""}[row.holds]
    return "; ".join(cell for cell in (*_cells(row), mark) if cell)


def figure_rows(figures: Iterable[Figure]) -> list[Row]:
    """Return measured figures as rows of the table; those of which nothing is asked are for information."""
    told = ((one, f"{one.value:,.10g} {one.unit}".rstrip()) for one in figures)
    return [
        Row("volume", readable(one.name), "", one.wanted, value, holds=one.holds if one.wanted else None)
        for one, value in told
    ]


def counted(rows: Iterable[Row]) -> tuple[int, int]:
    """Return how many rows hold, and how many do not; those for information are neither."""
    asked = [row.holds for row in rows if row.holds is not None]
    return asked.count(True), asked.count(False)


def markdown(rows: Sequence[Row], said: str) -> str:
    """Return what stands between the marks: when and how it was measured, the table, the count."""
    lines = [said, "", "| " + " | ".join(_HEAD) + " |", "|" + "---|" * len(_HEAD)]
    for row in rows:
        mark = {True: "holds", False: "**does not hold**", None: ""}[row.holds]
        lines.append("| " + " | ".join([*_cells(row), mark]) + " |")
    passed, failed = counted(rows)
    return "\n".join([*lines, "", f"{passed} passed, {failed} failed"])


def write(page: Path, text: str) -> None:
    """Put the table between the marks of a page, whole or not at all.

    Raises:
        NoPlaceError: the page lacks a mark.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise NoPlaceError(f"{page} needs the lines {BEGIN} and {END}: the table goes between them")
    with whole_file(page) as part:
        part.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def _cells(row: Row) -> list[str]:
    return [row.scenario, row.title, row.volume, row.asked, row.found, row.delay, row.false]
