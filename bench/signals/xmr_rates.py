"""How often an XmR chart flags a stable series, and how soon it flags a shift.

A week counts as flagged when its own point was flagged as the chart stood then: seven points of a run that are
marked afterwards are one alarm, in the seventh week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.answers import Answer
from analysis.arrays import Floats
from analysis.series.xmr import limits_of
from analysis.series.xmr_rules import RUN, rules_of
from bench.signals.days import FIRST_MONDAY
from bench.signals.rows import Row, enough

POINTS: Final = {12: 0.054, 26: 0.035, 52: 0.027}
"""Points on which limits are locked, and the share of later weeks of a stable series that is flagged."""
_TOLERANCE: Final = 0.01
_CHARTS_LOW, _CHARTS_HIGH = 0.54, 0.67
_YEAR: Final = 52
_SERIES: Final = 100
"""Series of each kind that one job charts."""
_SHIFT_SIGMAS, _WITHIN, _SHIFTED_FROM = 4.0, 2, 26


@dataclass(frozen=True, slots=True)
class Flags:
    """What one job saw: weeks flagged and charts with a flag in the year after, by points of the limits; shifts."""

    weeks: dict[int, int]
    charts: dict[int, int]
    series: int
    shifts_found: int


def flags(seed: int) -> Flags:
    """Chart stable series for a year after their limits are locked, and series that shift after half a year."""
    by = np.random.default_rng([seed, 4])
    weeks, charts, found = dict.fromkeys(POINTS, 0), dict.fromkeys(POINTS, 0), 0
    for points in POINTS:
        for _ in range(_SERIES):
            flagged = flagged_weeks(by.standard_normal(points + _YEAR), points)
            weeks[points] += len(flagged)
            charts[points] += bool(flagged)
    for _ in range(_SERIES):
        shift = np.where(np.arange(_YEAR) >= _SHIFTED_FROM, _SHIFT_SIGMAS, 0.0)
        flagged = flagged_weeks(by.standard_normal(_YEAR) + shift, _SHIFTED_FROM)
        found += any(week < _SHIFTED_FROM + _WITHIN for week in flagged)
    return Flags(weeks, charts, _SERIES, found)


def flagged_weeks(values: Floats, points: int) -> list[int]:
    """Return the numbers of the weeks after the first `points` that were flagged as the chart stood then."""
    weeks = FIRST_MONDAY + 7 * np.arange(values.size, dtype=np.int64)
    limits = limits_of(weeks[:points], values[:points])
    if isinstance(limits, Answer):
        return []
    at_all = [at for at, rule in enumerate(rules_of(weeks, values, limits)) if rule and at >= points]
    tails = ((at, slice(max(0, at + 1 - RUN), at + 1)) for at in at_all)
    return [at for at, tail in tails if rules_of(weeks[tail], values[tail], limits)[-1] is not None]


def rows(jobs: Sequence[Flags]) -> list[Row]:
    """Return the rates beside those of the specification, all of them +/- 1 point."""
    series = sum(job.series for job in jobs)
    made = []
    for points, wanted in POINTS.items():
        rate = sum(job.weeks[points] for job in jobs) / (series * _YEAR)
        asked, title = f"{wanted:.1%} of weeks, +/- 1 point", f"XmR, stable series, limits on {points} points"
        made.append(Row("budget", title, "", asked, f"{rate:.1%}", holds=abs(rate - wanted) <= _TOLERANCE))
    shares = [sum(job.charts[points] for job in jobs) / series for points in POINTS]
    low, high = _CHARTS_LOW - _TOLERANCE, _CHARTS_HIGH + _TOLERANCE
    told, title = ", ".join(f"{share:.0%}" for share in shares), "XmR: stable charts with a flag in a year"
    holds = all(low <= share <= high for share in shares)
    made.append(Row("budget", title, "", "54 to 67 %, +/- 1 point", told, holds=holds))
    found = sum(job.shifts_found for job in jobs)
    title, asked = "XmR: shift of 4 sigma", "flagged within 2 weeks"
    return [*made, Row("budget", title, "", asked, f"{found}/{series}", holds=enough(found, series))]
