"""Alerts as people read them: a list of them, or all about one."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from caseflow.alerts_rows import Times
from caseflow.reading.durations import short
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import table, told
from models.signal_kinds import SignalKind
from projections.alerts.queries import AlertRow, AuditRow

DIGITS = 8
"""Of an id in a table; the commands take as few as tell it apart."""
NARROW = 140
"""Below this width an alert takes two lines instead of a row."""
LOCAL_TARGET = "local target"
SIGNAL = "signal"
"""What stands in the place of a severity."""
ENDED = {
    "withdrawn": "the hand-off was withdrawn, is no longer awaited, or a later start, with a limit of its own, "
    "took its place"
}
"""Why alerts ended, where a word does not say it."""
STYLES = {"late": "yellow", "very-late": "yellow", "severe": "bold red", "missing": "bold red"}


def print_alerts(console: Console, rows: Sequence[AlertRow], times: Times) -> None:
    """Print one row per alert, the worst first; on a narrow console two lines for each."""
    if not rows:
        console.print("No such alerts.")
    elif console.width < NARROW:
        for row in rows:
            _print_lines(console, row, times)
    else:
        console.print(_table(rows, times))


def _table(rows: Sequence[AlertRow], times: Times) -> Table:
    made = table("alert", "severity", "case", "hand-off", "limit", "must act", "due", "late by", "state")
    for row in rows:
        made.add_row(
            told(str(row.id)[:DIGITS]),
            _severity(row),
            told(row.case_ref or "-"),
            told(_about(row)),
            Text(limit_of(row)),
            told(row.owner),
            Text(times.deadline(row.due_us)),
            Text(short(times.late_s(row))),
            Text(state_of(row, times)),
        )
    return made


def _print_lines(console: Console, row: AlertRow, times: Times) -> None:
    line = told(f"{str(row.id)[:DIGITS]}  ").append_text(_severity(row))
    case = "" if row.case_ref is None else f"  {safe(row.case_ref)}"
    console.print(line.append(f"{case}  {safe(_about(row))}"))
    detail = [f"{safe(row.owner)} must act", state_of(row, times)]
    if row.kind is None:
        detail[1:1] = [f"due {_due(row, times)}", f"limit {limit_of(row)}"]
    console.print(Padding(Text("; ".join(detail), style="dim"), (0, 0, 0, 4), expand=False))


def _due(row: AlertRow, times: Times) -> str:
    if row.due_us is None:
        return "at no known time"
    return f"{times.deadline(row.due_us)}, late by {short(times.late_s(row))}"


def _about(row: AlertRow) -> str:
    """Return which hand-off, or which signal."""
    return f"{row.rule} {row.title}" if row.kind is None else f"{SignalKind(row.kind).words}: {row.title}"


def _severity(row: AlertRow) -> Text:
    severity = row.severity or SIGNAL
    return told(severity.replace("-", " "), STYLES.get(severity, ""))


def print_alert(console: Console, row: AlertRow, happened: Sequence[AuditRow], times: Times) -> None:
    """Print everything about one alert, what happened to it last."""
    facts = [("alert", str(row.id)), ("state", state_of(row, times))]
    if row.resolved_how in ENDED and row.kind is None:
        facts.append(("because", ENDED[row.resolved_how]))
    facts += _of_hand_off(row, times) if row.kind is None else _of_signal(row)
    for name, value in facts:
        console.print(Text(f"{name:<11}", style="bold").append(safe(value), style="not bold"))
    console.print()
    for one in happened:
        why = f": {one.why}" if one.why else ""
        console.print(told(f"{times.of(one.at)}  {one.what} by {one.who}{why}{_detail(one.detail, times)}"))


def _of_hand_off(row: AlertRow, times: Times) -> list[tuple[str, str]]:
    return [
        ("severity", (row.severity or "").replace("-", " ")),
        ("case", row.case_ref or ""),
        ("hand-off", f"{row.rule} {row.title}: {row.sender} → {row.receiver}"),
        ("must act", row.owner + (f", {row.area}" if row.area else "")),
        ("limit", limit_of(row)),
        ("due", _due(row, times)),
    ]


def _of_signal(row: AlertRow) -> list[tuple[str, str]]:
    return [
        ("signal", f"{_about(row)} ({row.signal})"),
        ("must act", row.owner),
        ("says", row.sentence or ""),
        ("confidence", row.confidence or ""),
    ]


def limit_of(row: AlertRow) -> str:
    """Return the limit, and `local target` beside one that nobody has confirmed; `-` of a signal."""
    if row.kind is not None:
        return "-"
    if row.time_limit in {None, "local"}:
        return LOCAL_TARGET
    return safe(row.time_limit) + (f" ({LOCAL_TARGET})" if row.local_target else "")


def state_of(row: AlertRow, times: Times) -> str:
    """Return how an alert stands, in words."""
    if row.state == "resolved":
        return safe(f"resolved by {row.resolved_by}" if row.resolved_how == "person" else row.resolved_how)
    words = [safe(f"acknowledged by {row.acknowledged_by}") if row.state == "acknowledged" else "open"]
    if row.level:
        words.append(f"level {row.level}")
    if row.snoozed_until is not None and row.snoozed_until > times.now:
        words.append(f"snoozed until {times.of(row.snoozed_until)}")
    return ", ".join(words)


def _detail(detail: Mapping[str, Any], times: Times) -> str:
    """Return what an audit row tells beside its name: `severity late → severe`."""
    said = []
    for name, value in detail.items():
        values = value if isinstance(value, list) else [value]
        is_time = name.endswith("_us")
        shown = [times.deadline(one) if is_time else str(one) for one in values]
        said.append(f"{name.removesuffix('_us').replace('_', ' ')} {' → '.join(shown)}")
    return f" ({'; '.join(said)})" if said else ""
