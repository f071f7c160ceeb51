"""XmR charts: a weekly series between its limits, and the moving ranges below."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.answers import Answer
from analysis.arrays import WEEK
from analysis.series.xmr import SCREEN, Change, Chart, Point, Rebase, Scale, Segment
from analysis.series.xmr_rules import Limits, Rule
from board.charts.letters import beside
from board.charts.look import BLUE, FAINT, INK, ORANGE, SMALL, SOFT, TEAL
from board.charts.svg import Marks, foot, head, svg
from board.charts.time_axis import shown_day, time_axis
from board.charts.xmr_words import SHORT, Charted, amount, words_of

_MARKERS = {Change.CONCERN: ("^", ORANGE), Change.IMPROVEMENT: ("v", TEAL), None: ("D", SOFT)}
_ROUND = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_FINER = (0, 0.5, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000)
"""Days at which a scale of logarithms has ticks: the finer ones where the others would be too few."""
_NEIGHBOURS = 10.0
"""More days than that between two points, and no line joins them: a week is missing."""


Item = TypeVar("Item")


def xmr_chart(chart: Chart, charted: Charted) -> str:
    """Return an XmR chart as SVG: values above, moving ranges below.

    Ordinary weeks are open circles; flagged ones are filled, of another shape and named by their rule: no colour
    is needed to tell them. Limits of before a rebase stay drawn.
    """
    words = words_of(chart, charted)
    width, body = 10.0, 4.6
    top, below = head(words, width) + 0.05, foot(words, width) + 0.55

    def draw(figure: Figure, marks: Marks) -> None:
        height = top + body + below
        upper = figure.add_axes((0.08, (below + 1.45) / height, 0.79, (body - 1.45) / height))
        lower = figure.add_axes((0.08, below / height, 0.79, 1.1 / height), sharex=upper)
        _values(upper, chart, charted, marks)
        _ranges(lower, chart)
        weeks = [point.week for segment in chart.segments for point in segment.points] or [0]
        time_axis(lower, weeks[0] - 5, weeks[-1] + 5)
        upper.tick_params(labelbottom=False)

    return svg(words, width, top + body + below, draw)


def _values(axes: Axes, chart: Chart, charted: Charted, marks: Marks) -> None:
    axes.set_ylabel(charted.unit)
    axes.grid(axis="y")
    drawn = [segment for segment in chart.segments if segment.points]
    for number, segment in enumerate(drawn):
        end = (
            drawn[number + 1].points[0].week - 3.5
            if number + 1 < len(drawn)
            else segment.points[-1].week + 3.5
        )
        _lines(axes, segment, end, chart.scale, last=number + 1 == len(drawn))
        for stretch in _stretches(segment.points):
            weeks, values = zip(*((point.week, point.value) for point in stretch), strict=True)
            (line,) = axes.plot(weeks, values, color=BLUE, lw=1.1, zorder=3)
            marks.add(line, "series", f"{shown_day(weeks[0])} to {shown_day(weeks[-1])}")
    for segment in drawn:
        if segment.rebase is not None:
            _rebase(axes, segment.rebase)
        for point in segment.points:
            _mark(axes, point, chart, charted, marks)
        for rule, run in groupby(segment.points, key=lambda point: point.rule):
            if rule is not None:
                _name_flag(axes, max(run, key=_away(segment.limits)), rule)
    _range_of_values(axes, chart)


def _lines(axes: Axes, segment: Segment, end: float, scale: Scale, *, last: bool) -> None:
    limits, start = segment.limits, segment.points[0].week - 3.5
    if isinstance(limits, Answer):
        axes.text(
            start,
            1.0,
            f" no limits: {limits.why}",
            transform=axes.get_xaxis_transform(),
            size=SMALL,
            va="top",
        )
        return
    for near, far in ((limits.near_high, limits.high), (limits.near_low, limits.low)):
        axes.fill_between([start, end], _floor(near), _floor(far), color=FAINT, alpha=0.45, lw=0, zorder=1)
    axes.plot([start, end], [limits.centre] * 2, color=INK, lw=1.2, zorder=2)
    for at in (limits.low, limits.high):
        axes.plot([start, end], [_floor(at)] * 2, color=INK, lw=0.9, ls=(0, (6, 3)), zorder=2)
    if last:
        _name_lines(axes, limits, end, scale)


def _name_lines(axes: Axes, limits: Limits, end: float, scale: Scale) -> None:
    kind = "trial limit" if limits.trial else "limit"
    lines = ((limits.high, f"upper {kind}"), (limits.centre, "mean"), (limits.low, f"lower {kind}"))
    for at, name in lines:
        beside(axes, f"{name} {amount(scale.shown(_floor(at)))}", (end, _floor(at)), (5, 0))


def _floor(value: float) -> float:
    """Return a line no lower than 0: neither a wait nor a share nor a count can be less."""
    return max(value, 0.0)


def _rebase(axes: Axes, rebase: Rebase) -> None:
    axes.axvline(rebase.week - 3.5, color=SOFT, lw=0.8, ls=":")
    _say(axes, rebase.week - 3.5, f"new limits from {shown_day(rebase.week)}")


def _say(axes: Axes, day: float, text: str) -> None:
    """Write beside a day at the top; in the right half of the chart to its left."""
    right = day > sum(axes.dataLim.intervalx) / 2
    place = (day, 1.0), (-4 if right else 4, 0)
    beside(axes, text, *place, "ne" if right else "nw", from_top=True)


def _mark(axes: Axes, point: Point, chart: Chart, charted: Charted, marks: Marks) -> None:
    told = f"Week of {shown_day(point.week)}: {amount(chart.scale.shown(point.value))} {charted.unit}"
    if point.rule is None:
        (dot,) = axes.plot(point.week, point.value, "o", ms=4.6, mfc="white", mec=BLUE, mew=1.1, zorder=4)
        marks.add(dot, "point", told)
        return
    marker, color = _MARKERS[point.change]
    (flag,) = axes.plot(point.week, point.value, marker, ms=7.5, color=color, zorder=5)
    marks.add(flag, "flag", f"{told}: {SHORT[point.rule]}, {point.change or 'on the mean'}")


def _away(limits: Limits | Answer) -> Callable[[Point], float]:
    centre = limits.centre if isinstance(limits, Limits) else 0.0
    return lambda point: abs(point.value - centre)


def _name_flag(axes: Axes, point: Point, rule: Rule) -> None:
    """Write by which rule a point is flagged; of several in a row, at the farthest out."""
    lower = point.change is Change.IMPROVEMENT
    place = (point.week, point.value), (0, -8 if lower else 8)
    color = _MARKERS[point.change][1]
    beside(axes, SHORT[rule], *place, "n" if lower else "s", color)


def _range_of_values(axes: Axes, chart: Chart) -> None:
    values = [point.value for segment in chart.segments for point in segment.points]
    limits = [one.limits for one in chart.segments if isinstance(one.limits, Limits) and one.points]
    high = max([*values, *(one.high for one in limits)], default=1.0)
    low = min([*values, *(one.low for one in limits)], default=0.0)
    spare = 0.14 * (high - _floor(low)) or 1.0
    told = any(one.rebase is not None and one.points for one in chart.segments)
    axes.set_ylim(_floor(low - spare), high + spare * (2.2 if told else 1.0))
    if chart.scale is Scale.LOG_DAYS:
        bottom, top = axes.get_ylim()
        seen = [[days for days in marks if bottom <= np.log1p(days) <= top] for marks in (_ROUND, _FINER)]
        ticks = seen[0] if len(seen[0]) > 3 else seen[1]
        axes.set_yticks([float(np.log1p(days)) for days in ticks], [f"{days:,g}" for days in ticks])


def _ranges(axes: Axes, chart: Chart) -> None:
    """Draw the moving ranges of neighbouring weeks: none reaches across a gap or a rebase."""
    axes.set_ylabel("moving range", size=SMALL)
    axes.grid(axis="y")
    for segment in chart.segments:
        ranges = [
            (b.week, abs(b.value - a.value)) for a, b in pairwise(segment.points) if b.week - a.week == WEEK
        ]
        for stretch in _neighbours(ranges):
            axes.plot(*zip(*stretch, strict=True), color=SOFT, lw=0.9, marker="o", ms=2.6)
        if isinstance(segment.limits, Limits) and ranges:
            span = [ranges[0][0] - 3.5, ranges[-1][0] + 3.5]
            axes.plot(span, [segment.limits.mean_range] * 2, color=INK, lw=0.9)
            axes.plot(span, [SCREEN * segment.limits.mean_range] * 2, color=INK, lw=0.8, ls=(0, (6, 3)))
    axes.set_ylim(bottom=0)
    axes.locator_params(axis="y", nbins=4)
    if chart.scale is Scale.LOG_DAYS:
        axes.set_ylabel("moving range,\nlog(1 + days)", size=SMALL)


def _stretches(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Give the points without a gap between them."""
    yield from _split(points, [b.week - a.week > _NEIGHBOURS for a, b in pairwise(points)])


def _neighbours(ranges: Sequence[tuple[int, float]]) -> Iterator[list[tuple[int, float]]]:
    yield from _split(ranges, [b[0] - a[0] > _NEIGHBOURS for a, b in pairwise(ranges)])


def _split(items: Sequence[Item], breaks: Iterable[bool]) -> Iterator[list[Item]]:
    stretch: list[Item] = []
    for item, broken in zip(items, [False, *breaks], strict=bool(items)):
        if broken:
            yield stretch
            stretch = []
        stretch.append(item)
    if stretch:
        yield stretch
