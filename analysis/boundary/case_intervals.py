"""Intervals of a comparison when cases, and not steps, are the sample: a case's steps resemble each other."""

from typing import Final, NamedTuple

import numpy as np
from scipy import stats

from analysis.answers import Effect
from analysis.arrays import Floats
from analysis.boundary.influence import errors
from analysis.boundary.strata import Strata

RESAMPLES: Final = 1_999
MOST_DRAWN: Final = 50_000
"""Above so many cases the interval follows from each case's influence, which by then says the same."""
_Z: Final = 1.959963984540054
"""97.5 % of a normal distribution lie below it."""


class Intervals(NamedTuple):
    """P(first greater) and the difference of means in days, with 95 % intervals; p is two-sided, of P = 0.5."""

    chance: Effect
    days: Effect
    p: float


def intervals(strata: Strata, seed: int) -> Intervals:
    """Return the comparison with the percentile bootstrap over cases, 1,999 resamples.

    Values are in days. A value that lies outside the percentiles (which a skewed sample allows) is the end
    of its interval.
    """
    if strata.cases > MOST_DRAWN:
        return _by_influence(strata)
    value = strata.compared(np.ones(strata.cases, dtype=np.int64))
    chances, differences = strata.resampled(RESAMPLES, seed)
    some = np.isfinite(chances)
    chances, differences = chances[some], differences[some]
    tail = min(np.count_nonzero(chances <= 0.5), np.count_nonzero(chances >= 0.5))
    p = min(1.0, 2 * (1 + float(tail)) / (1 + chances.size))
    return Intervals(_between(value.chance, chances, "P"), _between(value.difference, differences, "days"), p)


def _between(value: float, drawn: Floats, unit: str) -> Effect:
    low, high = (float(end) for end in np.percentile(drawn, (2.5, 97.5)))
    return Effect(value, min(low, value), max(high, value), unit)


def _by_influence(strata: Strata) -> Intervals:
    value = strata.compared(np.ones(strata.cases, dtype=np.int64))
    error = errors(strata)
    spread, apart = _Z * error.chance, _Z * error.difference
    p = float(2 * stats.norm.sf(abs(value.chance - 0.5) / error.chance)) if error.chance else 1.0
    return Intervals(
        Effect(value.chance, value.chance - spread, value.chance + spread, "P"),
        Effect(value.difference, value.difference - apart, value.difference + apart, "days"),
        p,
    )
