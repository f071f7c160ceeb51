"""Who was at risk, at what age, and when: counted by age or by slot, and never for every slot and age at once."""

import numpy as np

from analysis.arrays import Floats, Ints


def by_hazard(start: Ints, end: Ints, first: Ints, until: Ints, tail: int) -> tuple[Floats, Ints]:
    """Return the item-slots at risk in each window by age, and how many items were.

    An item is at risk from the slot it starts in to the one it ends in, both included.

    Args:
        start: slot in which each item began, shape (n,).
        end: slot in which it ended, however; NEVER while open.
        first: the first slot of each window, shape (windows,).
        until: the slot after its last one.
        tail: the ages from this one on are counted together.

    Returns:
        Of shape (windows, tail + 1), the last column for the tail; and of shape (windows,).
    """
    youngest = np.maximum(first[:, None] - start, 0)
    oldest = np.minimum(end, until[:, None] - 1) - start
    here = oldest >= youngest
    row = (tail + 1) * np.arange(first.size)[:, None]
    size = first.size * (tail + 1)
    entering = np.bincount((np.minimum(youngest, tail) + row)[here], minlength=size)
    left = np.bincount((np.minimum(oldest + 1, tail) + row)[here], minlength=size)
    exposed = np.cumsum((entering - left).reshape(first.size, tail + 1), axis=1).astype(np.float64)
    exposed[:, tail] = np.maximum(oldest + 1 - np.maximum(youngest, tail), 0).sum(axis=1)
    return exposed, here.sum(axis=1)


def by_slot(start: Ints, end: Ints, first: int, until: int, per_age: Floats) -> Floats:
    """Return for each slot from `first` to before `until` the sum of a figure over the items at risk in it.

    Takes time as slots times ages below the tail, and memory as slots and items.

    Args:
        start: slot in which each item began, shape (n,).
        end: slot in which it ended, however; NEVER while open.
        first: the first slot.
        until: the slot after the last one.
        per_age: the figures by age, the last one for all ages of the tail, shape (figures, tail + 1).

    Returns:
        Of shape (figures, until - first).
    """
    tail, last = per_age.shape[1] - 1, np.minimum(end, until - 1)
    found = per_age[:, -1:] * _at_tail(start, last, first, until, tail)
    begins = first - tail  # whoever began earlier is in the tail throughout
    young = (start >= begins) & (last >= first) & (start < until)
    begun, lasted = start[young] - begins, (last - start)[young]
    by_age = np.argsort(lasted, kind="stable")
    gone = np.searchsorted(lasted[by_age], np.arange(tail + 1))
    at_risk = np.bincount(begun, minlength=until - begins).astype(np.float64)
    for age in range(min(tail, int(lasted.max(initial=-1)) + 1)):
        found += per_age[:, age, None] * at_risk[tail - age : until - begins - age]
        np.subtract.at(at_risk, begun[by_age[gone[age] : gone[age + 1]]], 1.0)
    return found


def _at_tail(start: Ints, last: Ints, first: int, until: int, tail: int) -> Ints:
    """Return how many items were at risk in each slot at an age of the tail, shape (until - first,)."""
    since = np.maximum(start + tail, first)
    here = last >= since
    entering = np.bincount(since[here] - first, minlength=until - first + 1)
    left = np.bincount(last[here] + 1 - first, minlength=until - first + 1)
    return np.asarray(np.cumsum(entering - left)[:-1], dtype=np.int64)
