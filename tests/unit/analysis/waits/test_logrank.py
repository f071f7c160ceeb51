"""The log-rank test: as scipy has it where scipy answers, hand-worked for three groups, and its sign."""

import numpy as np
import pytest
from scipy import stats

from analysis.answers import Answer, Status
from analysis.waits.durations import Durations
from analysis.waits.logrank import LogRank, logrank, logrank_of_groups


def waits(times: list[float], censored: list[int] | None = None) -> Durations:
    flags = censored if censored is not None else [0] * len(times)
    return Durations(np.array(times, dtype=float), np.array(flags, dtype=bool))


def random_waits(by: np.random.Generator, longest: int) -> Durations:
    n = int(by.integers(10, 60))
    return Durations(by.integers(0, longest, n).astype(float), by.random(n) < 0.4)


def theirs(new: Durations, base: Durations, alternative: str) -> tuple[float, float]:
    samples = (stats.CensoredData.right_censored(one.time, one.censored) for one in (new, base))
    found = stats.logrank(*samples, alternative=alternative)
    return float(found.statistic), float(found.pvalue)


@pytest.mark.parametrize("seed", range(10))
def test_statistic_and_p_equal_those_of_scipy(seed: int) -> None:
    by = np.random.default_rng(seed)
    new, base = random_waits(by, 12), random_waits(by, 16)
    found = logrank(new, base)
    assert isinstance(found, LogRank)
    assert (found.statistic, found.p_longer) == pytest.approx(theirs(new, base, "less"), abs=1e-9)
    assert found.p_different == pytest.approx(theirs(new, base, "two-sided")[1], abs=1e-9)
    both = logrank_of_groups([new, base])
    assert (both.freedom, both.statistic) == (1, pytest.approx(found.statistic**2, abs=1e-9))


def test_longer_waits_give_a_negative_statistic_and_a_small_p() -> None:
    base = waits([1, 2, 3, 4, 5] * 6)
    slow = logrank(waits([11, 12, 13, 14, 15] * 6), base)
    assert slow.statistic < 0
    assert slow.p_longer < 1e-6
    assert slow.observed < slow.expected
    assert logrank(base, waits([11, 12, 13, 14, 15] * 6)).p_longer > 1 - 1e-6


def test_a_hand_worked_comparison_of_two() -> None:
    """At 1: 2 of 4 at risk, 1 ends, of `new`. At 2: 1 of 3, two end, one of each. At 3: nobody of `new`."""
    found = logrank(waits([1, 2]), waits([2, 3]))
    variance = 1 / 4 + 1 / 3 * 2 / 3 * 2 * 1 / 2
    assert found.expected == pytest.approx(1 / 2 + 2 / 3, abs=1e-12)
    assert found.statistic == pytest.approx((2 - 7 / 6) / variance**0.5, abs=1e-12)


def test_a_hand_worked_comparison_of_three() -> None:
    found = logrank_of_groups([waits([1, 2]), waits([2, 3]), waits([3, 4])])
    difference = np.array([2 - 1 / 3 - 2 / 5, 2 - 1 / 3 - 4 / 5 - 2 / 3])
    covariance = np.array([[2 / 9 + 0.24, -1 / 9 - 0.12], [-1 / 9 - 0.12, 2 / 9 + 0.36 + 2 / 9]])
    expected = difference @ np.linalg.solve(covariance, difference)
    assert found.statistic == pytest.approx(expected, abs=1e-9)
    assert found.freedom == 2
    assert found.p == pytest.approx(stats.chi2.sf(expected, 2), abs=1e-9)


@pytest.mark.parametrize(
    ("new", "base"),
    [
        (waits([]), waits([1, 2])),
        (waits([1, 2]), waits([])),
        (waits([5, 6], [1, 1]), waits([3, 4], [1, 1])),
        (waits([1, 1], [1, 1]), waits([3, 4])),
    ],
    ids=["new is empty", "base is empty", "nothing completed", "nobody of both at risk together"],
)
def test_where_scipy_would_give_nan_the_answer_says_why(new: Durations, base: Durations) -> None:
    for found in (logrank(new, base), logrank_of_groups([new, base])):
        assert isinstance(found, Answer)
        assert found.status is Status.NOT_ENOUGH_DATA


def test_one_group_is_no_comparison() -> None:
    assert isinstance(logrank_of_groups([waits([1, 2])]), Answer)
