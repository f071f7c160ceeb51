"""Averages that are hidden because those of others would give them away.

A mean of few is not printed; but a sum is the sum of its parts: where all other means of a total are printed, the
total's mean gives the hidden one back. So further averages are hidden, of the smallest counts first, until none of
few follows from the others; then those are printed again, of the largest counts first, that were hidden in vain.

Source: section 8 of docs/silo_signals.md; that a set of sums settles one of them is linear algebra.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from analysis.arrays import Bools, Floats, Ints
from analysis.official.suppression import Mark, Total, average_shown

_ROUNDING: Final = 1e-9


def averages_shown(counts: Sequence[int], marks: Sequence[Mark], totals: Sequence[Total]) -> tuple[bool, ...]:
    """Return of which cells means and medians may be printed: of 10 or more, and giving none of few away.

    Args:
        counts: all counts that are printed.
        marks: how each count is printed.
        totals: which of them are sums of which.
    """
    number = np.asarray(counts, dtype=np.int64)
    enough = [average_shown(count, mark) for count, mark in zip(counts, marks, strict=True)]
    may_show = np.array(enough, dtype=np.bool_)
    of_few = ~may_show & (number > 0)
    sums = _sums(number.size, totals)
    shown = _hidden_until_safe(number, may_show, of_few, sums)
    for cell in np.argsort(-number, kind="stable"):
        if may_show[cell] and not shown[cell]:
            shown[cell] = True
            shown[cell] = not (_settled(sums, ~shown & (number > 0)) & of_few).any()
    return tuple(shown.tolist())


def _hidden_until_safe(number: Ints, may_show: Bools, of_few: Bools, sums: Floats) -> Bools:
    """Hide the smallest beside a settled cell until none of few is settled: at the latest with all hidden."""
    shown = may_show.copy()
    while (settled := _settled(sums, ~shown & (number > 0)) & of_few).any():
        beside = (sums[(sums[:, settled] != 0).any(axis=1)] != 0).any(axis=0) & shown
        choice = beside if beside.any() else shown
        shown[int(np.argmin(np.where(choice, number, np.iinfo(np.int64).max)))] = False
    return shown


def _settled(sums: Floats, hidden: Bools) -> Bools:
    """Return which hidden cells' sums follow from the totals when everything else is known: none may vary."""
    settled = np.zeros(hidden.size, dtype=np.bool_)
    if not hidden.any():
        return settled
    _, size, turned = np.linalg.svd(sums[:, hidden], full_matrices=True)
    free = turned[int(np.count_nonzero(size > _ROUNDING)) :]
    settled[hidden] = (np.abs(free) < _ROUNDING).all(axis=0)
    return settled


def _sums(size: int, totals: Sequence[Total]) -> Floats:
    """Return the matrix whose product with a table is zero: a row per total, its parts less itself."""
    sums = np.zeros((len(totals), size))
    for row, total in enumerate(totals):
        sums[row, list(total.parts)] = 1.0
        sums[row, total.of] -= 1.0
    return sums
