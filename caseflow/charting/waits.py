"""The waits of a flow: survival curves, both views side by side, and the control charts of its days."""

from analysis.answers import Answer
from analysis.engine.baseline import Baseline
from analysis.items import Known
from analysis.series.control import open_over_by_day, outflow_by_day
from analysis.waits.cohorts import SideBySide, side_by_side
from analysis.waits.durations import COHORT_DAYS, Durations
from analysis.waits.survival import kaplan_meier, quantile
from board.charts.control import open_age_chart, outflow_chart
from board.charts.survival import Waits, survival_chart
from board.charts.two_views import TwoViews, two_views_chart
from caseflow.charting.flows import FlowSeen, seen
from caseflow.charting.places import Place, Selection
from caseflow.errors import CommandError
from models.instants import date_of

_OLD = 0.9
"""What is open for long: past the age by which so many of the baseline's waits were over."""
_STEP = 5
"""Open days from one point of the two views to the next."""


async def survival(place: Place, selection: Selection, days: int) -> None:
    """Draw the cohort of the last open days beside the baseline's.

    Raises:
        CommandError: no such flow, or nothing was started in these days.
    """
    flow = await seen(place, selection)
    place.save(survival_chart(curves(flow, days), flow.about, flow.flow.calendar.unit))


async def two_views(place: Place, selection: Selection, days: int) -> None:
    """Draw what was completed, week by week over the last open days, and what was started.

    Raises:
        CommandError: no such flow, or nothing was started lately.
    """
    flow = await seen(place, selection)
    place.save(
        two_views_chart(
            TwoViews(past_views(flow, days), curves(flow, COHORT_DAYS), flow.about, flow.flow.calendar.unit)
        )
    )


async def outflow(place: Place, selection: Selection, days: int) -> None:
    """Draw the completions of the last open days.

    Raises:
        CommandError: no such flow, or it has no baseline.
    """
    flow = await seen(place, selection)
    baseline = _baseline(flow)
    within = "" if baseline.judged_to is None else f"{baseline.judged_to} {flow.flow.calendar.unit}"
    place.save(outflow_chart(outflow_by_day(flow.view.waiting, baseline, days), flow.about, within))


async def open_age(place: Place, selection: Selection, days: int) -> None:
    """Draw what was open for long at the end of each of the last open days.

    Raises:
        CommandError: no such flow, it has no baseline, or so few of its waits end that no age is old.
    """
    flow = await seen(place, selection)
    baseline = _baseline(flow)
    age = baseline.quantile(_OLD)
    if age is None:
        raise CommandError(
            f"{flow.about}: not nine in ten of the baseline's waits are over, so no age is old"
        )
    daily = open_over_by_day(flow.view.waiting, baseline, age, days)
    place.save(open_age_chart(daily, age, flow.about, flow.flow.calendar.unit))


def curves(flow: FlowSeen, days: int) -> list[Waits]:
    """Return the survival curves: the baseline's where there is one, then the cohort of the last open days.

    Raises:
        CommandError: nothing was started in these days.
    """
    risk, baseline = flow.view.waiting, flow.view.baseline
    found = []
    if isinstance(baseline, Baseline):
        first, last = risk.calendar.slot(baseline.first_day), risk.calendar.slot(baseline.last_day + 1)
        usual = Durations.started_in(risk, first, last)
        found.append(Waits("Baseline", kaplan_meier(usual), quantile(usual)))
    cohort = Durations.cohort(risk, days)
    if not len(cohort):
        raise CommandError(
            f"{flow.about}: nothing was started in the last {days} open days; ask for more --days"
        )
    first = risk.since(days)
    since = date_of(int(risk.calendar.days_of(first, first + 1)[0]))
    return [*found, Waits(f"Since {since.day} {since:%b %Y}", kaplan_meier(cohort), quantile(cohort))]


def past_views(flow: FlowSeen, days: int) -> list[SideBySide]:
    """Return the two views at the end of every fifth of the last open days, from what is known now."""
    calendar, known = flow.flow.calendar.open_days, flow.view.known
    until = calendar.slot(known.day)
    slots = range(until - days // _STEP * _STEP, until + 1, _STEP)
    asked = [int(calendar.days[slot]) for slot in slots if slot >= 0]
    return [side_by_side(flow.flow.waiting(Known(known.now_us, day)), day) for day in asked]


def _baseline(flow: FlowSeen) -> Baseline:
    baseline = flow.view.baseline
    if isinstance(baseline, Answer):
        raise CommandError(f"{flow.about}: {baseline.why}")
    return baseline
