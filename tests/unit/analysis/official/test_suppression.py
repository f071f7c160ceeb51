"""Small numbers: whoever reads everything that is printed cannot narrow a small count down, nor recover any."""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.official.suppression import Mark, Total, average_shown, marks, percentage_shown, printed
from tests.support.small_tables import grid

SHOWN, SMALL, HIDDEN = Mark.SHOWN, Mark.SMALL, Mark.HIDDEN


def ranges(counts: Sequence[int], totals: Sequence[Total], printed_as: Sequence[Mark]):
    """Return what can be worked out of each count that is not shown: an attack that knows the print alone."""
    sums = np.zeros((len(totals), len(counts)))
    for row, total in enumerate(totals):
        sums[row, list(total.parts)] = 1
        sums[row, total.of] = -1
    told = {SMALL: (1, 4), HIDDEN: (0, None)}
    bounds = [told.get(mark, (count, count)) for count, mark in zip(counts, printed_as, strict=True)]
    for cell in (at for at, mark in enumerate(printed_as) if mark is not SHOWN):
        target = np.zeros(len(counts))
        target[cell] = 1
        least, most = (
            linprog(sign * target, A_eq=sums, b_eq=np.zeros(len(totals)), bounds=bounds) for sign in (1, -1)
        )
        yield cell, least.fun, np.inf if most.status == 3 else -most.fun


def with_totals(inner: np.ndarray) -> np.ndarray:
    table = np.column_stack([inner, inner.sum(axis=1)])
    return np.vstack([table, table.sum(axis=0)])


@pytest.mark.parametrize("seed", range(8))
def test_no_hidden_count_of_a_random_table_is_recovered(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(1, 6, 2)
    table = with_totals(rng.poisson(rng.gamma(0.7, rng.choice([2, 8, 30]), (rows, columns))))
    counts, totals = table.ravel().tolist(), grid(rows + 1, columns + 1)
    found = marks(counts, totals)
    for count, mark in zip(counts, found, strict=True):
        assert mark is not SHOWN or not 1 <= count <= 4
    for cell, least, most in ranges(counts, totals, found):
        if 1 <= counts[cell] <= 4:
            assert least < 1.001
            assert most > 3.999
        else:
            assert most - least > 0.5


def test_hiding_the_small_count_alone_would_give_it_away() -> None:
    table = with_totals(np.array([[3, 20, 30], [10, 12, 15], [14, 10, 19]]))
    counts, totals = table.ravel().tolist(), grid(4, 4)
    alone = [SMALL if 1 <= count <= 4 else SHOWN for count in counts]
    assert [(least, most) for _, least, most in ranges(counts, totals, alone)] == [(3, 3)]


def test_one_small_count_takes_three_others_with_it_and_no_total() -> None:
    table = with_totals(np.array([[3, 20, 30], [10, 12, 15], [14, 10, 19]]))
    found = np.array(marks(table.ravel().tolist(), grid(4, 4))).reshape(4, 4)
    assert found[0, 0] == SMALL
    assert np.count_nonzero(found == HIDDEN) == 3
    assert (found[3] == SHOWN).all()
    assert (found[:, 3] == SHOWN).all()


def test_counts_without_totals_hide_nobody_else() -> None:
    assert marks([0, 1, 4, 5, 100]) == (SHOWN, SMALL, SMALL, SHOWN, SHOWN)
    assert [printed(*one) for one in zip([0, 4, 5], (SHOWN, SMALL, HIDDEN), strict=True)] == [
        "0",
        "<5",
        "[c]",
    ]


def test_two_small_counts_hide_each_other() -> None:
    assert marks([2, 3, 40, 45], [Total(3, (0, 1, 2))]) == (SMALL, SMALL, SHOWN, SHOWN)
    assert marks([1, 4, 5], [Total(2, (0, 1))]) == (SMALL, SMALL, SHOWN)


def test_a_total_of_small_counts_does_not_give_them_away() -> None:
    counts, totals = [1, 1, 2], [Total(2, (0, 1))]
    found = marks(counts, totals)
    assert found[2] is HIDDEN  # "<5" would say that each is 3 at most
    assert all(least <= 1 and most >= 4 for _, least, most in ranges(counts, totals, found))


def test_zeros_are_shown() -> None:
    counts = with_totals(np.array([[0, 3], [0, 7]])).ravel().tolist()
    found = marks(counts, grid(3, 3))
    assert all(mark is SHOWN for count, mark in zip(counts, found, strict=True) if count == 0)


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="not the sum"):
        marks([1, 2, 4], [Total(2, (0, 1))])
    with pytest.raises(ValueError, match="0 or more"):
        marks([-1])


@pytest.mark.parametrize(
    ("numerator", "n", "shown"),
    [
        (0, 9, False),
        (0, 10, True),
        (4, 20, False),
        (5, 20, True),
        (16, 20, False),
        (15, 20, True),
        (20, 20, True),
    ],
)
def test_a_percentage_needs_ten_and_nobody_few_on_either_side(numerator: int, n: int, shown: bool) -> None:
    assert percentage_shown(numerator, n) is shown
    assert not percentage_shown(numerator, n, HIDDEN)


def test_an_average_needs_ten_and_a_count_that_is_shown() -> None:
    assert [average_shown(n) for n in (9, 10)] == [False, True]
    assert not average_shown(50, HIDDEN)
