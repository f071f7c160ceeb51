"""The sections about standard hand-offs: completed in the month, started in it, open at its end; never mixed."""

from collections.abc import Iterable, Sequence

from analysis.answers import Answer
from analysis.findings import About
from analysis.open_days import COUNTED_IN_DAYS as OPEN_DAYS
from analysis.perspective import Perspective, Seen, one_view
from analysis.waits.survival import Quantile
from board.document.parts import Paragraph, Section, Table
from caseflow.monthly.facts import Facts
from caseflow.monthly.flow_month import FlowMonth
from caseflow.monthly.small_numbers import TOO_FEW, average, count, part_of, share

MOST = 20
"""Flows in a table: those with most days past due in the month."""
_LOOK_BACK = (
    "View: look-back, what was completed in the month, whenever it started. Days: from start to stop, elapsed. "
    "Late: of those with a limit the share past it. Before: the month before. In a flow that stops, this view gets "
    "better while it gets worse: see the next section."
)
_COHORT = (
    "View: cohort, what was started in the month, whenever it ends. Open: not ended as far as is known. Median: by "
    "Kaplan-Meier in open days of the receiver (open hours where the cell says so), open ones counted as far as "
    "they have come; 'not reached' where fewer than half have ended. Not to be compared with look-back medians."
)
_VIEWS = {Perspective.LOOK_BACK: _LOOK_BACK, Perspective.COHORT: _COHORT}
_OPEN = (
    "Open at the end of the month (or now, where that is earlier). Age: whole open days of the receiver "
    "(or hours, where the cell says so) since the start. Past limit: of those with a limit. Excess: days past due "
    "that accrued in the month, over all items, ended or not; months add up."
)


def completed(facts: Facts) -> Section:
    """Return the look-back view."""
    pairs = [pair for pair in zip(facts.flows, facts.before, strict=True) if pair[0].completed.stopped][:MOST]
    rows = [
        (
            _about(facts, one),
            count(one.completed.stopped),
            average(_days(one.completed.median_days), one.completed.stopped),
            average(_days(before.completed.median_days), before.completed.stopped),
            share(one.completed.late, one.completed.limited),
            share(before.completed.late, before.completed.limited),
        )
        for one, before in pairs
    ]
    headings = ("hand-off", "completed", "median days", "before", "late", "before")
    definition = _definition(one.completed for pair in pairs for one in pair)
    return _section("Completed in the month", headings, rows, definition)


def started(facts: Facts) -> Section:
    """Return the cohort view."""
    flows = [one for one in facts.flows if one.started.started][:MOST]
    rows = [
        (
            _about(facts, one),
            *part_of(one.started.n_open, one.started.started),
            share(one.started.n_open, one.started.started),
            average(_median(one.started.median, one.started.unit), one.started.started),
        )
        for one in flows
    ]
    headings = ("hand-off", "started", "open", "share open", "median, open days")
    return _section("Started in the month", headings, rows, _definition(one.started for one in flows))


def still_open(facts: Facts) -> Section:
    """Return what was open at the end of the month, by age."""
    rows = [_open_row(facts, one) for one in facts.flows if one.open.n_open][:MOST]
    headings = ("hand-off", "open", "median age", "9 in 10 below", "past limit", "excess days")
    return _section("Open at the end of the month", headings, rows, _OPEN)


def _open_row(facts: Facts, one: FlowMonth) -> tuple[str, ...]:
    here, past = one.open, one.open.past_limit
    part = TOO_FEW
    if past.effect is not None:
        part = share(round(past.effect.value * past.sample.n), past.sample.n)
    return (
        _about(facts, one),
        count(here.n_open),
        average(_age(here.median_age, here.unit), here.n_open),
        average(_age(here.high_age, here.unit), here.n_open),
        part,
        average(f"{one.excess_days:,.0f}", one.overdue),
    )


def _section(
    title: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], definition: str
) -> Section:
    if not rows:
        return Section(title, [Paragraph("There was none.")])
    numbers = frozenset(range(1, len(headings)))
    return Section(title, [Table(title, headings, rows, definition, numbers)])


def _definition(figures: Iterable[Seen]) -> str:
    """Return what the one view of a table's figures means; nothing of a table without any."""
    view = one_view(figures)
    return "" if view is None else _VIEWS[view]


def _about(facts: Facts, one: FlowMonth) -> str:
    return f"{one.key.rule} {facts.world.names.subject(About(one.key))}"


def _days(value: float | None) -> str:
    return TOO_FEW if value is None else f"{value:,.1f}"


def _age(value: float | None, unit: str) -> str:
    return _days(value) if value is None else f"{_days(value)}{_hours(unit)}"


def _median(median: Quantile | Answer, unit: str) -> str:
    if isinstance(median, Answer):
        return TOO_FEW
    if median.value is None:
        return f"not reached (more than {median.longest:,.0f}{_hours(unit)})"
    return f"{median.value:,.0f}{_hours(unit)}"


def _hours(unit: str) -> str:
    """Return what is said behind a figure that is not in open days."""
    return "" if unit == OPEN_DAYS else " hours"
