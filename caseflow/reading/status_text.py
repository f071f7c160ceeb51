"""The state of a caseflow as people read it: what is wrong first to see, what is well in one line each."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from caseflow.reading.durations import MINUTE, long, short
from caseflow.reading.processes import DOWN, HELD, NOT_READY, Process
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import table, told
from caseflow.reading.status_view import Status

_STYLES = {DOWN: "bold red", HELD: "bold red", NOT_READY: "yellow"}


def print_status(console: Console, status: Status) -> None:
    """Print a status, fitted to the console's width from 80 columns on."""
    console.print(told(f"{status.profile} on {status.data}", "bold"))
    for trouble in status.trouble:
        console.print(told(trouble, "bold red"))
    console.print()
    console.print(_processes(status))
    for process in status.processes:
        if process.detail:
            console.print(told(f"{process.process}: {process.detail}", _STYLES.get(process.state, "")))
    console.print()
    console.print(_watermark(status))
    console.print(_letters(status))
    if status.feeds:
        console.print("\nFeeds", style="bold")
        console.print(_feeds(status))
        stale = [feed.source for feed in status.feeds if status.is_stale(feed)]
        if stale:
            after = long(status.stale_after.total_seconds())
            console.print(told(f"Stale, silent for more than {after}: {', '.join(stale)}", "yellow"))


def _processes(status: Status) -> Table:
    made = table("process", "state", "waiting", "oldest", "address", right=("waiting", "oldest"))
    for process in status.processes:
        name = process.process if process.worker == "one" else f"{process.process} {process.worker}"
        state = Text(process.state, style=_STYLES.get(process.state, "green"))
        made.add_row(told(name), state, *_lag(status, process), told(process.url or "-"))
    return made


def _lag(status: Status, process: Process) -> tuple[str, str]:
    lag = status.lags.get(process.process)
    if lag is None:
        return "-", "-"
    return f"{lag.records:,}", short(status.waiting_s(lag))


def _watermark(status: Status) -> str:
    if status.last_tick is None:
        return "Clock: no tick yet, so nothing has fallen due."
    ago = (status.at - status.last_tick).total_seconds()
    return f"Clock: last tick {status.last_tick:%Y-%m-%d %H:%M:%S} UTC, {long(ago)} ago."


def _letters(status: Status) -> Text:
    waiting = status.letters.get("open", 0)
    if not waiting:
        return Text("Dead letters: none open.")
    return Text(f"Dead letters: {waiting:,} open; `caseflow dead-letters list` shows them.", style="yellow")


def _feeds(status: Status) -> Table:
    made = table(
        "agency",
        "events",
        "late",
        "last published",
        "mean lag",
        right=("events", "late", "last published", "mean lag"),
    )
    for feed in status.feeds:
        silent = status.silent_s(feed)
        ago = "history" if silent is None else "just now" if silent < MINUTE else f"{short(silent)} ago"
        style = "yellow" if status.is_stale(feed) else ""
        numbers = (f"{feed.events:,}", f"{feed.late_events:,}", ago, short(feed.lag_mean_s))
        made.add_row(Text(safe(feed.source), style=style), *(Text(number, style=style) for number in numbers))
    return made
