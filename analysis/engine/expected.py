"""Observed beside expected: the outcomes of a window, how likely chance alone is, and how large the difference."""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import special

from analysis.answers import Effect
from analysis.arrays import Floats, Ints
from analysis.engine.baseline import Baseline
from analysis.engine.exposure import by_hazard
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


def at_work(risk: Risk, open_days: int) -> Risk:
    """Return the items at risk in any of the last open days: enough for every window up to that length."""
    kept = np.flatnonzero((risk.end >= risk.since(open_days)) & (risk.start < risk.until))
    start, end, outcome = risk.start[kept], risk.end[kept], risk.outcome[kept]
    return replace(risk, start=start, end=end, outcome=outcome, item=risk.item[kept])


def outcomes_in(risk: Risk, baseline: Baseline, open_days: int) -> Expected:
    """Return the outcomes in the last open days before the judged one, beside the baseline's.

    E = sum over slots t and ages k of w_t R_kt h_k, with R_kt items at risk and w_t the slot's declared strength;
    V = phi * sum of R_kt w_t h_k (1 - w_t h_k) + sum of R_k^2 var(h_k), where the ages of the pooled tail share one
    hazard and therefore one error.
    """
    return outcomes_in_each(risk, baseline, (open_days,))[0]


def outcomes_in_each(
    risk: Risk, baseline: Baseline, windows: tuple[int, ...], *, late_too: bool = False
) -> tuple[Expected, ...]:
    """Return `outcomes_in` of several windows of open days, at hardly more than the cost of one.

    With `late_too` outcomes count at every age, also where none is expected (`Baseline.judged_to`).
    """
    first = np.array([risk.since(open_days) for open_days in windows], dtype=np.int64)
    until = np.full(first.size, risk.until)
    exposed, at_risk = by_hazard(risk.start, risk.end, first, until, baseline.tail)
    spread = exposed @ baseline.spread
    strength = risk.calendar.strength(int(first.min()), risk.until)
    if (strength < 1).any():
        exposed, spread = _at_strength(risk, baseline, strength, first)
    outcome = (risk.end < risk.until) & risk.outcome
    if not late_too:
        outcome &= baseline.judged(risk.end - risk.start)
    done = ((risk.end >= first[:, None]) & outcome).sum(axis=1)
    expected, variance = exposed @ baseline.pace, baseline.phi * spread + exposed**2 @ baseline.error
    rows = zip(done.tolist(), expected.tolist(), variance.tolist(), at_risk.tolist(), strict=True)
    return tuple(Expected(*row) for row in rows)


def one_of_each(counts: Expected, risk: Risk, baseline: Baseline, open_days: int) -> Expected:
    """Return the counts of a window with no more expected than one outcome of each item at a judged age in it.

    While all wait, each is expected anew in every slot: of 20 items, several times 20 where slots are hours. As a
    chance that is right, as a number to compare completions with it is not. Where every age is judged nothing
    changes.
    """
    if baseline.judged_to is None:
        return counts
    first = np.maximum(risk.start, risk.since(open_days))
    last = np.minimum(np.minimum(risk.end, risk.until - 1), risk.start + baseline.judged_to - 1)
    most = int(np.count_nonzero(last >= first))
    if counts.expected <= most:
        return counts
    return replace(counts, expected=float(most), variance=counts.variance * most / counts.expected)


def _at_strength(risk: Risk, baseline: Baseline, strength: Floats, first: Ints) -> tuple[Floats, Floats]:
    """Return exposures by hazard in full-strength slots, and the variance, of each window: part by part.

    A part is a run of slots of one strength that lies in each window altogether or not at all.
    """
    changes = int(first.min()) + 1 + np.flatnonzero(np.diff(strength))
    begins = np.unique(np.concatenate([first, changes]))
    exposed, _ = by_hazard(risk.start, risk.end, begins, np.append(begins[1:], risk.until), baseline.tail)
    weight = strength[begins - first.min()][:, None]
    hazard = weight * baseline.pace
    within = (begins >= first[:, None]).astype(np.float64)
    return within @ (weight * exposed), within @ (exposed * hazard * (1 - hazard)).sum(axis=1)


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
