"""How many items the usual pace leaves open past an age."""

import numpy as np

from analysis.arrays import Bools, Floats
from analysis.engine.baseline import Baseline
from analysis.engine.expected import Expected
from analysis.items import Risk
from analysis.open_days import OpenDays


def open_over(risk: Risk, baseline: Baseline, age: int) -> Expected:
    """Return the items open at the judged clock at an age of `age` open days or more, beside the baseline's.

    An item started in slot s has the age k = until - 1 - s and is open with probability S_k: E is the sum of S
    over all arrivals old enough, open or not.
    """
    return open_among(risk, baseline, old_at(risk, age))


def old_at(risk: Risk, age: int) -> Bools:
    """Return which items, open or not, started `age` open days or more before the judged clock; shape (n,)."""
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


def _survival(baseline: Baseline, calendar: OpenDays, oldest: int, until: int) -> Floats:
    """Return the share still open of each slot's starts from `oldest` on; declared reduced days allow for more."""
    slots = np.arange(oldest, until)
    survival = baseline.survival_at(until - 1 - slots)
    strength = calendar.strength(oldest, until)
    for late in np.flatnonzero(strength < 1).tolist():
        hazard = np.minimum(baseline.hazard_at(late - np.arange(late + 1)), 1 - np.finfo(np.float64).eps)
        survival[: late + 1] *= (1 - strength[late] * hazard) / (1 - hazard)
    return survival
