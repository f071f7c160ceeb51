"""`caseflow report waits`, as people read it."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.answers import Answer
from analysis.waits.comparison import Comparison, Group
from analysis.waits.survival import Quantile, RestrictedMean
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import table, told
from caseflow.reading.waits_rows import WaitsReport

NARROW = 100
_TOO_FEW = "too few"
_LEAST_P = 1e-4
"""Below it a p is only called small."""


def print_waits(console: Console, report: WaitsReport) -> None:
    """Print the groups beside each other, and what can and cannot be said of them."""
    head = report.head
    title = f"{head.rule}, {head.title}: waits in {head.unit} by {report.by.value}"
    console.print(Text(safe(title), style="bold"))
    console.print(f"Begun and known by {head.known_by}; what is not over counts as far as it has come.\n")
    if not report.found.groups:
        console.print("No wait began in that time.")
        return
    console.print(_groups(report.found, narrow=console.width < NARROW))
    console.print()
    for sentence in _sentences(report.found, head.unit):
        console.print(sentence)


def _groups(found: Comparison, *, narrow: bool) -> Table:
    mean = "mean" if found.tau is None else f"mean to {found.tau:g}"
    numbers = ["waits", "not over", "median", "90 %", mean, "pace", "p"]
    made = table("group", *numbers, right=tuple(numbers), gap=1 if narrow else 2)
    for group in found.groups:
        cells = (
            f"{group.waits:,}",
            f"{group.n_open:,}",
            quantile_text(group.median, interval=not narrow),
            quantile_text(group.long, interval=not narrow),
            f"{group.mean.value:.1f}" if isinstance(group.mean, RestrictedMean) else _TOO_FEW,
            *_pace(group),
        )
        made.add_row(told(group.name), *map(Text, cells))
    return made


def quantile_text(found: Quantile | Answer, *, interval: bool) -> str:
    """Return a quantile, with its interval where that is asked for; how long it is over where it is not reached."""
    if isinstance(found, Answer):
        return _TOO_FEW
    if found.value is None:
        return f"over {found.longest:g}"
    if not interval:
        return f"{found.value:g}"
    low = "0" if found.low is None else f"{found.low:g}"
    high = "?" if found.high is None else f"{found.high:g}"
    return f"{found.value:g} ({low} to {high})"


def _pace(group: Group) -> tuple[str, str]:
    if group.times is None or group.p is None:
        return "-", "-"
    return f"{group.times:.2f} times", _p(group.p)


def _p(p: float) -> str:
    return f"< {_LEAST_P:g}" if p < _LEAST_P else f"{p:.4f}" if p < 0.1 else f"{p:.2f}"


def _sentences(found: Comparison, unit: str) -> Iterator[str]:
    overall = found.overall
    if isinstance(overall, Answer):
        yield f"Whether groups differ cannot be said: {overall.why}."
        return
    yield f"Whether any group differs from the others, log-rank: p {_p(overall.p)}."
    if found.tau is not None:
        yield f"mean: every wait cut at {found.tau:g} {unit}, so far all groups of ten waits or more were followed."
    yield "pace: what was completed over what the pace of all groups together would give; below 1 is slower."
    yield "p: of the pace, adjusted for the number of groups. It does not say why: their cases may differ too."
