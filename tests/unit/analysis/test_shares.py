"""Shares with their interval, and sums that do not overflow."""

import numpy as np
import pytest
from scipy import stats

from analysis.answers import Status
from analysis.arrays import DAY_US
from analysis.shares import share, total_us, wilson


@pytest.mark.parametrize(("part", "whole"), [(0, 10), (10, 10), (3, 10), (1, 1_000), (999, 1_000), (0, 1)])
def test_the_interval_is_wilsons_as_scipy_has_it(part: int, whole: int) -> None:
    theirs = stats.binomtest(part, whole).proportion_ci(method="wilson")
    found = wilson(part, whole)
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert found.value == part / whole


def test_a_share_needs_ten() -> None:
    assert share(3, 10).effect.value == 0.3
    assert share(3, 9).status is Status.NOT_ENOUGH_DATA


def test_what_is_no_share_is_refused() -> None:
    for part, whole in ((3, 2), (-1, 2), (0, 0)):
        with pytest.raises(ValueError, match="is no share"):
            wilson(part, whole)


def test_a_million_years_add_up_to_the_microsecond() -> None:
    long = np.full(1_000, 1_000 * 365 * DAY_US + 1)
    assert total_us(long) == 1_000 * (1_000 * 365 * DAY_US + 1) > 2**63
