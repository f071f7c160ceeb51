"""Two sides compared within strata, when cases may count more than once: probabilities, means and weights.

Every figure is a function of how often each case counts. With once each it is the plain figure; with the counts
of a draw with replacement it is that of a bootstrap resample.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.arrays import Bools, Floats, Ints


class Compared(NamedTuple):
    """What a comparison gives; averages over strata with weights n1 n2 / (n1 + n2).

    `chance` is P(a value of the first side is greater) + half P(equal), `difference` the first side's mean less
    the second's. NaN where the counts leave nothing to compare.
    """

    chance: float
    difference: float


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side's values: by stratum, then rising; arrays of shape (n,), `begins` of shape (strata,).

    `weight` says for how many a value stands, beside how often its case counts.
    """

    case: Ints
    value: Floats
    weight: Floats
    begins: Ints

    def counted(self, counts: Ints) -> Floats:
        """Return how often each value counts where case i counts counts[i] times."""
        found: Floats = counts[self.case] * self.weight
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """Values of two sides in strata, laid out for counting; build it with `of`, once.

    Attributes:
        cases: how many cases there are.
        first, second: the sides. Each has a value in every stratum.
        below, upto: how many values of the second side stand before each value of the first: those of earlier
            strata, and in its own the smaller ones, or those not greater.
    """

    cases: int
    first: Side
    second: Side
    below: Ints
    upto: Ints

    @classmethod
    def of(
        cls, stratum: Ints, is_first: Bools, value: Floats, case: Ints, weight: Floats | None = None
    ) -> "Strata":
        """Lay out n values, arrays of shape (n,).

        Args:
            stratum: codes from 0 without gaps; each has values of both sides.
            is_first: whether a value belongs to the first side.
            value: what is compared.
            case: whose value it is, codes from 0.
            weight: for how many it stands; None: each for one.
        """
        weight = np.ones(value.size) if weight is None else weight
        order = np.lexsort((value, stratum))
        stratum, is_first = stratum[order], is_first[order]
        value, case, weight = value[order], case[order], weight[order]
        new = np.ones(value.size, dtype=np.bool_)
        new[1:] = (value[1:] != value[:-1]) | (stratum[1:] != stratum[:-1])
        group = np.cumsum(new) - 1
        seconds = group[~is_first]
        sides = [
            _side(stratum[side], value[side], case[side], weight[side]) for side in (is_first, ~is_first)
        ]
        below = np.searchsorted(seconds, group[is_first], side="left")
        upto = np.searchsorted(seconds, group[is_first], side="right")
        return cls(int(case.max()) + 1, sides[0], sides[1], below, upto)

    def compared(self, counts: Ints) -> Compared:
        """Return the comparison where case i counts counts[i] times; counts have shape (cases,)."""
        first, second = self.first.counted(counts), self.second.counted(counts)
        n1, mean1 = _numbers_and_means(self.first, first)
        n2, mean2 = _numbers_and_means(self.second, second)
        both = _or_one(n1 + n2)
        weight = n1 * n2 / both
        whole = float(weight.sum())
        if whole == 0:
            return Compared(np.nan, np.nan)
        wins = self._wins(first, second, n1)
        difference = float(((mean1 - mean2) * weight).sum())
        return Compared(float((wins / both).sum()) / whole, difference / whole)

    def chances(self) -> Floats:
        """Return P(first greater) + half P(equal) of each stratum, every case counted once; shape (strata,)."""
        once = np.ones(self.cases, dtype=np.int64)
        first, second = self.first.counted(once), self.second.counted(once)
        n1, n2 = np.add.reduceat(first, self.first.begins), np.add.reduceat(second, self.second.begins)
        return np.asarray(self._wins(first, second, n1) / (n1 * n2))

    def resampled(self, resamples: int, seed: int) -> tuple[Floats, Floats]:
        """Return chance and difference of draws of cases with replacement, each of shape (resamples,).

        The draws are those of `scipy.stats.bootstrap(np.arange(cases), ..., rng=np.random.default_rng(seed))`.
        """
        rng = np.random.default_rng(seed)
        drawn = (rng.integers(0, self.cases, self.cases) for _ in range(resamples))
        found = [self.compared(np.bincount(one, minlength=self.cases)) for one in drawn]
        chance, difference = np.array(found, dtype=np.float64).T
        return chance, difference

    def _wins(self, first: Floats, second: Floats, n1: Floats) -> Floats:
        """Return per stratum how many pairs (first, second) the first wins, ties counted half."""
        before = np.concatenate([[0.0], np.cumsum(second)])
        # In halves, so that all of it is whole numbers where the weights are.
        halves = np.add.reduceat(first * (before[self.below] + before[self.upto]), self.first.begins)
        return halves / 2 - before[self.second.begins] * n1


def _side(stratum: Ints, value: Floats, case: Ints, weight: Floats) -> Side:
    begins = np.searchsorted(stratum, np.arange(stratum[-1] + 1))
    return Side(case, value.astype(np.float64), weight, begins)


def _numbers_and_means(side: Side, counts: Floats) -> tuple[Floats, Floats]:
    number = np.add.reduceat(counts, side.begins)
    total = np.add.reduceat(counts * side.value, side.begins)
    return number, total / _or_one(number)


def _or_one(number: Floats) -> Floats:
    """Return the numbers, 1 in the place of 0."""
    return np.where(number == 0, 1.0, number)
