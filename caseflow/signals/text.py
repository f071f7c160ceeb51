"""Signals as people read them: a list of sentences, or all about one."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.judging.hysteresis import CLEAR_ABOVE_P
from analysis.judging.wording import Names
from caseflow.reading.durations import percent, short
from caseflow.reading.local_time import DAY, LocalTime
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import table, told
from models.instants import midnight_us
from models.signal_kinds import SignalKind
from projections.silo_signals.queries import FindingRow, SignalRow

DIGITS = 8
"""Of an id in a list; the commands take as few as tell it apart."""
STYLES = {"concern": "bold red", "improvement": "green"}


def print_signals(console: Console, rows: Sequence[SignalRow], judged: date | None) -> None:
    """Print a heading and a sentence for each signal, gravest first."""
    if judged is None:
        console.print("No day has been judged yet: `caseflow run signals` judges every day after it is over.")
        return
    for row in rows:
        line = told(f"{str(row.id)[:DIGITS]}  ")
        line.append(SignalKind(row.kind).words, style=STYLES[row.direction])
        console.print(line.append(f"  {'; '.join(_heading(row))}"))
        console.print(Padding(told(row.sentence), (0, 0, 0, 4), expand=False))
    console.print(f"{_count(len(rows))}; the last day judged is {day(judged)}.")


def print_signal(console: Console, row: SignalRow, names: Names, zone: ZoneInfo) -> None:
    """Print everything about one signal, the cases that show it best at the end."""
    facts = [
        ("signal", str(row.id)),
        ("kind", f"{SignalKind(row.kind).words} ({row.direction})"),
        ("about", names.subject(row.about)),
        ("says", row.sentence),
        ("state", state_of(row)),
        ("effect", _effect(row)),
        ("counted", f"{row.observed:,} where {row.expected:,.1f} are usual; {row.measure}"),
        ("sample", _sample(row)),
        ("p", _p(row)),
        ("cost", _cost(row)),
        ("arrivals", "-" if row.arrivals_ratio is None else f"{row.arrivals_ratio:.2f} times the usual"),
        ("confidence", row.confidence),
        ("ends with", row.goes_away_if),
    ]
    for name, value in facts:
        console.print(Text(f"{name:<11}", style="bold").append(safe(value), style="not bold"))
    if row.evidence:
        console.print()
        console.print(_evidence(row, zone))


def print_judgements(console: Console, rows: Sequence[FindingRow]) -> None:
    """Print what a test said on the days on which it was asked, the newest first."""
    numbers = ("counted", "usual", "effect", "interval", "p", "p in family")
    made = table("day", *numbers, "answer", right=numbers)
    for row in rows:
        made.add_row(Text(day(row.day)), *_numbers(row), told(answer_of(row)))
    console.print(made)


def print_answers(console: Console, rows: Sequence[FindingRow], names: Names) -> None:
    """Print the newest answer of every test about something, and why there is none where there is none."""
    made = table("about", "test", "asked on", "effect", "p", "answer", right=("effect", "p"))
    for row in rows:
        effect = "-" if row.effect is None else f"{row.effect.value:.2f} {row.effect.unit}"
        made.add_row(
            told(_subject(row, names)),
            Text(SignalKind(row.kind).words),
            Text(day(row.day)),
            Text(effect),
            Text("-" if row.p is None else f"{row.p:.2g}"),
            told(answer_of(row)),
        )
    console.print(made)


def answer_of(row: FindingRow) -> str:
    """Return an answer in words: passed, not, or why there is none."""
    if row.why is not None:
        return f"{row.status.replace('_', ' ')}: {row.why}"
    if row.passed:
        return "passed"
    return "clear" if row.p is not None and row.p > CLEAR_ABOVE_P else "not passed"


def state_of(row: SignalRow) -> str:
    """Return how a signal stands, and since when."""
    if row.opened is None:
        return f"candidate since {day(row.since)}: it opens when it passes again"
    ended = "" if row.ended is None else f", {row.state} on {day(row.ended)}"
    return f"open since {day(row.opened)}{ended}; last judged {day(row.last_judged)}"


def day(when: date) -> str:
    """Return a date as people write it."""
    return when.strftime(DAY)


def _subject(row: FindingRow, names: Names) -> str:
    """Return what a test is about, and whose part in it where it is one organisation's."""
    subject, about = names.subject(row.about), row.about
    return f"{subject} ({names.agency(about.agency)})" if about.flow and about.agency else subject


def _heading(row: SignalRow) -> list[str]:
    parts = [state_of(row).partition(";")[0], f"{row.confidence} confidence"]
    if row.excess_days is not None and row.excess_days > 0:
        parts.insert(1, _cost(row))
    return parts


def _cost(row: SignalRow) -> str:
    if row.excess_days is None:
        return "-"
    share = "" if row.share is None else f", {percent(row.share)} of all cases' time"
    return f"{row.excess_days:,.0f} excess days a week{share}"


def _effect(row: SignalRow) -> str:
    effect = row.effect
    return f"{effect.value:.2f} {effect.unit} ({effect.low:.2f} to {effect.high:.2f})"


def _sample(row: SignalRow) -> str:
    n, n_open, baseline_n = row.sample.n, row.sample.n_open, row.sample.baseline_n
    return f"{n:,} looked at, {n_open:,} of them open; baseline of {baseline_n:,} completed"


def _p(row: SignalRow) -> str:
    return f"{row.p:.2g}" + (
        "" if row.p_adjusted is None else f"; {row.p_adjusted:.2g} in the family of its week"
    )


def _evidence(row: SignalRow, zone: ZoneInfo) -> Table:
    made = table("case", "began", "waits", "state", right=("waits",))
    local, judged_us = LocalTime(zone, cut=False), midnight_us(row.last_judged + timedelta(days=1), zone)
    for one in row.evidence:
        if "started_us" not in one:
            made.add_row(told(one["case"]), Text("-"), Text("-"), Text("-"))
            continue
        began = Text(local.of_instant(one["started_us"]))
        wait_us = one["wait_us"] if one["wait_us"] is not None else judged_us - one["started_us"]
        waits = short(wait_us / 1_000_000)
        made.add_row(told(one["case"]), began, Text(waits), told(one["state"].replace("_", " ")))
    return made


def _numbers(row: FindingRow) -> list[Text]:
    effect = row.effect
    if effect is None:
        return [Text("-") for _ in range(6)]
    return [
        Text(f"{row.observed:,}"),
        Text(f"{row.expected:,.1f}"),
        Text(f"{effect.value:.2f}"),
        Text(f"{effect.low:.2f} to {effect.high:.2f}"),
        Text(f"{row.p:.2g}"),
        Text("-" if row.p_adjusted is None else f"{row.p_adjusted:.2g}"),
    ]


def _count(number: int) -> str:
    return "No such signals" if not number else f"{number} signal{'' if number == 1 else 's'}"
