"""How many items the usual pace leaves open past an age."""

import numpy as np

from analysis.arrays import Bools, Floats, Ints
from analysis.engine.baseline import Baseline
from analysis.engine.expected import Expected
from analysis.items import Risk
from analysis.open_hours import OpenTime


def open_over(risk: Risk, baseline: Baseline, age: int) -> Expected:
    """Return the items open at the judged clock at an age of `age` slots or more, beside the baseline's.

    An item started in slot s has the age k = until - 1 - s and is open with probability S_k: E is the sum of S
    over all arrivals old enough, open or not.
    """
    return open_among(risk, baseline, old_at(risk, age))


def old_at(risk: Risk, age: int) -> Bools:
    """Return which items, open or not, started `age` slots or more before the judged clock; shape (n,)."""
    old: Bools = risk.until - 1 - risk.start >= age
    return old


def open_among(risk: Risk, baseline: Baseline, old_enough: Bools) -> Expected:
    """Return the items that are open among those chosen by their start alone, shape (n,), beside the baseline's.

    The variance is sum S (1 - S) + (sum S g)^2, g being the relative error of the baseline's survival: without it
    the test fires too often.
    """
    old = old_enough & (risk.start < risk.until)
    start = risk.start[old]
    oldest = int(start.min(initial=risk.until))
    arrivals = np.bincount(start - oldest, minlength=risk.until - oldest)
    survival = _survival(baseline, risk.calendar, oldest, risk.until)
    relative = baseline.greenwood_at(risk.until - 1 - np.arange(oldest, risk.until))
    own = float(arrivals @ (survival * (1 - survival)))
    return Expected(
        observed=int(np.count_nonzero(old & (risk.end >= risk.until))),
        expected=float(arrivals @ survival),
        variance=own + float(arrivals @ (survival * relative)) ** 2,
        at_risk=int(start.size),
    )


def _survival(baseline: Baseline, calendar: OpenTime, oldest: int, until: int) -> Floats:
    """Return the share still open of each slot's starts from `oldest` on; declared reduced slots allow for more."""
    survival = baseline.survival_at(until - 1 - np.arange(oldest, until))
    strength = calendar.strength(oldest, until)
    late = np.flatnonzero(strength < 1)
    return (
        survival * np.exp(_spared(baseline, late, strength[late], until - oldest)) if late.size else survival
    )


def _spared(baseline: Baseline, late: Ints, strength: Floats, size: int) -> Floats:
    """Return by how much the slots of lower strength raise the logarithm of each slot's survival, shape (size,).

    The starts of slot s were of age t - s in slot t: for each age below the tail its own hazard, for all above it
    the pooled one.
    """
    hazard = np.minimum(baseline.hazard, 1 - np.finfo(np.float64).eps)
    pooled = np.zeros(size + 1)
    pooled[late] = np.log((1 - strength * hazard[-1]) / (1 - hazard[-1]))
    after = np.cumsum(pooled[::-1])[::-1]
    spared = after[np.minimum(np.arange(size) + baseline.tail, size)]
    for age in range(min(baseline.tail, size)):
        here = late >= age
        spared[late[here] - age] += np.log((1 - strength[here] * hazard[age]) / (1 - hazard[age]))
    return spared
