"""Survival curves: what share of a cohort still waits after so many days, open ones included."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.answers import Answer
from analysis.waits.survival import Curve, Quantile
from board.charts.letters import beside
from board.charts.look import BLUE, INK, ORANGE, SMALL, SOFT, TEAL
from board.charts.svg import Marks, Words, foot, head, svg

_LINES: Final = ((BLUE, "-"), (ORANGE, (0, (5, 2))), (TEAL, (0, (1.5, 1.5))))
"""Told apart by their dashes as well."""
_NAME: Final = 0.17
"""Height of a curve's name of three lines, as part of the axes."""
_ROW: Final = 0.2
"""Inches of a line of the table below."""


@dataclass(frozen=True, slots=True)
class Waits:
    """One curve: what it is of, and its median or the reason why there is none."""

    label: str
    curve: Curve
    median: Quantile | Answer


def survival_chart(
    waits: Sequence[Waits], about: str, unit: str = "open days", *, hide_small: bool = False
) -> str:
    """Return up to three survival curves as SVG, with their bands, medians, and the numbers at risk below.

    A median that is not reached is said to be more than the longest follow-up, and drawn nowhere. `hide_small` is
    for pages that leave the house: counts of 1 to 4 are written as `<5`.
    """
    words = Words(
        median_sentence(waits, unit),
        f"{about}\nShare still waiting after so many {unit}. Cohort view: what was started, open ones as far as "
        "they have come.",
        NOTE,
        described(waits, unit, hide_small=hide_small),
    )
    width, body = 9.6, 3.7
    table = _ROW * (len(waits) + 1) + 0.5
    top, below = head(words, width) + 0.1, foot(words, width) + 0.1

    def draw(figure: Figure, marks: Marks) -> None:
        height = top + body + table + below
        axes = figure.add_axes((0.075, (below + table) / height, 0.72, body / height))
        draw_curves(axes, waits, unit, marks)
        _at_risk(axes, waits, body, hide_small=hide_small)

    return svg(words, width, top + body + table + below, draw)


NOTE: Final = (
    "Kaplan-Meier, with 95 % log-log bands; a tick marks waits that are open or left without their stop "
    "(censored). The median is where half of the waits are over; its interval is where the band crosses one half."
)


def draw_curves(axes: Axes, waits: Sequence[Waits], unit: str, marks: Marks) -> None:
    """Draw the curves into axes."""
    axes.set_xlim(0, max((_shown_until(one.curve) for one in waits), default=10.0) * 1.01)
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    axes.set_xlabel(unit)
    axes.grid(axis="y")
    axes.axhline(0.5, color=SOFT, lw=0.9, ls=":")
    for number, one in enumerate(waits):
        _curve(axes, one, number, unit, marks)
    _label(axes, waits, unit)


def median_text(median: Quantile | Answer, unit: str) -> str:
    """Return a median in words: `median 12`, or that it is not reached, or that there is not enough to say."""
    if isinstance(median, Answer):
        return "too few for a median"
    if median.value is None:
        return f"median not reached: more than {median.longest:,.0f} {unit}"
    interval = f" ({_end(median.low)} to {_end(median.high)})"
    return f"median {median.value:,.0f} {unit}{interval}"


def median_sentence(waits: Sequence[Waits], unit: str) -> str:
    """Return the sentence that the curves show: the median of the last one, beside that of the first."""
    if not waits:
        return "Nothing was started"
    last = waits[-1].median
    if isinstance(last, Answer):
        return f"{waits[-1].label}: {last.why}"
    said = (
        f"not even half were over after {last.longest:,.0f} {unit}"
        if last.value is None
        else f"half were over after {last.value:,.0f} {unit}"
    )
    first = waits[0].median
    if len(waits) == 1 or isinstance(first, Answer) or first.value is None:
        return f"{waits[-1].label}: {said}"
    return f"{waits[-1].label}: {said}, where {first.value:,.0f} was usual"


