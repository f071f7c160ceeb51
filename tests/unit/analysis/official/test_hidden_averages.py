"""Means of few do not follow from those of the others, and no mean is hidden in vain."""

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.official.hidden_averages import averages_shown
from analysis.official.suppression import FEWEST, Mark, Total, grid, marks

ROWS, COLUMNS = 4, 4


def table(seed: int) -> list[int]:
    """Return a table of counts with its totals, row by row; some cells are small, some empty."""
    draw = np.random.default_rng(seed)
    inner = draw.choice([0, 2, 6, 8, 15, 30, 90], size=(ROWS - 1, COLUMNS - 1))
    whole = np.vstack([inner, inner.sum(axis=0)])
    return np.column_stack([whole, whole.sum(axis=1)]).ravel().tolist()


def can_differ(cell: int, sums: list[float], hidden: list[int], totals: tuple[Total, ...]) -> bool:
    """Whether a cell's sum of days could be another one, given everything that is printed."""
    equal = np.zeros((len(totals), len(sums)))
    for row, total in enumerate(totals):
        equal[row, list(total.parts)] = 1
        equal[row, total.of] = -1
    bounds = [(0, None) if one in hidden else (value, value) for one, value in enumerate(sums)]
    ends = []
    for sign in (1.0, -1.0):
        aim = np.zeros(len(sums))
        aim[cell] = sign
        found = linprog(aim, A_eq=equal, b_eq=np.zeros(len(totals)), bounds=bounds)
        ends.append(np.inf if found.status == 3 else abs(found.fun))
    return max(ends) - min(ends) > 1e-6


@pytest.mark.parametrize("seed", range(40))
def test_no_mean_of_few_follows_from_what_is_printed_and_none_is_hidden_in_vain(seed: int) -> None:
    counts, totals = table(seed), grid(ROWS, COLUMNS)
    printed = marks(counts, totals)
    shown = averages_shown(counts, printed, totals)
    sums = [count * 30.0 for count in counts]
    few = [
        cell
        for cell, count in enumerate(counts)
        if count and (count < FEWEST or printed[cell] is not Mark.SHOWN)
    ]
    hidden = [cell for cell, count in enumerate(counts) if count and not shown[cell]]
    assert set(few) <= set(hidden)
    assert all(can_differ(cell, sums, hidden, totals) for cell in few)
    for cell in set(hidden) - set(few):
        without = [one for one in hidden if one != cell]
        assert not all(can_differ(one, sums, without, totals) for one in few)


def test_where_all_are_many_every_mean_is_printed() -> None:
    counts = [20, 30, 50, 40, 60, 100, 60, 90, 150]
    assert averages_shown(counts, marks(counts, grid(3, 3)), grid(3, 3)) == (True,) * 9
