"""The section about whose the time of the month was."""

from dataclasses import replace

from analysis.mining.matrix import Matrix, PairRow, matrix
from analysis.official.suppression import FEWEST
from board.charts.flow import FlowBy, flow_chart
from board.charts.matrix import matrix_chart
from board.document.parts import Figure, Paragraph, Part, Section, Table
from caseflow.monthly.facts import Facts
from caseflow.monthly.in_short import between_share
from caseflow.monthly.small_numbers import average
from caseflow.reading.durations import percent, short
from projections.whose_time.queries import Share

_COUNTED = "All time of the month, open cases included; counts and medians are of the steps that ended in it."
MOST = 15
"""Pairs in the table."""
_DEFINITION = (
    "All time of all cases in the month, each second once: with the organisation that had the case, or on the way "
    "between two. A step leads from one event of a case to the next; time since the last event of a case that goes "
    "on is counted too, and shown as open. Share: of all time in the month. Before: the same share in the month "
    "before. Median: whole length of the steps that ended in the month, from 10 of them. Pairs with fewer are "
    "added up in the last row."
)


def where_time_went(facts: Facts) -> Section:
    """Return the table of pairs, the heat map and the bands."""
    whole = sum(one.time_s for one in facts.times)
    if not whole:
        return Section("Where time went", [Paragraph("No case had any time in this month.")])
    share = between_share(facts.times)
    said = f"{percent(share)} of all cases' time in {facts.month.title} lay between organisations."
    return Section("Where time went", [Paragraph(said), _table(facts, whole), *_charts(facts)])


def _table(facts: Facts, whole: float) -> Table:
    before = {(one.from_org, one.to_org): one.time_s for one in facts.times_before}
    whole_before = sum(before.values())
    costly = sorted(facts.times, key=lambda one: (-one.time_s, one.from_org, one.to_org))
    shown = [one for one in costly if one.steps >= FEWEST][:MOST]
    rows = [
        (
            _pair(facts, one),
            percent(one.time_s / whole),
            percent(before.get((one.from_org, one.to_org), 0.0) / whole_before) if whole_before else "-",
            percent(one.open_s / whole),
            f"{one.steps:,}",
            average(short(one.median_s), one.steps),
        )
        for one in shown
    ]
    rest = [one for one in facts.times if one not in shown]
    if rest:
        time, waiting = sum(one.time_s for one in rest), sum(one.open_s for one in rest)
        others = "1 other pair" if len(rest) == 1 else f"{len(rest)} other pairs"
        rows.append((others, percent(time / whole), "-", percent(waiting / whole), "-", "-"))
    headings = ("who had the case", "share", "before", "of it open", "steps", "median")
    return Table("The costliest pairs", headings, rows, _DEFINITION, frozenset({1, 2, 3, 4, 5}))


def _charts(facts: Facts) -> list[Part]:
    found = _matrix(facts)
    if not any(row.count >= FEWEST for row in found.rows):
        return []
    subtitle = f"{facts.profile.title}, {facts.month.title}"
    bands = flow_chart(found, FlowBy.DAYS, subtitle, FEWEST, _COUNTED)
    return [
        Figure("matrix", "The hand-off matrix", matrix_chart(found, subtitle, FEWEST, _COUNTED)),
        Figure("flow", "Who passes work to whom", bands),
    ]


def _matrix(facts: Facts) -> Matrix:
    """Return the month as a matrix: all its time, with counts and medians of the steps that ended in it."""
    found = matrix((_row(one) for one in facts.times if one.steps), facts.name)
    whole = sum(one.time_s for one in facts.times)
    between = sum(one.time_s for one in facts.times if one.between)
    inside = sum(one.time_s for one in facts.times if one.inside)
    unknown = whole - between - inside
    return replace(found, elapsed_s=whole, between_s=between, inside_s=inside, unknown_s=unknown)


def _row(one: Share) -> PairRow:
    mean = one.wait_s / one.steps
    rest: tuple[None, None, None, None, None, None] = (None, None, None, None, None, None)
    return PairRow(one.from_org, one.to_org, one.steps, mean, one.median_s, *rest, one.time_s, 0)


def _pair(facts: Facts, one: Share) -> str:
    if one.inside:
        return f"inside {facts.name(one.from_org)}"
    return f"{facts.name(one.from_org)} to {facts.name(one.to_org)}"
