"""Control charts of a flow, day by day: what happened beside what the baseline gives, and its 99.9 % band.

Source: section 3 of docs/silo_signals.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import stats

from analysis.arrays import Floats, Ints
from analysis.engine.baseline import Baseline
from analysis.engine.expected import Expected, at_work, outcomes_in
from analysis.engine.open_over import open_over
from analysis.items import Risk

BAND: Final = 0.999
"""A day of the usual pace lies outside once in a thousand."""


@dataclass(frozen=True, slots=True, eq=False)
class Daily:
    """One figure per open day of the receiver; arrays of shape (n,), by rising day.

    Attributes:
        days: local days.
        observed, expected: counts, and what the baseline gives.
        low, high: the band; a day outside it is not what the usual pace brings.
    """

    days: Ints
    observed: Ints
    expected: Floats
    low: Floats
    high: Floats


def outflow_by_day(risk: Risk, baseline: Baseline, open_days: int) -> Daily:
    """Return the outcomes on each of the last open days before the judged one, at ages that are judged."""
    recent = at_work(risk, open_days)
    return _by_day(recent, open_days, lambda then: outcomes_in(then, baseline, 1))


def open_over_by_day(risk: Risk, baseline: Baseline, age: int, open_days: int) -> Daily:
    """Return how many items were open at an age (in slots) or older at the end of each of the last open days."""
    return _by_day(risk, open_days, lambda then: open_over(then, baseline, age))


def _by_day(risk: Risk, open_days: int, counted: Callable[[Risk], Expected]) -> Daily:
    first, per_day = risk.since(open_days), risk.calendar.per_day
    found = [counted(replace(risk, until=slot + per_day)) for slot in range(first, risk.until, per_day)]
    bands = [_band(one) for one in found]
    return Daily(
        days=risk.calendar.days_of(first, risk.until)[::per_day],
        observed=np.array([one.observed for one in found], dtype=np.int64),
        expected=np.array([one.expected for one in found], dtype=np.float64),
        low=np.array([low for low, _ in bands], dtype=np.float64),
        high=np.array([high for _, high in bands], dtype=np.float64),
    )


def _band(counts: Expected) -> tuple[float, float]:
    """Return the least and the greatest count inside the band, distributed as for `p_low`."""
    mean, variance = counts.expected, counts.variance
    if mean <= 0:
        return 0.0, 0.0
    if variance <= mean:
        low, high = stats.poisson.interval(BAND, mean)
    else:
        low, high = stats.nbinom.interval(BAND, mean**2 / (variance - mean), mean / variance)
    return float(low), float(high)
