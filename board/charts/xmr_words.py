"""What an XmR chart says in letters."""

from dataclasses import dataclass

from analysis.series.xmr import Change, Chart, Scale
from analysis.series.xmr_rules import Limits, Rule
from board.charts.svg import Words
from board.charts.time_axis import shown_day

SHORT = {
    Rule.OUTSIDE: "outside",
    Rule.TREND: "trend of 7",
    Rule.TWO_OF_THREE: "2 of 3",
    Rule.RUN: "run of 7",
}
"""What the rules are called on a chart."""


@dataclass(frozen=True, slots=True)
class Charted:
    """What an XmR chart is about: the measure with its unit, of whom, and which view it takes."""

    measure: str
    unit: str
    about: str
    view: str


def words_of(chart: Chart, charted: Charted) -> Words:
    """Return title, subtitle, note and description of a chart."""
    return Words(_title(chart, charted), _subtitle(charted), _note(chart), _description(chart, charted))


def amount(value: float) -> str:
    """Return a value of a series as letters."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _title(chart: Chart, charted: Charted) -> str:
    points = [point for segment in chart.segments for point in segment.points]
    if not points:
        return f"{charted.measure}: no week has enough to show"
    flags = len(chart.flagged)
    last = points[-1]
    if last.rule is not None and last.change is not None:
        kind = "a concern" if last.change is Change.CONCERN else "an improvement"
        return f"{charted.measure}: the last week is {kind} ({SHORT[last.rule]})"
    said = (
        "no week differs from the usual"
        if not flags
        else f"{flags} of {len(points)} weeks differ from the usual"
    )
    return f"{charted.measure}: {said}"


def _subtitle(charted: Charted) -> str:
    return f"{charted.about}\nBy week, Monday to Sunday, in {charted.unit}; {charted.view}."


def _note(chart: Chart) -> str:
    scale = (
        " Drawn on a scale of log(1 + days), because waits are skewed."
        if chart.scale is Scale.LOG_DAYS
        else ""
    )
    definitions = (
        "Circle: an ordinary week. Triangle up: concern; down: improvement. Limits lie 2.66 mean moving ranges "
        "from the mean, the shaded zone begins at 1.773. Flagged: outside a limit, 7 weeks rising or falling, "
        f"2 of 3 in the zone, 7 on one side.{scale} Such a chart illustrates: more than half of all stable series "
        "have a flag within a year, so it opens no signal."
    )
    return "\n".join([definitions, *_rebases(chart)])


def _rebases(chart: Chart) -> list[str]:
    """Return for each rebase from when new limits hold, who decided it, and what explains it."""
    found = [segment.rebase for segment in chart.segments if segment.rebase is not None]
    return [
        f"New limits from {shown_day(one.week)}, decided by {one.by} on {shown_day(one.decided)}: {one.reason}"
        for one in found
    ]


def _description(chart: Chart, charted: Charted) -> str:
    points = [point for segment in chart.segments for point in segment.points]
    told = [f"XmR chart of {charted.measure}, {charted.about}, {len(points)} weeks."]
    if points:
        shown = [chart.scale.shown(point.value) for point in points]
        told.append(
            f"From {amount(min(shown))} to {amount(max(shown))} {charted.unit}, last {amount(shown[-1])}."
        )
    for segment in chart.segments:
        if isinstance(segment.limits, Limits):
            lines = (segment.limits.low, segment.limits.centre, segment.limits.high)
            lowest, centre, highest = (amount(chart.scale.shown(max(at, 0.0))) for at in lines)
            kind = "Trial limits" if segment.limits.trial else "Limits"
            told.append(f"{kind} {lowest} to {highest}, mean {centre}.")
    told += [f"{one}." for one in _rebases(chart)]
    told += [f"{shown_day(point.week)}: {SHORT[point.rule]}." for point in chart.flagged if point.rule]
    return " ".join(told)
