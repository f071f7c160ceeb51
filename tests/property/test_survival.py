"""Kaplan-Meier on any waits: equal to scipy, and to plain arithmetic where nothing is censored."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.waits.durations import Durations
from analysis.waits.survival import kaplan_meier, restricted_mean

WAIT = st.tuples(st.integers(0, 20), st.booleans())
WAITS = st.lists(WAIT, min_size=1, max_size=40)


def durations(waits: list[tuple[int, bool]]) -> Durations:
    return Durations(
        np.array([time for time, _ in waits], dtype=float), np.array([open_ for _, open_ in waits])
    )


@given(WAITS)
def test_the_curve_equals_scipys(waits) -> None:
    sample = durations(waits)
    theirs = stats.ecdf(stats.CensoredData.right_censored(sample.time, sample.censored)).sf
    ours = kaplan_meier(sample)
    assert ours.times.tolist() == theirs.quantiles.tolist()
    assert ours.survival == pytest.approx(theirs.probabilities, abs=1e-9)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=40), st.floats(0, 30, allow_nan=False))
def test_without_censoring_the_restricted_mean_is_the_mean_of_the_cut_waits(
    waits: list[int], tau: float
) -> None:
    time = np.array(waits, dtype=float)
    found = restricted_mean(Durations(time, np.zeros(time.size, dtype=bool)), tau)
    assert found.value == pytest.approx(np.minimum(time, tau).mean(), abs=1e-9)


@given(WAITS, st.floats(0.05, 0.95))
def test_a_quantile_lies_inside_its_interval_and_at_the_share_it_names(waits, q: float) -> None:
    curve = kaplan_meier(durations(waits))
    found = curve.quantile(q)
    if found.value is None:
        assert curve.survival[-1] > 1 - q
        assert found.high is None
        return
    assert curve.survival[curve.times >= found.value][0] <= 1 - q + 1e-9
    assert found.low is not None
    assert found.low <= found.value
    assert found.high is None or found.value <= found.high


@given(WAITS, st.integers(0, 20))
def test_the_longer_open_items_have_waited_the_larger_the_restricted_mean(waits, more: int) -> None:
    sample = durations(waits)
    longer = Durations(sample.time + more * sample.censored, sample.censored)
    tau = float(sample.time.max())
    assert restricted_mean(longer, tau).value >= restricted_mean(sample, tau).value - 1e-9
