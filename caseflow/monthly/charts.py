"""Charts of the flows to look at: the gravest signals', else those with most days past due."""

from collections.abc import Iterator

from analysis.items import FlowKey
from analysis.official.suppression import FEWEST
from board.charts.survival import survival_chart
from board.document.parts import Figure, Paragraph, Part, Section
from caseflow.charting.flows import FlowSeen, seen_of
from caseflow.charting.series import drawn
from caseflow.charting.waits import curves
from caseflow.errors import CommandError
from caseflow.monthly.facts import Facts
from caseflow.monthly.what_changed import concerns_of

MOST = 3
"""Flows that are drawn."""
COHORT_DAYS = 40


def charts(facts: Facts) -> Section:
    """Return a look-back chart and a cohort chart for each of the flows to look at."""
    parts: list[Part] = [
        Paragraph(
            "Two charts for each flow to look at, because one alone misleads: the first shows what was completed "
            "week by week, the second what became of what was started."
        )
    ]
    chosen = list(_chosen(facts))[:MOST]
    if not chosen:
        parts = [Paragraph("No flow has enough in this month for a chart.")]
    for number, key in enumerate(chosen, 1):
        parts += _of_flow(facts, key, number)
    return Section("The flows to look at, in charts", parts)


def _chosen(facts: Facts) -> Iterator[FlowKey]:
    concerns = [row.about.flow for row in concerns_of(facts) if row.about.flow is not None]
    many = [
        one.key for one in facts.flows if one.started.started >= FEWEST and one.completed.stopped >= FEWEST
    ]
    yield from dict.fromkeys(key for key in (*concerns, *many) if key in facts.world.flows)


def _of_flow(facts: Facts, key: FlowKey, number: int) -> Iterator[Part]:
    name = f"{number}-{key.rule}-{key.sender}-{key.receiver}".lower()
    flow = seen_of(facts.world, facts.usual, key, facts.month.now_us, facts.month.today)
    for what, title, draw in (("weeks", "completed, by week", _weeks), ("waits", "waits", _waits)):
        try:
            yield Figure(f"{name}-{what}", f"{key.rule}: {title}", draw(flow))
        except CommandError as error:
            yield Paragraph(f"Not drawn: {error}.")


def _weeks(flow: FlowSeen) -> str:
    return drawn(flow, None)


def _waits(flow: FlowSeen) -> str:
    return survival_chart(curves(flow, COHORT_DAYS), flow.about, flow.flow.calendar.unit, hide_small=True)