def described(waits: Sequence[Waits], unit: str, *, hide_small: bool = False) -> str:
    """Return the curves in words; with `hide_small` without their counts."""
    told = [
        f"{one.label}: "
        + (
            ""
            if hide_small
            else f"{one.curve.at_risk[0]} waits, {one.curve.completions.sum()} of them over, "
        )
        + f"{median_text(one.median, unit)}."
        for one in waits
    ]
    return "Survival curves. " + " ".join(told)


def _curve(axes: Axes, one: Waits, number: int, unit: str, marks: Marks) -> None:
    color, dashes = _LINES[number % len(_LINES)]
    curve = one.curve
    times = np.concatenate([[0.0], curve.times])
    share = np.concatenate([[1.0], curve.survival])
    low, high = (np.concatenate([[1.0], bound]) for bound in curve.band())
    axes.fill_between(times, low, high, step="post", color=color, alpha=0.13, lw=0)
    (line,) = axes.step(times, share, where="post", color=color, ls=dashes, lw=1.9)
    marks.add(line, "curve", one.label)
    left = curve.at_risk - curve.completions - np.append(curve.at_risk[1:], 0)
    axes.plot(curve.times[left > 0], curve.survival[left > 0], "|", color=color, ms=5, mew=0.9)
    if isinstance(one.median, Quantile) and one.median.value is not None:
        axes.plot([one.median.value] * 2, [0, 0.5], color=color, lw=0.9, ls=dashes)
        (dot,) = axes.plot(one.median.value, 0.5, "o", color=color, ms=5)
        marks.add(dot, "median", f"{one.label}: {median_text(one.median, unit)}")


def _shown_until(curve: Curve) -> float:
    """Return the time up to which a curve is worth looking at.

    Where half of the waits are over, that is four times the time at which nothing much follows, as long as enough
    are left to look at (1 % of the waits, 3 at least); else all that is known.
    """
    if float(curve.survival[-1]) > 0.5:
        return curve.longest
    enough = curve.times[curve.at_risk >= max(3.0, 0.01 * float(curve.at_risk[0]))]
    flat = float(curve.times[int(np.argmax(curve.survival <= curve.survival[-1] + 0.02))])
    return max(min(float(enough[-1]) if enough.size else curve.longest, 4 * flat), 10.0)


def _label(axes: Axes, waits: Sequence[Waits], unit: str) -> None:
    """Name the curves at their ends, from the lowest up, without one name upon another."""
    right = axes.get_xlim()[1]
    ends = [float(one.curve.survival[np.searchsorted(one.curve.times, right) - 1]) for one in waits]
    least = 0.03
    for number in sorted(range(len(waits)), key=lambda n: (ends[n], n)):
        one, at = waits[number], max(ends[number], least)
        median = median_text(one.median, unit).replace(": ", ":\n").replace(" (", "\n(")
        beside(axes, f"{one.label}\n{median}", (right, at), (8, 0), "w", _LINES[number % len(_LINES)][0])
        least = at + _NAME


def _at_risk(axes: Axes, waits: Sequence[Waits], body: float, *, hide_small: bool) -> None:
    """Write below the axis how many are still waiting and followed at each tick."""
    first, last = axes.get_xlim()
    ticks = [float(tick) for tick in axes.get_xticks() if first <= tick <= last]
    to_part = 1 / body
    transform = axes.get_xaxis_transform()
    at = -0.52 * to_part
    axes.text(0, at, "still waiting and followed", size=SMALL, color=SOFT, transform=transform, ha="left")
    for number, one in enumerate(waits):
        y = at - _ROW * (number + 1) * to_part
        color = _LINES[number % len(_LINES)][0]
        for tick in ticks:
            place = int(np.searchsorted(one.curve.times, tick))
            count = int(one.curve.at_risk[place]) if place < one.curve.times.size else 0
            align = "left" if tick == 0 else "center"
            text = "<5" if hide_small and 0 < count < 5 else f"{count:,}"
            axes.text(tick, y, text, size=SMALL, color=INK, ha=align, transform=transform)
        beside(axes, one.label, (last, y), (8, 0), "sw", color, from_top=True)


def _end(value: float | None) -> str:
    return "not reached" if value is None else f"{value:,.0f}"
