"""The two views of one flow side by side: what was completed, and what was started. In a stopped flow they part."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.waits.cohorts import SideBySide
from board.charts.look import BLUE, NORMAL, SOFT
from board.charts.survival import NOTE, Waits, described, draw_curves, median_text
from board.charts.svg import Marks, Words, foot, head, svg
from board.charts.time_axis import shown_day, time_axis


@dataclass(frozen=True, slots=True)
class TwoViews:
    """One flow: its figures at several judged days, by rising day, and the waits of what was started, in `unit`."""

    days: Sequence[SideBySide]
    waits: Sequence[Waits]
    about: str
    unit: str = "open days"


def two_views_chart(views: TwoViews) -> str:
    """Return both views as SVG: left the median of what was completed (look-back), right the cohort.

    A stopped flow lets only quick items through: the left side falls while the right one says `not reached`.
    """
    words = Words(
        _title(views),
        views.about,
        f"Look-back: what was completed. Cohort: what was started. {NOTE}",
        _told(views),
    )
    width, body = 11.0, 3.6
    top, below = head(words, width) + 0.35, foot(words, width) + 0.6

    def draw(figure: Figure, marks: Marks) -> None:
        height = top + body + below
        left = figure.add_axes((0.06, below / height, 0.36, body / height))
        right = figure.add_axes((0.50, below / height, 0.34, body / height))
        _completed(left, views, marks)
        draw_curves(right, views.waits, views.unit, marks)
        right.set_title("Started: share still waiting", loc="left", size=NORMAL, weight="bold")

    return svg(words, width, top + body + below, draw)


def _completed(axes: Axes, views: TwoViews, marks: Marks) -> None:
    axes.set_title("Completed: median wait, last 30 open days", loc="left", size=NORMAL, weight="bold")
    axes.set_ylabel(views.unit)
    axes.grid(axis="y")
    known = [(one.day, one.completed_median, one) for one in views.days if one.completed_median is not None]
    axes.plot([day for day, _, _ in known], [median for _, median, _ in known], color=BLUE, lw=1.2)
    for day, median, one in known:
        (dot,) = axes.plot(day, median, "o", ms=4.6, mfc="white", mec=BLUE, mew=1.1)
        marks.add(dot, "point", f"{shown_day(day)}: {median:.1f} {views.unit}, {one.completed} completed")
    axes.set_ylim(0, max([median for _, median, _ in known], default=1.0) * 1.2)
    if views.days:
        time_axis(axes, views.days[0].day - 4, views.days[-1].day + 4)
    if not known:
        axes.text(0.5, 0.5, "too few completed", transform=axes.transAxes, ha="center", color=SOFT)


def _title(views: TwoViews) -> str:
    known = [one.completed_median for one in views.days if one.completed_median is not None]
    cohort = median_text(views.waits[-1].median, views.unit) if views.waits else "nothing was started"
    if not known:
        return f"Too few completed for a median; of what was started: {cohort}"
    change = "falls" if known[-1] < known[0] else "rises" if known[-1] > known[0] else "stays"
    return (
        f"The median of what was completed {change} from {known[0]:.0f} to {known[-1]:.0f} {views.unit}; "
        f"of what was started: {cohort}"
    )


def _told(views: TwoViews) -> str:
    shown = [
        f"{shown_day(one.day)} {one.completed_median:.1f}"
        for one in views.days
        if one.completed_median is not None
    ]
    started = described(views.waits, views.unit)
    return f"Median wait of what was completed, in {views.unit}: {', '.join(shown)}. {started}"
