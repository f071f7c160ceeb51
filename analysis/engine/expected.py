"""Observed beside expected: the outcomes of a window, how likely chance alone is, and how large the difference."""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import special

from analysis.answers import Effect
from analysis.arrays import Bools, Floats, Ints
from analysis.engine.baseline import Baseline
from analysis.items import Risk

LOW: Final = 0.025
HIGH: Final = 0.975
"""The ends of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What was observed beside what the baseline gives.

    `variance` is that of the difference: of the outcomes, and of the baseline itself. `at_risk` counts items.
    """

    observed: int
    expected: float
    variance: float
    at_risk: int

    @property
    def times(self) -> float:
        """Observed over expected; `expected` is above 0."""
        return self.observed / self.expected


def at_work(risk: Risk, slots: int) -> Risk:
    """Return the items at risk in any of the last `slots` open days: enough for every window up to that length."""
    first = max(risk.until - slots, 0)
    kept = np.flatnonzero((risk.end >= first) & (risk.start < risk.until))
    start, end, outcome = risk.start[kept], risk.end[kept], risk.outcome[kept]
    return replace(risk, start=start, end=end, outcome=outcome, item=risk.item[kept])


def outcomes_in(risk: Risk, baseline: Baseline, slots: int) -> Expected:
    """Return the outcomes in the last `slots` open days before the judged one, beside the baseline's.

    E = sum over days t and ages k of w_t R_kt h_k, with R_kt items at risk and w_t the day's declared strength;
    V = phi * sum of R_kt w_t h_k (1 - w_t h_k) + sum of R_k^2 var(h_k), where the ages of the pooled tail share one
    hazard and therefore one error.
    """
    return outcomes_in_each(risk, baseline, (slots,))[0]


def outcomes_in_each(risk: Risk, baseline: Baseline, windows: tuple[int, ...]) -> tuple[Expected, ...]:
    """Return `outcomes_in` of several windows, at hardly more than the cost of one."""
    first = np.maximum(risk.until - np.array(windows, dtype=np.int64), 0)[:, None]
    youngest = np.maximum(first - risk.start, 0)
    oldest = np.minimum(risk.end, risk.until - 1) - risk.start
    here = oldest >= youngest
    exposed = baseline.pooled(_by_age(youngest, oldest, here))
    spread = exposed @ baseline.spread
    strength = risk.calendar.strength(int(first.min()), risk.until)
    if (strength < 1).any():
        exposed, spread = _at_strength(risk, baseline, strength, first[:, 0])
    done = ((risk.end >= first) & ((risk.end < risk.until) & risk.outcome)).sum(axis=1)
    expected, variance = exposed @ baseline.hazard, baseline.phi * spread + exposed**2 @ baseline.error
    rows = zip(done.tolist(), expected.tolist(), variance.tolist(), here.sum(axis=1).tolist(), strict=True)
    return tuple(Expected(*row) for row in rows)


def _by_age(youngest: Ints, oldest: Ints, here: Bools) -> Ints:
    """Return for each window how many items were at risk at each age, both ends included; (windows, ages)."""
    ages = max(int(oldest.max(initial=0)), 0) + 2
    row = ages * np.arange(youngest.shape[0])[:, None]
    entering = np.bincount((youngest + row)[here], minlength=row.size * ages)
    left = np.bincount((oldest + (row + 1))[here], minlength=row.size * ages)
    return np.cumsum((entering - left).reshape(row.size, ages), axis=1)


def _at_strength(risk: Risk, baseline: Baseline, strength: Floats, first: Ints) -> tuple[Floats, Floats]:
    """Return exposures by hazard in full-strength days, and the variance, of each window: day by day."""
    exposed, spread = np.zeros((first.size, baseline.hazard.size)), np.zeros(first.size)
    for slot, weight in enumerate(strength.tolist(), start=risk.until - strength.size):
        ages = slot - risk.start[(risk.start <= slot) & (risk.end >= slot)]
        at_risk = baseline.pooled(np.bincount(ages, minlength=1)[None, :])[0]
        hazard = weight * baseline.hazard
        exposed[first <= slot] += weight * at_risk
        spread[first <= slot] += at_risk @ (hazard * (1 - hazard))
    return exposed, spread


def p_low(counts: Expected) -> float:
    """Return the probability of as few as were observed, or fewer.

    Poisson where the variance is no more than the expectation, else negative binomial with both. Equal to
    `scipy.stats.poisson.cdf` and `nbinom.cdf`, whose overhead a daily test of every flow cannot afford.
    """
    return _at_most(counts.observed, counts.expected, counts.variance)


def p_high(counts: Expected) -> float:
    """Return the probability of as many as were observed, or more; distributed as for `p_low`."""
    mean, variance = counts.expected, counts.variance
    if counts.observed == 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if variance <= mean:
        return float(special.gammainc(counts.observed, mean))
    return float(special.betainc(counts.observed, mean**2 / (variance - mean), 1 - mean / variance))


def ratio(counts: Expected, unit: str = "times") -> Effect:
    """Return observed over expected with its exact Poisson interval, widened by sqrt(V / E) where that is above 1.

    Raises:
        ValueError: nothing was expected; such a test answers `not_enough_data` before it asks for an effect.
    """
    if not counts.expected > 0:
        raise ValueError(f"{counts}: no ratio to an expectation of nothing")
    value = counts.times
    low = float(special.gammaincinv(counts.observed, LOW)) / counts.expected if counts.observed else 0.0
    high = float(special.gammaincinv(counts.observed + 1, HIGH)) / counts.expected
    wider = math.sqrt(max(1.0, counts.variance / counts.expected))
    return Effect(value, max(0.0, value - wider * (value - low)), value + wider * (high - value), unit)


def _at_most(observed: int, mean: float, variance: float) -> float:
    if mean <= 0:
        return 1.0
    if variance <= mean:
        return float(special.gammaincc(observed + 1, mean))
    return float(special.betainc(mean**2 / (variance - mean), observed + 1, mean / variance))
