"""The four rules by which a point of an XmR chart is flagged, exactly as Making Data Count publishes them.

More rules would raise more false alarms. Source: NHS England, Making Data Count; section 4 of
docs/silo_signals.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from analysis.arrays import Bools, Floats, Ints

LIMIT: Final = 2.66
NEAR_LIMIT: Final = 1.773
"""Limits, and the zone near them, in mean moving ranges from the centre."""
RUN: Final = 7
"""Points of a trend (6 steps), and of a run on one side."""
LONGEST_GAP_DAYS: Final = 21
"""From one point to the next: two weeks may lack their point; a longer gap ends runs."""
LOCKED_FROM: Final = 12
"""Points from which limits are no longer trial limits."""


class Rule(StrEnum):
    """Why a point is flagged; where several rules hold, the first of these names it."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two-of-three"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Limits:
    """The lines of a chart, on its scale; `points` are those that the lines rest on."""

    centre: float
    mean_range: float
    points: int

    @property
    def low(self) -> float:
        """The lower limit."""
        return self.centre - LIMIT * self.mean_range

    @property
    def high(self) -> float:
        """The upper limit."""
        return self.centre + LIMIT * self.mean_range

    @property
    def near_low(self) -> float:
        """Where the zone near the lower limit begins."""
        return self.centre - NEAR_LIMIT * self.mean_range

    @property
    def near_high(self) -> float:
        """Where the zone near the upper limit begins."""
        return self.centre + NEAR_LIMIT * self.mean_range

    @property
    def trial(self) -> bool:
        """Whether they must be shown as trial limits."""
        return self.points < LOCKED_FROM


def rules_of(weeks: Ints, values: Floats, limits: Limits) -> tuple[Rule | None, ...]:
    """Return for each point the rule that flags it, or None.

    Args:
        weeks: shape (n,), rising: the Mondays as day numbers; weeks without a point are not in it.
        values: shape (n,), on the scale of the limits.
        limits: the lines that hold for these points.
    """
    ends = np.flatnonzero(np.diff(weeks) > LONGEST_GAP_DAYS) + 1
    return tuple(rule for part in np.split(values, ends) for rule in _rules_of_stretch(part, limits))


def on_one_side(values: Floats, limits: Limits) -> Bools:
    """Return which points are part of 7 in a row on one side of the centre; one exactly on it breaks the run."""
    side = np.sign(values - limits.centre)
    return _part_of(side, RUN, lambda window: (window == 1).all(axis=1) | (window == -1).all(axis=1))


def _rules_of_stretch(values: Floats, limits: Limits) -> list[Rule | None]:
    held = {
        Rule.OUTSIDE: (values < limits.low) | (values > limits.high),
        Rule.TREND: _in_trend(values),
        Rule.TWO_OF_THREE: _near_limit(values, limits),
        Rule.RUN: on_one_side(values, limits),
    }
    return [next((rule for rule, flags in held.items() if flags[n]), None) for n in range(values.size)]


def _in_trend(values: Floats) -> Bools:
    return _part_of(values, RUN, _strictly_one_way)


def _strictly_one_way(window: Floats) -> Bools:
    steps = np.diff(window, axis=1)
    return np.logical_or((steps > 0).all(axis=1), (steps < 0).all(axis=1))


def _near_limit(values: Floats, limits: Limits) -> Bools:
    """Two of three in the outer third, all three on one side: only the points in the outer third are flagged."""
    upper = (values > limits.near_high) & (values <= limits.high)
    lower = (values < limits.near_low) & (values >= limits.low)
    above = _two_and_all(upper, values > limits.centre)
    below = _two_and_all(lower, values < limits.centre)
    return (upper & above) | (lower & below)


def _two_and_all(outer: Bools, side: Bools) -> Bools:
    both = np.stack([outer, side], axis=1).astype(np.float64)
    return _part_of(both, 3, lambda window: (window[:, 0].sum(axis=1) >= 2) & window[:, 1].all(axis=1))


def _part_of(values: Floats, length: int, holds: Callable[[Floats], Bools]) -> Bools:
    """Return which of n values, shape (n, ...), lie in some window of this length for which a condition holds."""
    flagged = np.zeros(len(values), dtype=np.bool_)
    if len(values) >= length:
        for first in np.flatnonzero(holds(sliding_window_view(values, length, axis=0))):
            flagged[first : first + length] = True
    return flagged
