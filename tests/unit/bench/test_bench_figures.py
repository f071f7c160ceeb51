"""Medians, percentiles and slopes of what was measured."""

import pytest

from bench.figures import Spread, percentile, ratios, slope_per_minute, spread


def test_a_spread_quotes_the_median_beside_the_range():
    assert spread([3.0, 1.0, 2.0]) == Spread(median=2.0, low=1.0, high=3.0, runs=3)


def test_the_99th_percentile_of_a_hundred_waits_is_the_99th_of_them():
    assert percentile([float(wait) for wait in range(1, 101)], 0.99) == 99.0


def test_the_whole_share_is_the_longest_wait_and_one_wait_is_every_percentile():
    assert percentile([5.0, 9.0, 7.0], 1.0) == 9.0
    assert percentile([4.0], 0.5) == 4.0


def test_no_waits_have_no_percentile():
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 0.99)


def test_every_rate_of_ours_is_divided_by_every_peers():
    assert ratios({"a": 10.0, "b": 5.0}, {"p": 2.0}) == {("a", "p"): 5.0, ("b", "p"): 2.5}


def test_a_steady_growth_is_told_per_minute():
    assert slope_per_minute([(second, 100 + second / 60) for second in range(30)]) == pytest.approx(1.0)


def test_caches_that_fill_in_the_first_third_are_no_growth():
    filling = [(float(second), float(second)) for second in range(10)]
    settled = [(float(second), 10.0) for second in range(10, 30)]
    assert slope_per_minute([*filling, *settled]) == pytest.approx(0.0)


def test_too_few_samples_have_no_slope():
    with pytest.raises(ValueError, match="too few"):
        slope_per_minute([(0.0, 1.0)])
