"""Which steps occur both across organisations and inside one: only these can tell a boundary from the work."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, Bools, Ints
from analysis.steps import Steps
from analysis.strata import Strata

FEWEST_A_SIDE: Final = 10


@dataclass(frozen=True, slots=True)
class SameStep:
    """One pair of activities: its steps on both sides, and P(across > inside), ties counted half."""

    from_activity: int
    to_activity: int
    finer: int
    across: int
    inside: int
    chance: float


@dataclass(frozen=True, slots=True, eq=False)
class SameSteps:
    """The steps of activity pairs that have enough of them on both sides.

    Attributes:
        steps: the steps that count.
        stratum: their activity pair (and court type), codes from 0 without gaps; shape (n,).
        strata: their waits in days, cut, laid out for comparison.
        cases: how many cases they belong to.
    """

    steps: Steps
    stratum: Ints
    strata: Strata
    cases: int

    @classmethod
    def of(cls, steps: Steps, cap: int) -> "SameSteps | None":
        """Return the steps that count, their waits cut at `cap` microseconds; None: no pair has enough.

        Args:
            steps: placed steps that started at least `cap` ago, so that the open ones have lasted as long.
            cap: microseconds.
        """
        stratum = _stratum(steps)
        counted = _counted(steps, stratum)
        if not counted.any():
            return None
        chosen = steps.only(counted)
        code = np.unique(stratum[counted], return_inverse=True)[1]
        cases, case = np.unique(chosen.case, return_inverse=True)
        wait = np.where(chosen.open, cap, np.minimum(chosen.ended - chosen.started, cap)) / DAY_US
        return cls(chosen, code, Strata.of(code, chosen.across, wait, case), cases.size)

    @property
    def weight(self) -> float:
        """Return the sum of n1 n2 / (n1 + n2) over the activity pairs."""
        across, inside = self._numbers()
        return float((across * inside / (across + inside)).sum())

    def rows(self) -> tuple[SameStep, ...]:
        """Return the activity pairs, by their codes."""
        steps, first = self.steps, np.unique(self.stratum, return_index=True)[1]
        across, inside = self._numbers()
        return tuple(
            SameStep(
                from_activity=int(steps.from_activity[place]),
                to_activity=int(steps.to_activity[place]),
                finer=int(steps.finer[place]),
                across=int(across[at]),
                inside=int(inside[at]),
                chance=float(chance),
            )
            for at, (place, chance) in enumerate(zip(first, self.strata.chances(), strict=True))
        )

    def longest(self, now: int, most: int) -> tuple[int, ...]:
        """Return the cases of the longest steps across, longest first; open ones have lasted until `now`."""
        across = self.steps.only(self.steps.across)
        wait = np.where(across.open, now, across.ended) - across.started
        order = np.lexsort((across.case, -wait))
        return tuple(dict.fromkeys(across.case[order].tolist()))[:most]

    def _numbers(self) -> tuple[Ints, Ints]:
        total, across = np.bincount(self.stratum), np.bincount(self.stratum[self.steps.across])
        return across, total - across


def both_ways(steps: Steps) -> bool:
    """Return whether any two activities follow each other across organisations as well as inside one."""
    if not len(steps):
        return False
    pair, across = _pair(steps), steps.across
    seen = np.zeros((2, int(pair.max()) + 1), dtype=np.bool_)
    seen[0, pair[across]] = True
    seen[1, pair[~across]] = True
    return bool(seen.all(axis=0).any())


def _pair(steps: Steps) -> Ints:
    """Return one code for both activities."""
    pair: Ints = steps.from_activity * (int(steps.to_activity.max(initial=0)) + 1) + steps.to_activity
    return pair


def _stratum(steps: Steps) -> Ints:
    finer = steps.finer - steps.finer.min(initial=0)
    key: Ints = _pair(steps) * (int(finer.max(initial=0)) + 1) + finer
    stratum: Ints = np.unique(key, return_inverse=True)[1]
    return stratum


def _counted(steps: Steps, stratum: Ints) -> Bools:
    """Return which steps lie in a stratum with enough steps on either side."""
    total, across = (
        np.bincount(stratum),
        np.bincount(stratum[steps.across], minlength=stratum.max(initial=0) + 1),
    )
    enough: Bools = (across >= FEWEST_A_SIDE) & (total - across >= FEWEST_A_SIDE)
    return enough[stratum]
