"""`caseflow report process`: what follows what, and what goes back and forth, as people read it."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.mining.conservation import WAITING_WITHIN_HAND_OFFS, Totals
from analysis.mining.rework import BackAndForth
from analysis.mining.tables import PairTimes, Summary
from caseflow.reading.durations import percent, short
from caseflow.reading.process_report import OUTLYING, ProcessReport
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import table, told

MOST_ROWS = 30
_NUMBERS = ("count", "mean", "median", "p90", "p95", "share")
NOBODY = "(unknown)"


def print_process(console: Console, title: str, report: ProcessReport, *, every_row: bool = False) -> None:
    """Print the report; of what follows what those that took most time come first."""
    console.print(Text(safe(title), style="bold"))
    found = report.summary
    if not found.events:
        console.print("No case has an event yet: there is nothing to tell.")
        return
    for sentence in (*_sentences(found), *_whose_time(report.time)):
        console.print(sentence)
    pairs = sorted(report.follows, key=lambda pair: (-pair.times.sum, pair.before, pair.after))
    shown = pairs if every_row else pairs[:MOST_ROWS]
    if shown:
        console.print("\nWhat follows what, by the time it took in all\n", style="bold")
        console.print(_pairs(shown))
    if len(shown) < len(pairs):
        console.print(f"and {len(pairs) - len(shown)} more pairs: --all shows them.")
    if found.rework:
        console.print("\nActivities that a case has twice or more\n", style="bold")
        console.print(_rework(found))
        share = percent(found.reworked_cases / found.cases)
        console.print(f"{found.reworked_cases:,} cases, {share} of all, have some activity twice or more.")
    console.print("\nBack and forth\n", style="bold")
    for sentence in _came_back(report):
        console.print(sentence)


def _sentences(found: Summary) -> Iterator[str]:
    yield (
        f"{found.cases:,} cases, {found.events:,} events: {found.activities:,} activities "
        f"of {found.orgs:,} organisations, in {found.variants:,} different orders."
    )
    if found.case_times is not None:
        times = found.case_times
        yield f"From first to last event: median {short(times.median)}, nine in ten within {short(times.p90)}."
    share = found.between_share
    yield f"{found.hand_offs:,} of {found.transitions:,} steps lead to another organisation" + (
        f"; {percent(share)} of the time lies between organisations." if share is not None else "."
    )


def _whose_time(found: Totals) -> Iterator[str]:
    if found.unknown:
        yield f"{percent(found.unknown / found.elapsed)} of the time lies beside an organisation that nobody told."
    if found.between:
        why = WAITING_WITHIN_HAND_OFFS.why
        yield f"How much of the time between organisations is waiting cannot be told: {why}."


def _pairs(shown: list[PairTimes]) -> Table:
    made = table("from", "to", *_NUMBERS, right=_NUMBERS)
    for pair in shown:
        times = pair.times
        numbers = (short(times.mean), short(times.median), short(times.p90), short(times.p95))
        cells = [Text(cell) for cell in (f"{times.count:,}", *numbers, percent(pair.share))]
        made.add_row(told(pair.before), told(pair.after), *cells)
    return made


def _rework(found: Summary) -> Table:
    made = table("activity", "cases", "of all", "extra", right=("cases", "of all", "extra"))
    for activity, cases in sorted(found.rework.items(), key=lambda one: (-one[1], one[0])):
        cells = (f"{cases:,}", percent(cases / found.cases), f"{found.extra[activity]:,}")
        made.add_row(told(activity), *map(Text, cells))
    return made


def _came_back(report: ProcessReport) -> Iterator[str]:
    ping = report.ping_pongs
    yield (
        f"Ping-pong, three events in a row of which the outer two are one organisation's: "
        f"{ping.count:,} in {ping.cases:,} cases."
    )
    yield (
        f"Returns, the events that an organisation has in a row taken as one: "
        f"{report.returns.count:,} in {report.returns.cases:,} cases."
    )
    yield from _most(ping, report.orgs)
    back = report.came_back
    if back.median_s is not None:
        yield (
            f"{back.back:,} of {back.hand_offs:,} hand-offs came back to who had sent them, by whatever way; half "
            f"of these within {short(back.median_s)} of their arrival."
        )
    odd = report.deviations
    yield (
        f"{odd.pairs:,} pairs of events in {odd.cases:,} cases lie more than {OUTLYING:g} standard deviations from "
        f"the usual distance of their activities, {odd.late:,} of them too far apart."
    )


def _most(ping: BackAndForth, orgs: tuple[str, ...]) -> Iterator[str]:
    for (org, between), count in sorted(ping.by_pair.items(), key=lambda one: -one[1])[:5]:
        names = (safe(orgs[code] or NOBODY) for code in (org, between))
        yield "  {} → {} → back: ".format(*names) + f"{count:,}"
