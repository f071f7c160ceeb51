"""The register on a screen: a table of all rows, or everything about one of them."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from caseflow.reading.safe_text import safe
from caseflow.reading.screen import table, told
from caseflow.register.sections import sections
from caseflow.register.sheet import LimitLine, Sheet, sheet
from caseflow.register.words import LOCAL_TARGET
from models.profile import Profile
from models.register import Rule

NARROW = 120
"""Below this width what starts and ends a wait stands under its name."""


def print_register(console: Console, profile: Profile) -> None:
    """Print every row of a profile's register, fitted to the console's width from 80 columns on."""
    console.print(Text(safe(profile.title), style="bold"))
    if not profile.rules:
        console.print("The register is empty: nothing is awaited.")
    for title, rules in sections(profile.rules):
        console.print(f"\n{title}\n", style="bold")
        console.print(_table([sheet(rule) for rule in rules], narrow=console.width < NARROW))
    if profile.rules:
        console.print("\n* must bring the end about. `caseflow register show ROW` tells all of one.")


def print_row(console: Console, rule: Rule) -> None:
    """Print everything about one row."""
    row = sheet(rule)
    console.print(Text(safe(f"{row.id}  {row.title}"), style="bold"))
    console.print(told(row.between + (", an internal step" if rule.internal else "")))
    parts = Table.grid(padding=(0, 2, 0, 0))
    for name, text in _parts(row):
        parts.add_row(Text(name, style="bold", no_wrap=True), text)
    console.print(parts)


def _parts(row: Sheet) -> Iterator[tuple[str, Text]]:
    for name, texts in (("starts with", row.starts), ("ends with", row.stops)):
        yield from ((name, told(text)) for text in texts)
    yield from ((name, told(text)) for name, text in row.ends)
    yield from (("note", told(text)) for text in row.remarks)
    for line in row.limits:
        sources = "".join(f"\n{safe(text)}" for text in (line.source, line.note) if text)
        yield "standard" if line.standard else "limit", _limit(line).append(sources, style="dim")


def _table(rows: list[Sheet], *, narrow: bool) -> Table:
    if narrow:
        made = table("row", "hand-off", "limit")
        for row in rows:
            starts_ends = f"starts: {' / '.join(row.starts)}\nends: {' / '.join(row.stops)}"
            made.add_row(told(row.id), Text(f"{row.title}\n{row.between}\n{starts_ends}\n"), _limits(row))
        return made
    made = table("row", "hand-off", "starts with", "ends with", "limit")
    for row in rows:
        named = Text(f"{row.title}\n{row.between}\n")
        made.add_row(told(row.id), named, _texts(row.starts), _texts(row.stops), _limits(row))
    return made


def _texts(texts: tuple[str, ...]) -> Text:
    return Text("\n".join(safe(text) for text in texts))


def _limits(row: Sheet) -> Text:
    """Return the limits of a row, each source once, below the limits that rest on it."""
    lines = []
    for source, limits in groupby(row.limits, lambda line: line.source):
        lines += [_limit(line) for line in limits]
        lines.append(Text(safe(source), style="dim"))
    return Text("\n").join(lines).append("\n")


def _limit(line: LimitLine) -> Text:
    """Return one limit: when it holds, how long it is, by which calendar, and how sure it is."""
    held = f"{line.held}: " if line.held else ""
    calendar = f" [{line.calendar}]" if line.calendar else ""
    sure = "yellow" if line.certainty.startswith(LOCAL_TARGET) else ""
    return Text(safe(f"{held}{line.limit}{calendar}, ")).append(line.certainty, style=sure)
