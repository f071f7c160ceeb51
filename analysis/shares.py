"""Shares of a whole with their interval, and sums of microseconds that are exact however many there are."""

import math
from typing import Final

from analysis.answers import Answer, Effect, Sample, Status
from analysis.arrays import DAY_US, Ints

FEWEST_FOR_A_SHARE: Final = 10
_Z: Final = 1.959963984540054
"""97.5 % of a normal distribution lie below it."""


def share(part: int, whole: int, n_open: int = 0) -> Answer:
    """Return part / whole with its 95 % Wilson interval; below a whole of 10 the reason why there is none."""
    sample = Sample(whole, n_open)
    if whole < FEWEST_FOR_A_SHARE:
        why = f"a share of {whole}, where {FEWEST_FOR_A_SHARE} are needed"
        return Answer.unknown(Status.NOT_ENOUGH_DATA, why, sample)
    return Answer.known(wilson(part, whole), sample)


def wilson(part: int, whole: int) -> Effect:
    """Return a share with its 95 % Wilson interval, as `scipy.stats.binomtest(...).proportion_ci("wilson")`.

    Raises:
        ValueError: the part is not between 0 and the whole, or the whole is empty.
    """
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole} is no share")
    value = part / whole
    middle = (part + _Z**2 / 2) / (whole + _Z**2)
    spread = _Z * math.sqrt(value * (1 - value) * whole + _Z**2 / 4) / (whole + _Z**2)
    low = 0.0 if part == 0 else min(middle - spread, value)
    high = 1.0 if part == whole else max(middle + spread, value)
    return Effect(value, low, high, "share")


def total_us(microseconds: Ints) -> int:
    """Return the sum, exactly: 64 bits would overflow at 300,000 years, which a million cases reach."""
    return int((microseconds // DAY_US).sum()) * DAY_US + int((microseconds % DAY_US).sum())
