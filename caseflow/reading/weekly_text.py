"""`caseflow report weekly`, as people read it."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.perspective import one_view
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import table, told
from caseflow.reading.waits_text import NARROW
from caseflow.reading.weekly_rows import NO_MEDIAN, ToldWeek, WeeklyReport

NUMBERS: Final = (
    "started",
    "stopped",
    "limited",
    "late",
    "% late",
    "same day",
    "missing",
    "void",
    "negative",
)
WAITS: Final = ("median", "mean")
SHORT: Final = {"same day": "at once", "negative": "neg.", "mean": ""}
"""Names of columns where there is little room; an empty one is left out."""


def print_weekly(console: Console, report: WeeklyReport) -> None:
    """Print the weeks of each flow, and what their columns count."""
    head = report.head
    console.print(Text(safe(f"{head.rule}, {head.title}: week by week, waits in {head.unit}"), style="bold"))
    console.print(f"Complete weeks, known by {head.known_by}.")
    view = one_view(report.weeks)
    if view is None:
        console.print("\nNo complete week lies in that time.")
        return
    for flow in filter(None, report.flows):
        console.print()
        console.print(told(_between(flow[0]), "bold"))
        console.print(_weeks(flow, narrow=console.width < NARROW))
    console.print(
        f"\nView: {view}. late, same day and waits: of what was stopped in the week, whenever it started; started "
        "and negative (stopped before it started): of what started in it; missing and void: of what ended in it "
        "without its stop. Waits and shares from 10 on."
    )
    if report.together:
        console.print(f"Together: counts are added; {NO_MEDIAN}.")
    if any(not week.up_to_date for week in report.weeks):
        console.print("*: has changed since it was computed; standard error says what to run.")


def _between(week: ToldWeek) -> str:
    return f"{week.row.sender or 'several senders'} to {week.row.receiver or 'several receivers'}"


def _weeks(flow: Sequence[ToldWeek], *, narrow: bool) -> Table:
    names = (*NUMBERS, *WAITS)
    kept = [name for name in names if not narrow or SHORT.get(name, name)]
    shown = [SHORT.get(name, name) if narrow else name for name in kept]
    made = table("week of", *shown, right=tuple(shown), gap=1 if narrow else 2)
    for week in flow:
        cells = _cells(week)
        mark = "" if week.up_to_date else "*"
        made.add_row(Text(f"{week.row.week}{mark}"), *(Text(cells[name]) for name in kept))
    return made


def _cells(week: ToldWeek) -> dict[str, str]:
    row = week.row
    counts = {name: f"{getattr(row, name.replace(' ', '_')):,}" for name in NUMBERS if name != "% late"}
    late = week.share_late
    return {
        **counts,
        "% late": "-" if late is None else f"{100 * late:.0f}",
        "median": _days(week.median_days),
        "mean": _days(week.mean_days),
    }


def _days(days: float | None) -> str:
    return "-" if days is None else f"{days:.1f}"
