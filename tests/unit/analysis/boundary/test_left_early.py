"""Who left a comparison early is stood in for by those who lasted longer, as in a Kaplan-Meier curve."""

import numpy as np
import pytest
from scipy import stats

from analysis.boundary.left_early import standing_in


def test_weighted_shares_are_those_of_the_kaplan_meier_curve_of_each_group() -> None:
    rng = np.random.default_rng(1)
    group = rng.integers(0, 2, 200)
    lasted, until = np.round(rng.exponential(10.0, 200)), np.round(rng.exponential(20.0, 200))
    left = until < lasted
    lasted = np.minimum(np.minimum(lasted, until), 30.0)
    left &= lasted < 30.0
    weight = standing_in(group, lasted, left)
    for one in (0, 1):
        mine = group == one
        curve = stats.ecdf(stats.CensoredData.right_censored(lasted[mine], left[mine])).sf
        for at in (0.0, 5.0, 10.0, 29.0):
            share = weight[mine & (lasted > at)].sum() / weight[mine].sum()
            assert share == pytest.approx(curve.evaluate(at), abs=1e-12)
        assert weight[mine].sum() == pytest.approx(np.count_nonzero(mine & ~left), abs=1e-9)


def test_where_nobody_left_each_counts_once() -> None:
    group, lasted = np.array([1, 0, 1, 0]), np.array([3.0, 1.0, 2.0, 1.0])
    assert standing_in(group, lasted, np.zeros(4, dtype=bool)).tolist() == [1.0, 1.0, 1.0, 1.0]


def test_a_group_of_which_all_left_counts_nothing_and_one_without_anybody_is_no_trouble() -> None:
    weight = standing_in(np.array([0, 0, 2]), np.array([1.0, 2.0, 1.0]), np.array([True, True, False]))
    assert weight.tolist() == [0.0, 0.0, 1.0]
    assert standing_in(np.array([], dtype=int), np.array([]), np.array([], dtype=bool)).size == 0
