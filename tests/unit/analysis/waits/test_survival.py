"""Kaplan-Meier: hand-worked, and as scipy has it; open items count with the age that they have reached."""

import warnings

import numpy as np
import pytest
from scipy import stats

from analysis.answers import Answer, Status
from analysis.waits.durations import Durations, longest_tau
from analysis.waits.survival import Quantile, kaplan_meier, quantile, restricted_mean

TIMES = [1, 1, 2, 2, 3, 4, 5, 5, 6, 7]
OPEN = [0, 0, 0, 1, 0, 1, 0, 0, 1, 1]
"""Worked by hand: 10 at risk, 2 end at 1; 8, one ends at 2; 6, one at 3; 4, two at 5; the rest is censored."""
FAST = Durations(np.array([5.0] * 4 + [2.0] * 6), np.array([False] * 10))


def waits(times: list[float], censored: list[int] | None = None) -> Durations:
    flags = censored if censored is not None else [0] * len(times)
    return Durations(np.array(times, dtype=float), np.array(flags, dtype=bool))


def random_waits(seed: int, n: int = 60) -> Durations:
    by = np.random.default_rng(seed)
    return Durations(by.integers(0, 15, n).astype(float), by.random(n) < 0.4)


def test_the_curve_of_a_hand_worked_table_with_ties() -> None:
    curve = kaplan_meier(waits(TIMES, OPEN))
    assert curve.times.tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert curve.at_risk.tolist() == [10, 8, 6, 5, 4, 2, 1]
    assert curve.completions.tolist() == [2, 1, 1, 0, 2, 0, 0]
    assert curve.survival == pytest.approx([0.8, 0.7, 7 / 12, 7 / 12, 7 / 24, 7 / 24, 7 / 24], abs=1e-12)
    sums = np.cumsum([2 / 80, 1 / 56, 1 / 30, 0, 2 / 8, 0, 0])
    assert curve.greenwood == pytest.approx(sums, abs=1e-12)


def test_the_restricted_mean_of_a_hand_worked_table() -> None:
    found = restricted_mean(waits(TIMES, OPEN), 6)
    assert found.value == pytest.approx(1 + 0.8 + 0.7 + 2 * 7 / 12 + 7 / 24, abs=1e-12)
    after = [0.8 + 0.7 + 7 / 6 + 7 / 24, 0.7 + 7 / 6 + 7 / 24, 7 / 6 + 7 / 24, 7 / 24]
    terms = [2 / 80, 1 / 56, 1 / 30, 2 / 8]
    variance = sum(a**2 * t for a, t in zip(after, terms, strict=True))
    assert found.error == pytest.approx(variance**0.5, abs=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_curve_and_band_equal_those_of_scipy(seed: int) -> None:
    sample = random_waits(seed)
    theirs = stats.ecdf(stats.CensoredData.right_censored(sample.time, sample.censored)).sf
    ours = kaplan_meier(sample)
    assert ours.times.tolist() == theirs.quantiles.tolist()
    assert ours.survival == pytest.approx(theirs.probabilities, abs=1e-9)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where the survival is 1 or 0 theirs is no number
        band = theirs.confidence_interval(method="log-log")
    inner = (ours.survival > 0) & (ours.survival < 1)
    low, high = ours.band()
    assert low[inner] == pytest.approx(band.low.probabilities[inner], abs=1e-9)
    assert high[inner] == pytest.approx(band.high.probabilities[inner], abs=1e-9)


@pytest.mark.parametrize("tau", [0.0, 3.5, 15.0, 40.0])
def test_the_restricted_mean_without_censoring_is_the_mean_of_waits_cut_at_tau(tau: float) -> None:
    time = random_waits(3).time
    found = restricted_mean(Durations(time, np.zeros(time.size, dtype=bool)), tau)
    assert found.value == pytest.approx(np.minimum(time, tau).mean(), abs=1e-9)
    assert found.error == pytest.approx(np.minimum(time, tau).std() / time.size**0.5, abs=1e-9)


def test_the_restricted_mean_says_nothing_beyond_the_longest_follow_up() -> None:
    sample = waits(TIMES, OPEN)
    assert longest_tau(sample, FAST) == 7  # FAST is wholly over, and shortens nothing
    assert longest_tau(sample, waits([5.0, 3.0], [1, 0])) == 5
    with pytest.raises(ValueError, match="longest follow-up is 7"):
        restricted_mean(sample, 7.5)


def test_the_median_is_the_first_time_at_which_half_are_over() -> None:
    assert quantile(waits(TIMES, OPEN)) == Quantile(0.5, 5.0, 1.0, None, 7.0)
    assert quantile(FAST).value == 2


def test_a_share_that_rounds_to_just_above_a_half_counts_as_a_half() -> None:
    sample = waits([float(n) for n in range(1, 25)])
    assert 0.5 < kaplan_meier(sample).survival[11] < 0.5 + 1e-12
    assert quantile(sample).value == 12


def test_the_interval_is_where_the_band_crosses() -> None:
    by = np.random.default_rng(5)
    sample = Durations(np.sort(by.exponential(10, 100)), by.random(100) < 0.2)
    low, high = kaplan_meier(sample).band()
    found = quantile(sample, 0.4)
    assert found.low == sample.time[np.argmax(low <= 0.6)]
    assert found.high == sample.time[np.argmax(high <= 0.6)]
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert found.low < found.value < found.high


def test_what_is_not_reached_says_how_long_was_looked() -> None:
    found = quantile(waits([1, 1, 2, 2, 3] + [30] * 15, [0] * 5 + [1] * 15))
    assert isinstance(found, Quantile)
    assert (found.value, found.high, found.longest) == (None, None, 30)


def test_where_all_end_at_once_the_upper_bound_is_not_reached() -> None:
    assert quantile(waits([3.0] * 12)) == Quantile(0.5, 3.0, 3.0, None, 3.0)


@pytest.mark.parametrize(("times", "censored"), [([1.0] * 9, [0] * 9), ([1.0] * 20, [0] * 4 + [1] * 16)])
def test_a_median_needs_ten_items_and_five_completions(times: list[float], censored: list[int]) -> None:
    found = quantile(waits(times, censored))
    assert isinstance(found, Answer)
    assert found.status is Status.NOT_ENOUGH_DATA
    assert found.sample.n == len(times)


def test_negative_waits_and_no_waits_are_refused() -> None:
    with pytest.raises(ValueError, match="leave negative hand-offs out"):
        waits([1.0, -1.0])
    with pytest.raises(ValueError, match="no waits"):
        kaplan_meier(waits([]))
    with pytest.raises(ValueError, match="at least one wait"):
        longest_tau(FAST, waits([]))
    with pytest.raises(ValueError, match="one flag per time"):
        waits([1.0], [0, 1])
    with pytest.raises(ValueError, match="between 0 and 1"):
        kaplan_meier(FAST).quantile(1.0)
