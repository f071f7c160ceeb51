"""Means of few do not follow from those of the others, alone or together, and no mean is hidden in vain."""

from itertools import product
from typing import NamedTuple

import numpy as np
import pytest

from analysis.official.hidden_averages import averages_shown
from analysis.official.suppression import FEWEST, Mark, Total, marks
from tests.support.small_tables import grid


class Table(NamedTuple):
    """Counts, which of them are sums of which, and of which innermost cells each consists (cells x innermost)."""

    counts: list[int]
    totals: tuple[Total, ...]
    consists_of: np.ndarray


def crossed(seed: int) -> Table:
    """Return a table of rows and columns with its totals; some cells are small, some empty."""
    inner = np.random.default_rng(seed).choice([0, 1, 2, 3, 6, 8, 15, 30, 90], size=9)
    rows = np.vstack([np.eye(3), np.ones(3)])
    consists_of = np.kron(rows, rows)
    return Table((consists_of @ inner).astype(int).tolist(), grid(4, 4), consists_of)


def nested(seed: int) -> Table:
    """Return a table of courts in areas, by type: as the timeliness table has it, with all its totals."""
    inner = np.random.default_rng(seed).choice([0, 1, 2, 4, 5, 7, 12, 40], size=8)
    places = np.vstack([np.ones(4), [1, 1, 0, 0], [0, 0, 1, 1], np.eye(4)])
    consists_of = np.kron(np.vstack([np.ones(2), np.eye(2)]), places)
    of_places = ((0, (1, 2)), (1, (3, 4)), (2, (5, 6)))
    totals = [
        Total(7 * kind + of, tuple(7 * kind + part for part in parts))
        for kind, (of, parts) in product(range(3), of_places)
    ]
    totals += [Total(place, (7 + place, 14 + place)) for place in range(7)]
    return Table((consists_of @ inner).astype(int).tolist(), tuple(totals), consists_of)


def given_away(table: Table, hidden_counts: list[int], shown: list[int]) -> bool:
    """Whether some printed sums, added and subtracted, are that of few people or of a count that is hidden.

    Tries every union of innermost cells: all that is hidden below a total, and the differences of totals, are such.
    """
    innermost = np.array([table.counts[cell] for cell in innermost_cells(table)])
    filled = innermost > 0
    unions = np.array(list(product([0.0, 1.0], repeat=int(filled.sum()))))
    people = unions @ innermost[filled]
    asked = np.vstack(
        [unions[(people > 0) & (people < FEWEST)], table.consists_of[hidden_counts][:, filled]],
    )
    known = table.consists_of[shown][:, filled]
    rest = asked - asked @ np.linalg.pinv(known) @ known
    return bool((np.abs(rest).max(axis=1, initial=0) < 1e-9).any())


def innermost_cells(table: Table) -> list[int]:
    return [
        int(np.flatnonzero((table.consists_of == one).all(axis=1))[0])
        for one in np.eye(table.consists_of.shape[1])
    ]


@pytest.mark.parametrize("make", [crossed, nested])
@pytest.mark.parametrize("seed", range(40))
def test_no_mean_of_few_follows_from_what_is_printed_and_none_is_hidden_in_vain(make, seed: int) -> None:
    table = make(seed)
    counts, totals, _ = table
    printed = marks(counts, totals)
    found = averages_shown(counts, printed, totals)
    shown = [cell for cell, one in enumerate(found) if one]
    hidden_counts = [cell for cell, mark in enumerate(printed) if mark is Mark.HIDDEN]
    assert all(counts[cell] >= FEWEST and printed[cell] is Mark.SHOWN for cell in shown)
    assert not given_away(table, hidden_counts, shown)
    for cell, count in enumerate(counts):
        if count >= FEWEST and printed[cell] is Mark.SHOWN and cell not in shown:
            assert given_away(table, hidden_counts, [*shown, cell])


@pytest.mark.parametrize("parts", [[42, 6, 2], [43, 6, 1], [41, 5, 4], [42, 50, 6, 2]])
def test_the_mean_of_several_small_parts_together_does_not_follow_from_the_total(parts: list[int]) -> None:
    counts, totals = [sum(parts), *parts], (Total(0, tuple(range(1, len(parts) + 1))),)
    shown = averages_shown(counts, marks(counts, totals), totals)
    large = [part >= FEWEST for part in parts]
    assert shown == (True, False, *large[1:])


def test_small_parts_that_are_ten_together_hide_no_other() -> None:
    counts, totals = [52, 42, 6, 4], (Total(0, (1, 2, 3)),)
    assert averages_shown(counts, marks(counts, totals), totals) == (True, True, False, False)


def test_where_all_are_many_every_mean_is_printed() -> None:
    counts = [20, 30, 50, 40, 60, 100, 60, 90, 150]
    assert averages_shown(counts, marks(counts, grid(3, 3)), grid(3, 3)) == (True,) * 9
