"""Small numbers: what is printed of a table of counts so that nobody in it can be told from its totals.

A count of 1 to 4 prints as `<5`. That alone hides little: a row's total less its other cells gives it back. So
further cells are hidden until every small count could, given all that is printed, be anything from 1 to 4.

The hiding is by linear programming: for each small count, the table nearest to the true one in which it is 4
(and one in which it is 1) is looked for; the cells in which that table differs are hidden, so that whoever reads
the print cannot rule it out. Costs make it differ where few people are counted.

Source: section 8 of docs/silo_signals.md; the cutting of tables by linear programming follows Robertson 1993
(Statistics Canada) and Sande 1984.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from analysis.arrays import Floats, Ints

SMALLEST: Final = 1
LARGEST: Final = 4
FEWEST: Final = 10
"""Means, medians and percentages need so many."""
_BEYOND: Final = 1e6
"""What moving a small total out of 1 to 4 costs, a tenth of other counts: it is not printed as `<5` then."""
_ROUNDING: Final = 1e-6

Marks = NDArray[np.object_]


class Mark(StrEnum):
    """How a count is printed."""

    SHOWN = "shown"
    SMALL = "<5"
    HIDDEN = "[c]"
    """Confidential: it says nothing, not even that it is small or not small."""


class Total(NamedTuple):
    """A count that is the sum of others: positions in the list of counts."""

    of: int
    parts: tuple[int, ...]


def marks(counts: Sequence[int], totals: Sequence[Total] = ()) -> tuple[Mark, ...]:
    """Return how to print each count, together with everything that adds up to it.

    Zeros are always shown, and so is every count that nothing forces to be hidden.

    Args:
        counts: all counts that are printed, totals and grand totals included.
        totals: which of them are sums of which; a count may be part of several.

    Raises:
        ValueError: a count is negative, or a total is not the sum of its parts.
    """
    value = np.asarray(counts, dtype=np.int64)
    _check(value, totals)
    small = (value >= SMALLEST) & (value <= LARGEST)
    mark = np.where(small, Mark.SMALL, Mark.SHOWN).astype(object)
    sums = zero_sums(value.size, totals)
    dear = np.where(np.isin(np.arange(value.size), [total.of for total in totals]), _BEYOND, 10 * _BEYOND)
    for cell in map(int, np.flatnonzero(small)):
        for asked in {SMALLEST, LARGEST} - {counts[cell]}:
            cost = np.where(mark == Mark.SMALL, dear, 1.0 + value)
            other = _nearest(value, sums, _left_open(value, mark), cost, asked - counts[cell], cell)
            up, down = _left_open(value, mark)
            mark[(other > value + up + _ROUNDING) | (other < value - down - _ROUNDING)] = Mark.HIDDEN
    return tuple(Mark(one) for one in mark)


def printed(count: int, mark: Mark) -> str:
    """Return the text of a count."""
    return str(count) if mark is Mark.SHOWN else mark.value


def average_shown(n: int, mark: Mark = Mark.SHOWN) -> bool:
    """Return whether a mean or a median of n values may be printed; `mark` is how n itself is printed."""
    return n >= FEWEST and mark is Mark.SHOWN


def percentage_shown(numerator: int, n: int, mark: Mark = Mark.SHOWN) -> bool:
    """Return whether a percentage may be printed: neither its numerator nor the rest is a small number."""
    few = range(SMALLEST, LARGEST + 1)
    return average_shown(n, mark) and numerator not in few and n - numerator not in few


def zero_sums(size: int, totals: Sequence[Total]) -> sparse.csr_array:
    """Return the matrix whose product with a table is zero: a row per total, its parts less itself."""
    row = [at for at, total in enumerate(totals) for _ in range(len(total.parts) + 1)]
    column = [cell for total in totals for cell in (*total.parts, total.of)]
    sign = [s for total in totals for s in (*[1.0] * len(total.parts), -1.0)]
    return sparse.csr_array((sign, (row, column)), shape=(len(totals), size))


def _check(value: Ints, totals: Sequence[Total]) -> None:
    if (value < 0).any():
        raise ValueError("a count is 0 or more")
    for total in totals:
        if value[total.of] != value[list(total.parts)].sum():
            raise ValueError(f"the count at {total.of} is not the sum of its parts")


def _nearest(
    value: Ints, sums: sparse.csr_array, left_open: tuple[Floats, Floats], cost: Floats, by: int, cell: int
) -> Floats:
    """Return the cheapest table that adds up and has a cell moved `by` so much.

    Another cell may differ for nothing within what is left open, beyond that at its cost; zeros may not.
    There always is one: move the cell, and the totals above it.
    """
    up, down = left_open
    beyond_up, beyond_down = np.where(value > 0, np.inf, 0.0), value - down
    for room in (up, down, beyond_up, beyond_down):
        room[cell] = 0.0
    most = np.concatenate([up, beyond_up, down, beyond_down])
    least = np.zeros_like(most)
    at = cell if by > 0 else 2 * value.size + cell
    least[at] = most[at] = abs(by)
    free = np.zeros(value.size)
    found = optimize.linprog(
        np.concatenate([free, cost, free, cost]),
        A_eq=sparse.hstack([sums, sums, -sums, -sums]),
        b_eq=np.zeros(sums.shape[0]),
        bounds=np.stack([least, most], axis=1),
        method="highs",
    )
    if not found.success:
        raise ValueError(f"no other table adds up with the count at {cell} moved by {by}: {found.message}")
    raised, further, lowered, deeper = found.x.reshape(4, value.size)
    return np.asarray(value + raised + further - lowered - deeper)


def _left_open(value: Ints, mark: Marks) -> tuple[Floats, Floats]:
    """Return how far above and below its count each cell may lie, given how it is printed."""
    small, hidden = mark == Mark.SMALL, mark == Mark.HIDDEN
    up = np.where(hidden, np.inf, np.where(small, LARGEST - value, 0.0))
    down = np.where(hidden, value, np.where(small, value - SMALLEST, 0.0)).astype(np.float64)
    return up, down
