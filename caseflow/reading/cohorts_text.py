"""`caseflow report waits --by week`, as people read it."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.answers import Answer
from analysis.perspective import one_view
from caseflow.reading.cohorts_rows import CohortsReport, why_none
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import table
from caseflow.reading.waits_text import quantile_text
from models.instants import date_of


def print_cohorts(console: Console, report: CohortsReport) -> None:
    """Print what was started week by week, and what can be said of how long it takes."""
    head = report.head
    title = f"{head.rule}, {head.title}: what was started in each week, waits in {head.unit}"
    console.print(Text(safe(title), style="bold"))
    console.print(f"Complete weeks, begun and known by {head.known_by}.\n")
    view = one_view(report.weeks)
    if view is None:
        console.print("No complete week lies in that time.")
        return
    console.print(_weeks(report))
    console.print(
        f"\nView: {view}, whenever it ends. Median: Kaplan-Meier with its 95 % interval, what is open counted as "
        "far as it has come.\nNot to be compared with medians of what was completed in a week."
    )


def _weeks(report: CohortsReport) -> Table:
    made = table("week of", "started", "open", "median", "why none", right=("started", "open", "median"))
    for week in report.weeks:
        median = "-" if isinstance(week.median, Answer) else quantile_text(week.median, interval=True)
        cells = (f"{date_of(week.monday)}", f"{week.started:,}", f"{week.n_open:,}", median)
        made.add_row(*map(Text, (*cells, why_none(week.median) or "")))
    return made
