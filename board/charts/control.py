"""Control charts day by day: what happened beside what the usual pace gives, and the band of its chance."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.series.control import BAND, Daily
from board.charts.letters import beside
from board.charts.look import BLUE, FAINT, INK, ORANGE, SOFT
from board.charts.svg import Marks, Words, foot, head, svg
from board.charts.time_axis import shown_day, time_axis

_SUMMED = 20
"""Open days that the title sums up, as the weekly tests do."""


def outflow_chart(daily: Daily, about: str, within: str = "") -> str:
    """Return the outflow as SVG: completions by day beside the usual ones.

    Args:
        daily: the figures.
        about: the flow, and until when it is known.
        within: up to which age completions are in the figures ("13 open hours"); empty: all are.
    """
    completed = f"completed within {within}" if within else "completed"
    observed, expected = int(daily.observed[-_SUMMED:].sum()), float(daily.expected[-_SUMMED:].sum())
    title = (
        f"In the last {min(_SUMMED, daily.days.size)} open days {observed:,} were {completed} "
        f"where the usual pace gives {expected:,.0f}"
    )
    return _chart(
        daily, title, f"{about}\n{completed.capitalize()} on each open day of the receiver.", completed
    )


def open_age_chart(daily: Daily, age: int, about: str, unit: str = "open days") -> str:
    """Return the old open items as SVG: how many were open past an age (in `unit`), beside the usual number."""
    observed, expected = int(daily.observed[-1]), float(daily.expected[-1])
    verb = "is" if observed == 1 else "are"
    title = f"{observed:,} {verb} open after {age} {unit} or more where the usual pace leaves {expected:,.0f}"
    return _chart(
        daily, title, f"{about}\nOpen at the end of each open day, {age} {unit} old or older.", "open"
    )


def _chart(daily: Daily, title: str, subtitle: str, what: str) -> str:
    outside = _outside(daily)
    note = (
        "Line: what the locked baseline gives for the items at hand, by their ages. Shaded: its "
        f"{BAND * 100:.1f} % band. Circle: a day inside it. Triangle: outside, pointing to the side. One day "
        "outside is no signal by itself."
    )
    told = (
        f"Control chart of {daily.days.size} open days, {int(outside.astype(bool).sum())} outside the band. "
        f"From {shown_day(daily.days[0])} to {shown_day(daily.days[-1])}."
    )
    words = Words(title, subtitle, note, told)
    width, body = 10.0, 3.3
    top, below = head(words, width) + 0.1, foot(words, width) + 0.55

    def draw(figure: Figure, marks: Marks) -> None:
        height = top + body + below
        axes = figure.add_axes((0.07, below / height, 0.83, body / height))
        _draw(axes, daily, what, marks)

    return svg(words, width, top + body + below, draw)


def _draw(axes: Axes, daily: Daily, what: str, marks: Marks) -> None:
    axes.grid(axis="y")
    axes.set_ylabel(what)
    axes.fill_between(daily.days, daily.low, daily.high, color=FAINT, alpha=0.6, lw=0, zorder=1)
    axes.plot(daily.days, daily.expected, color=INK, lw=1.2, zorder=2)
    beside(axes, "usual pace", (float(daily.days[-1]), float(daily.expected[-1])), (8, 0), "w", INK)
    beside(axes, "99.9 % band", (float(daily.days[-1]), float(daily.high[-1])), (8, 0), "w", SOFT)
    axes.plot(daily.days, daily.observed, color=BLUE, lw=0.8, alpha=0.6, zorder=3)
    for day, count, expected, side in zip(
        daily.days, daily.observed, daily.expected, _outside(daily), strict=True
    ):
        told = f"{shown_day(day)}: {count:,} {what}, usual {expected:.1f}"
        style = {-1: ("v", ORANGE, ORANGE), 0: ("o", "white", BLUE), 1: ("^", ORANGE, ORANGE)}[int(side)]
        marker, fill, edge = style
        (dot,) = axes.plot(
            day, count, marker, ms=7 if side else 4.2, mfc=fill, mec=edge, mew=1.0, clip_on=False
        )
        marks.add(dot, "flag" if side else "point", told)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
    axes.set_ylim(0, 1.12 * max(float(daily.high.max()), float(daily.observed.max()), 1.0))
    time_axis(axes, float(daily.days[0]) - 1, float(daily.days[-1]) + 1)


def _outside(daily: Daily) -> np.ndarray:
    """Return -1 below the band, 1 above it, 0 inside."""
    return np.where(daily.observed < daily.low, -1, np.where(daily.observed > daily.high, 1, 0))
