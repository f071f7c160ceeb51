"""The weekly series of a flow as an XmR chart."""

from analysis.judging.chart_limits import charted
from analysis.series.weekly import Measure, measure_of_waits, weeks_of
from board.charts.xmr import xmr_chart
from board.charts.xmr_words import Charted
from caseflow.charting.flows import FlowSeen, seen
from caseflow.charting.places import Place, Selection
from caseflow.errors import CommandError

_MEASURES = {"median": Measure.MEDIAN_WAIT, "late": Measure.LATE, "outflow": Measure.OUTFLOW}
_VIEW = "look-back: what was completed in the week"


async def xmr(place: Place, selection: Selection, measure: str | None) -> None:
    """Draw a measure of a flow; None: the one that says most of its waits.

    Raises:
        CommandError: no such flow, or no week has enough for a point.
    """
    place.save(drawn(await seen(place, selection), None if measure is None else _MEASURES[measure]))


def drawn(flow: FlowSeen, measure: Measure | None) -> str:
    """Return the XmR chart of a flow as SVG.

    Raises:
        CommandError: no week has enough for a point.
    """
    weeks = weeks_of(flow.flow, flow.view.known)
    chosen = measure or measure_of_waits(weeks)
    made = charted(flow.flow.key, weeks, chosen, flow.decisions, flow.limits)
    if not any(segment.points for segment in made.segments):
        raise CommandError(
            f"no complete week of {flow.about} has a point of {chosen.value}: a median or a share needs 10 values, "
            "any point 3 open days; try --measure outflow"
        )
    return xmr_chart(made, Charted(_title(chosen), chosen.unit, flow.about, _VIEW))


def _title(measure: Measure) -> str:
    return {Measure.MEDIAN_WAIT: "Median wait", Measure.LATE: "Late", Measure.OUTFLOW: "Outflow"}[measure]
