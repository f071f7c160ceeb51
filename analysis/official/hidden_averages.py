"""Averages that are hidden because those of others would give them away.

A mean of few is not printed; but a sum is the sum of its parts: what is printed of a total, less what is printed of
its parts, is the sum of the rest. Where the rest are few, alone or several together, their mean would be known. So
further averages are hidden, of the smallest counts first, until no group of few can be worked out; then those are
printed again, of the largest counts first, that were hidden in vain.

A group is whole cells that are no totals themselves, from anywhere in the table. It can be worked out where adding
and subtracting totals leaves it and else only what is printed: an integer program looks for such a group.

Source: section 8 of docs/silo_signals.md.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy import optimize, sparse

from analysis.arrays import Bools, Floats, Ints
from analysis.official.suppression import FEWEST, Mark, Total, average_shown, zero_sums

_ROUNDING: Final = 1e-6
_INFEASIBLE: Final = 2
"""What `scipy.optimize.milp` says where nothing meets all conditions."""


def averages_shown(counts: Sequence[int], marks: Sequence[Mark], totals: Sequence[Total]) -> tuple[bool, ...]:
    """Return of which cells means and medians may be printed: of 10 or more, and giving no group of few away.

    Args:
        counts: all counts that are printed.
        marks: how each count is printed, as `suppression.marks` says for these totals: a count that it hides does
            not follow from those it shows, so neither does the sum over those counted.
        totals: which of them are sums of which.
    """
    number = np.asarray(counts, dtype=np.int64)
    enough = [average_shown(count, mark) for count, mark in zip(counts, marks, strict=True)]
    may_show = np.array(enough, dtype=np.bool_)
    sums = zero_sums(number.size, totals)
    shown = _hidden_until_safe(number, may_show, sums)
    for cell in np.argsort(-number, kind="stable"):
        if may_show[cell] and not shown[cell]:
            shown[cell] = True
            shown[cell] = not _giving_away(number, shown, sums).any()
    return tuple(shown.tolist())


def _hidden_until_safe(number: Ints, may_show: Bools, sums: sparse.csr_array) -> Bools:
    """Hide the smallest of what gives a group of few away until nothing does: at the latest with all hidden."""
    shown = may_show.copy()
    while (giving := _giving_away(number, shown, sums)).any():
        shown[int(np.argmin(np.where(giving, number, np.iinfo(np.int64).max)))] = False
    return shown


def _giving_away(number: Ints, shown: Bools, sums: sparse.csr_array) -> Bools:
    """Return printed cells from which the sum over 1 to 9 people can be worked out; none where no such sum can."""
    unknown = ~shown & (number > 0)
    few = unknown & (number < FEWEST) & ~_is_total(sums)
    times = _times_each_total(number, sums, unknown, few) if few.any() else None
    if times is None:
        return np.zeros(number.size, dtype=np.bool_)
    used: Floats = np.abs(times @ sums)
    return shown & (used > _ROUNDING)


def _times_each_total(number: Ints, sums: sparse.csr_array, unknown: Bools, few: Bools) -> Floats | None:
    """Return how often to add each total so that of what is unknown a group of few remains, each cell once.

    None where no way of adding them leaves such a group.
    """
    left = sums[:, np.flatnonzero(unknown)].T
    chosen = sparse.eye_array(number.size, format="csr")[np.flatnonzero(few)]
    group = chosen[:, np.flatnonzero(unknown)].T
    totals, cells = sums.shape[0], int(np.count_nonzero(few))
    people = np.concatenate([np.zeros(totals), number[few]])
    found = optimize.milp(
        np.zeros(totals + cells),
        integrality=np.repeat([0, 1], [totals, cells]),
        bounds=optimize.Bounds(
            np.repeat([-np.inf, 0.0], [totals, cells]), np.repeat([np.inf, 1.0], [totals, cells])
        ),
        constraints=[
            optimize.LinearConstraint(sparse.hstack([left, -group]), 0.0, 0.0),
            optimize.LinearConstraint(people[np.newaxis], 1.0, FEWEST - 1.0),
        ],
    )
    if found.status == _INFEASIBLE:
        return None
    if not found.success:
        raise ValueError(f"whether averages of few follow from the others was not decided: {found.message}")
    return np.asarray(found.x[:totals])


def _is_total(sums: sparse.csr_array) -> Bools:
    return np.asarray((sums.toarray() < 0).any(axis=0), dtype=np.bool_)
