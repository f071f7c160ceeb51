"""How much each case moves a comparison: for samples so large that drawing them 1,999 times says nothing more."""

from typing import NamedTuple

import numpy as np

from analysis.arrays import Floats, Ints
from analysis.boundary.strata import Side, Strata


class Errors(NamedTuple):
    """Standard errors of a comparison when cases are drawn with replacement."""

    chance: float
    difference: float


class _Values(NamedTuple):
    """One side's values: their strata, how much the stratum has, and how far each lies above the mean there.

    `wins` are the values of the other side that a value of the first beats (or by which one of the second is
    beaten), ties counted half.
    """

    stratum: Ints
    n: Floats
    mean: Floats
    above: Floats
    wins: Floats


def errors(strata: Strata) -> Errors:
    """Return the standard errors by the infinitesimal jackknife: the root of the summed squared influences.

    A case's influence is the derivative of the figure in how often the case counts; it is exact, ties included.
    The bootstrap's standard deviation approaches this as cases are added.

    Source: Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982), chapter 6.
    """
    chance, difference = influences(strata)
    return Errors(float(np.linalg.norm(chance)), float(np.linalg.norm(difference)))


def influences(strata: Strata) -> tuple[Floats, Floats]:
    """Return each case's influence on chance and on difference, both of shape (cases,); they add up to 0."""
    one = strata.compared(np.ones(strata.cases, dtype=np.int64))
    first, second = _first(strata), _second(strata)
    both = first.n + second.n
    whole = float((first.n * second.n / both).sum())
    won = np.bincount(first.stratum, strata.first.weight * first.wins) / both**2
    apart = first.mean - second.mean - one.difference
    chance, difference = np.zeros(strata.cases), np.zeros(strata.cases)
    for side, mine, other, sign in ((strata.first, first, second, 1), (strata.second, second, first, -1)):
        at = mine.stratum
        weight = (other.n / both) ** 2  # how fast n1 n2 / (n1 + n2) grows with this side's n
        moved = mine.wins / both[at] - (won + one.chance * weight)[at]
        further = sign * mine.above * (other.n / both)[at] + (weight * apart)[at]
        chance += np.bincount(side.case, side.weight * moved, strata.cases) / whole
        difference += np.bincount(side.case, side.weight * further, strata.cases) / whole
    return chance, difference


def _first(strata: Strata) -> _Values:
    stratum, n, mean = _by_stratum(strata.first)
    before = _before(strata.second)
    wins = (before[strata.below] + before[strata.upto]) / 2 - before[strata.second.begins[stratum]]
    return _Values(stratum, n, mean, strata.first.value - mean[stratum], wins)


def _second(strata: Strata) -> _Values:
    stratum, n, mean = _by_stratum(strata.second)
    place = np.arange(stratum.size)
    ends = np.append(strata.first.begins[1:], strata.first.case.size)[stratum]
    before = _before(strata.first)
    greater = before[ends] - before[np.searchsorted(strata.below, place, side="right")]
    not_less = before[ends] - before[np.searchsorted(strata.upto, place, side="right")]
    return _Values(stratum, n, mean, strata.second.value - mean[stratum], (greater + not_less) / 2)


def _before(side: Side) -> Floats:
    """Return for how many the values before each place stand; one longer than the side."""
    return np.concatenate([[0.0], np.cumsum(side.weight)])


def _by_stratum(side: Side) -> tuple[Ints, Floats, Floats]:
    """Return each value's stratum, and per stratum for how many its values stand, and their mean."""
    stratum = np.repeat(np.arange(side.begins.size), np.diff(np.append(side.begins, side.case.size)))
    number = np.add.reduceat(side.weight, side.begins)
    return stratum, number, np.add.reduceat(side.weight * side.value, side.begins) / number
