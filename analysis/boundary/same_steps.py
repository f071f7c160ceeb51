"""Which steps occur both across organisations and inside one: only these can tell a boundary from the work.

How a step will end is known when it begins, or only when it has ended. Of those whose end was foreseen all are
compared, open ones too; of the others those that ended within the cap. Which they are is settled when the cap has
passed, whatever becomes of the rest: no step enters, or leaves, a comparison by being late.

Source: docs/decisions/0016-open-steps-and-the-boundary.md.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, Bools, Ints
from analysis.boundary.left_early import followed_until, standing_in
from analysis.boundary.strata import Strata
from analysis.steps import Steps

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
        steps: the steps that count; those of which it was foreseen, with the end that was.
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

        A pair whose end was foreseen on both sides often enough is compared by these steps alone. One that ended
        otherwise before the cap leaves the comparison there, and others stand in for it; waits are then cut where
        no more than ten of either side can be followed any longer. Any other pair is compared by the steps that
        ended so within the cap.

        Args:
            steps: as known, started at least `cap` ago, so that the open ones have lasted as long.
            cap: microseconds.
        """
        kept, left = _compared(steps, cap)
        stratum = np.unique(_key(kept, kept), return_inverse=True)[1]
        side = 2 * stratum + kept.across
        wait = np.minimum(kept.ended - kept.started, cap)
        until = followed_until(side, wait, left, 2 * int(stratum.max(initial=-1)) + 2, FEWEST_A_SIDE)
        ends = until.reshape(-1, 2).min(axis=1)[stratum]
        left &= wait < ends
        wait = np.minimum(wait, ends)
        weight = standing_in(side, wait, left)
        chosen, stratum, wait, weight = kept.only(~left), stratum[~left], wait[~left], weight[~left]
        if not len(chosen):
            return None
        cases, case = np.unique(chosen.case, return_inverse=True)
        strata = Strata.of(stratum, chosen.across, wait / DAY_US, case, weight)
        return cls(chosen, stratum, strata, cases.size)

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

    def unplaced(self, steps: Steps, cap: int) -> int:
        """Return how many of these steps lasted `cap` microseconds or longer, open or not, and are not compared."""
        return _long(steps, cap) - _long(self.steps, cap)

    def covered(self, steps: Steps) -> float | None:
        """Return the share (0 to 1) of these steps' hand-offs whose activities are compared; None without any."""
        hand_offs = steps.only(steps.across & steps.placed)
        if not len(hand_offs):
            return None
        return float(np.isin(_key(hand_offs, steps), _key(self.steps, steps)).mean())

    def _numbers(self) -> tuple[Ints, Ints]:
        total, across = np.bincount(self.stratum), np.bincount(self.stratum[self.steps.across])
        return across, total - across


def both_ways(steps: Steps) -> bool:
    """Return whether any two activities, and what is finer, occur across organisations as well as inside one."""
    if not len(steps):
        return False
    key, across = _key(steps, steps), steps.across
    seen = np.zeros((2, int(key.max()) + 1), dtype=np.bool_)
    seen[0, key[across]] = True
    seen[1, key[~across]] = True
    return bool(seen.all(axis=0).any())


def _compared(steps: Steps, cap: int) -> tuple[Steps, Bools]:
    """Return the steps of pairs with enough on both sides, and which of them ended otherwise than was foreseen."""
    foreseen = steps.only(steps.foreseen)
    awaited = replace(foreseen, to_activity=foreseen.foreseen_activity, to_org=foreseen.foreseen_org)
    otherwise = (foreseen.to_activity != awaited.to_activity) | (foreseen.to_org != awaited.to_org)
    left: Bools = otherwise & (foreseen.ended - foreseen.started < cap)
    pair = _key(awaited, steps)
    whole = _enough(pair, awaited.across, ~left)
    in_time = steps.placed & (steps.ended - steps.started < cap)
    others = in_time & ~np.isin(_key(steps, steps), pair[whole])
    ended = steps.only(others & _enough(_key(steps, steps), steps.across, others))
    kept = awaited.only(whole)
    return kept.joined(ended), np.concatenate([left[whole], np.zeros(len(ended), dtype=np.bool_)])


def _pair(some: Steps, steps: Steps) -> Ints:
    """Return one code for both activities of some of the steps."""
    most = max(int(steps.to_activity.max(initial=0)), int(steps.foreseen_activity.max(initial=0)))
    pair: Ints = some.from_activity.astype(np.int64) * (most + 1) + some.to_activity
    return pair


def _key(some: Steps, steps: Steps) -> Ints:
    """Return one code for both activities, and what is finer, of some of the steps."""
    least, most = int(steps.finer.min(initial=0)), int(steps.finer.max(initial=0))
    key: Ints = _pair(some, steps) * (most - least + 1) + some.finer - least
    return key


def _long(steps: Steps, cap: int) -> int:
    return int(np.count_nonzero(steps.ended - steps.started >= cap))


def _enough(key: Ints, across: Bools, among: Bools) -> Bools:
    """Return which steps have a key that enough of those it is asked among have on either side."""
    found, code = np.unique(key, return_inverse=True)
    sides = [np.bincount(code[among & side], minlength=found.size) for side in (across, ~across)]
    enough: Bools = (sides[0] >= FEWEST_A_SIDE) & (sides[1] >= FEWEST_A_SIDE)
    return enough[code]
