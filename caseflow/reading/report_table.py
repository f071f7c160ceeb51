"""The report as people read it: the matrix, what it comes to in sentences, and the standard hand-offs."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.mining.matrix import Matrix, PairRow
from caseflow.reading.durations import DAY, percent, short
from caseflow.reading.report_rows import Report
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import table, told
from projections.hand_offs.queries import STATES, RuleRow

NARROW = 100
"""Below this width sender and receiver stand on two lines."""
MOST_PAIRS = 30
"""Of a report that does not ask for all."""
NOBODY = "(unknown)"
_NUMBERS = ("count", "open", "mean", "median", "p90", "p95", "p99", "share")


def print_report(console: Console, report: Report, *, every_pair: bool = True) -> None:
    """Print a report, fitted to the console's width from 80 columns on; the costliest pairs come first."""
    matrix = report.matrix
    pairs = _costliest_first(matrix)
    shown = pairs if every_pair else pairs[:MOST_PAIRS]
    console.print(Text(safe(report.title), style="bold"))
    if not matrix.steps:
        console.print("No case has two events yet: there is nothing to time.")
    else:
        console.print(f"Steps from one organisation to the next, {matrix.steps:,} in all.\n")
        console.print(_matrix(matrix, shown, narrow=console.width < NARROW))
        console.print(_left_out(matrix, pairs[len(shown) :]))
        for sentence in _sentences(matrix):
            console.print(sentence)
    if report.standard:
        console.print("\nStandard hand-offs, as they are judged now\n", style="bold")
        console.print(_standard(report.standard, narrow=console.width < NARROW))


def _matrix(matrix: Matrix, shown: Sequence[PairRow], *, narrow: bool) -> Table:
    firsts = ("from → to",) if narrow else ("from", "to")
    made = table(*firsts, *_NUMBERS, right=_NUMBERS, gap=1 if narrow else 2)
    for row in shown:
        sender, receiver = (
            told(org or NOBODY, "" if row.between else "dim") for org in (row.from_org, row.to_org)
        )
        names = [Text.assemble(sender, "\n→ ", receiver)] if narrow else [sender, receiver]
        made.add_row(*names, *_numbers(matrix, row))
    return made


def _costliest_first(matrix: Matrix) -> list[PairRow]:
    rows = [*matrix.rows, *matrix.open_only]
    return sorted(rows, key=lambda row: (-row.sum, -row.count, -row.open, row.from_org, row.to_org))


def _numbers(matrix: Matrix, row: PairRow) -> list[Text]:
    times = (row.mean, row.median, row.p90, row.p95, row.p99)
    waiting = f"{row.open:,}" if row.open else "-"
    if not row.count:
        texts = ["-", waiting, *["-"] * 6]
    else:
        texts = [f"{row.count:,}", waiting, *map(short, times), percent(matrix.share(row.sum))]
    return [Text(text, style="" if row.between else "dim") for text in texts]


def _sentences(matrix: Matrix) -> list[Text]:
    share = matrix.between_share
    said = [
        f"{matrix.hand_offs:,} of {matrix.steps:,} steps are hand-offs between different organisations.",
        "No time has passed between events."
        if share is None
        else f"{percent(share)} of elapsed time lies between organisations, "
        f"{percent(matrix.share(matrix.inside_s))} inside one"
        + (f", {percent(matrix.share(matrix.unknown_s))} with nobody known." if matrix.unknown_s else "."),
    ]
    between = [row for row in matrix.rows if row.between and row.sum]
    if between:
        worst = max(between, key=lambda row: row.sum)
        said.append(
            f"The boundary that costs most is {safe(worst.from_org)} → {safe(worst.to_org)}: "
            f"{worst.sum / DAY:,.0f} days over {worst.count:,} hand-offs, "
            f"{percent(matrix.share(worst.sum))} of elapsed time."
        )
    said.append("open: cases whose time since their last event lies here; it enters no other column.")
    return [Text(sentence) for sentence in said]


def _left_out(matrix: Matrix, rows: Sequence[PairRow]) -> str:
    if not rows:
        return ""
    share = percent(matrix.share(sum(row.sum for row in rows)))
    return f"and {len(rows)} more pairs with {share} of elapsed time: --all shows them.\n"


def _standard(rows: list[RuleRow], *, narrow: bool) -> Table:
    counted = [_counts(row, parts=not narrow) for row in rows]
    headings = [name for name in counted[0] if any(counts[name] for counts in counted)]
    made = table("rule", "hand-off", *headings, right=tuple(headings))
    for row, counts in zip(rows, counted, strict=True):
        between = f"{safe(row.sender)} → {safe(row.receiver)}"
        what = f"{safe(row.title)}\n{between}" if narrow else f"{safe(row.title)}, {between}"
        what += " (local target)" if row.local_target else ""
        numbers = [Text(f"{counts[name]:,}" if counts[name] else "-") for name in headings]
        made.add_row(told(row.rule), Text(what), *numbers)
    return made


def _counts(row: RuleRow, *, parts: bool) -> dict[str, int]:
    """Return the counts by heading; with `parts` what of `open` is due soon, and the worse tiers of `overdue`."""
    counts: dict[str, int] = {}
    for state in STATES:
        counts[state.replace("_", " ")] = row.states[state]
        if parts and state == "open":
            counts["due soon"] = row.due_soon
        if parts and state == "overdue":
            counts |= dict(zip(("very late", "severe"), row.tiers[1:], strict=True))
    return counts
