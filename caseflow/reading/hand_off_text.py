"""One standard hand-off of a case as a person reads it: how it stands, between whom, and why."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from caseflow.reading import hand_off_words as words
from caseflow.reading.case_view import CaseView
from caseflow.reading.safe_text import safe

_STYLES = {"overdue": "bold red", "missing": "bold red", "met_late": "yellow", "void": "dim"}


def print_hand_off(console: Console, view: CaseView, row: Mapping[str, Any]) -> None:
    """Print a row of `hand_off`: its state and parties, and below them its times and its limit."""
    style = "yellow" if row["due_soon"] else _STYLES.get(row["state"], "")
    about = f", about {safe(row['about'])}" if row["about"] else ""
    line = Text("  ").append(words.state(row), style=style)
    line.append(f"  {safe(row['rule'])} {safe(row['title'])}: {words.between(row)}{about}")
    console.print(line)
    said = [*_why(row), *_times(view, row), words.limit(row)]
    console.print(Padding(Text("; ".join(said), style="dim"), (0, 0, 0, 4), expand=False))


def _why(row: Mapping[str, Any]) -> list[str]:
    reason = words.REASONS.get(row["state"])
    late = "answered after it was seen to be missing" if row["late_after_end"] else None
    return [why for why in (reason, late) if why]


def _times(view: CaseView, row: Mapping[str, Any]) -> list[str]:
    said = [f"from {view.hand_off_time(row, 'started_us')}"]
    if row["stopped_us"] is not None:
        wait = f" ({view.hand_off_wait(row)})" if row["wait_us"] is not None else ""
        said.append(f"to {view.hand_off_time(row, 'stopped_us')}{wait}")
    if row["earliest_us"] is not None:
        said.append(f"not before {view.times.of_instant(row['earliest_us'])}")
    for name, column in (("due", "due_us"), ("published standard", "standard_due_us")):
        if row[column] is not None:
            said.append(f"{name} {view.times.of_deadline(row[column])}")
    return said
