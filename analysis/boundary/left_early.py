"""What stands in for those who left a comparison early, before it was seen how long they would have lasted."""

import numpy as np

from analysis.arrays import NEVER, Bools, Floats, Ints


def standing_in(group: Ints, lasted: Ints, left: Bools) -> Floats:
    """Return for how many each one counts: those who lasted longer stand in for those of their group who left.

    The weight is the inverse of the Kaplan-Meier probability of not having left before, by which the weighted
    shares are those of the Kaplan-Meier curve of the waits; those who left count 0. Weights of a group add up to
    the number of its others: where nobody left, each is exactly 1.

    Args:
        group: of each one, codes from 0; shape (n,).
        lasted: how long it was followed; who left at an instant stood beside those who ended at it.
        left: whether it left then, for a reason that has nothing to do with how long it would have lasted.

    Source: Satten and Datta, The American Statistician 55 (2001) 207.
    """
    order, bounds, there = _standing(group, lasted, left)
    group, left = group[order], left[order]
    stay = np.log(np.where(left & (there > 1), (there - 1) / there, 1.0))
    before = np.cumsum(stay) - stay
    counted = np.where(left, 0.0, np.exp(before[bounds[group]] - before))
    number, total = np.bincount(group, ~left), np.bincount(group, counted)
    weight = np.empty(group.size)
    weight[order] = counted * (number / np.where(total == 0, 1.0, total))[group]
    return weight


def followed_until(group: Ints, lasted: Ints, left: Bools, groups: int, fewest: int) -> Ints:
    """Return until when each group can be followed: until one leaves when no more than `fewest` are left.

    NEVER where none does: all others ended under observation. Beyond it too few would stand in for too many.
    Shape (groups,).
    """
    order, _, there = _standing(group, lasted, left)
    until = np.full(groups, NEVER, dtype=np.int64)
    late = left[order] & (there <= fewest)
    np.minimum.at(until, group[order][late], lasted[order][late])
    return until


def _standing(group: Ints, lasted: Ints, left: Bools) -> tuple[Ints, Ints, Ints]:
    """Return an order by group and time, where each group begins in it, and how many stand at each place."""
    order = np.lexsort((left, lasted, group))
    bounds = np.searchsorted(group[order], np.arange(int(group.max(initial=-1)) + 2))
    return order, bounds, bounds[group[order] + 1] - np.arange(group.size)
