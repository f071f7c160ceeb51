import numpy as np
import pytest
from scipy import stats

from analysis.arrays import NEVER
from analysis.engine.baseline import Baseline
from analysis.engine.expected import (
    Expected,
    at_work,
    outcomes_in,
    outcomes_in_each,
    p_high,
    p_low,
    ratio,
)
from analysis.items import Risk
from tests.support.waits import SLOTS, arrivals, as_of, calendar, ends, usual_of

UNTIL = 300


def drawn(seed: int = 3, **strengths: float) -> tuple[Risk, Baseline]:
    rng = np.random.default_rng(seed)
    start = arrivals(rng, 20, 400)
    end, days = ends(rng, start), calendar(**strengths)
    gone = as_of(start, end, UNTIL, days)
    outcome = gone.outcome & (rng.random(gone.end.size) < 0.9)
    risk = Risk(gone.start, gone.end, outcome, gone.item, UNTIL, days)
    return risk, usual_of(as_of(start, end, SLOTS, days))


def by_hand(risk: Risk, usual: Baseline, slots: int) -> Expected:
    """Count item by item and day by day, as the specification writes it."""
    observed, items, expected, spread = 0, 0, 0.0, 0.0
    exposed = np.zeros(usual.tail + 1)
    window = range(risk.until - slots, risk.until)
    for start, end, outcome in zip(risk.start, risk.end, risk.outcome, strict=True):
        at_risk = [slot for slot in window if start <= slot <= end]
        items += bool(at_risk)
        observed += int(outcome and end in window)
        for slot in at_risk:
            weight, age = float(risk.calendar.strength(slot, slot + 1)[0]), min(slot - start, usual.tail)
            hazard = weight * usual.hazard[age]
            expected, spread = expected + hazard, spread + hazard * (1 - hazard)
            exposed[age] += weight
    error = sum(exposed**2 * usual.hazard * (1 - usual.hazard) / np.maximum(usual.at_risk, 20))
    return Expected(observed, expected, usual.phi * spread + error, items)


@pytest.mark.parametrize("strengths", [{}, {"s290": 0.5, "s291": 0.4, "s299": 0.25}])
@pytest.mark.parametrize("slots", [5, 20])
def test_observed_and_expected_are_those_counted_by_hand(slots: int, strengths: dict[str, float]) -> None:
    risk, usual = drawn(**strengths)
    found, counted = outcomes_in(risk, usual, slots), by_hand(risk, usual, slots)
    assert (found.observed, found.at_risk) == (counted.observed, counted.at_risk)
    assert found.expected == pytest.approx(counted.expected, rel=1e-12)
    assert found.variance == pytest.approx(counted.variance, rel=1e-12)


@pytest.mark.parametrize("strengths", [{}, {"s290": 0.5}])
def test_several_windows_at_once_and_only_what_was_at_work_give_the_same(strengths: dict[str, float]) -> None:
    risk, usual = drawn(**strengths)
    one_by_one = [outcomes_in(risk, usual, slots) for slots in (5, 10, 20)]
    together = outcomes_in_each(at_work(risk, 20), usual, (5, 10, 20))
    for one, other in zip(one_by_one, together, strict=True):
        assert (one.observed, one.at_risk) == (other.observed, other.at_risk)
        assert (one.expected, one.variance) == pytest.approx((other.expected, other.variance))


def test_what_starts_or_ends_on_a_closed_day_before_the_judged_one_is_not_counted_yet() -> None:
    _, usual = drawn()
    start = np.array([UNTIL - 3, UNTIL])
    risk = Risk(start, np.array([UNTIL, UNTIL]), np.ones(2, dtype=bool), np.arange(2), UNTIL, calendar())
    found = outcomes_in(risk, usual, 5)
    assert (found.observed, found.at_risk) == (0, 1)
    assert found.expected == pytest.approx(usual.hazard[:3].sum())


def test_nothing_at_risk_expects_nothing() -> None:
    _, usual = drawn()
    none = np.zeros(0, dtype=np.int64)
    risk = Risk(none, none, none > 0, none, UNTIL, calendar())
    assert outcomes_in(risk, usual, 20) == Expected(0, 0.0, 0.0, 0)


def test_a_surge_of_arrivals_raises_the_expectation_with_it() -> None:
    rng = np.random.default_rng(8)
    usual_start = arrivals(rng, 30, 400)
    start = np.concatenate([usual_start, arrivals(rng, 90, 400)])
    start = start[(np.arange(start.size) < usual_start.size) | (start >= SLOTS + 20)]
    risk = as_of(start, ends(rng, start), SLOTS + 60, calendar())
    found = outcomes_in(risk, usual_of(risk), 20)
    assert found.observed > 300
    assert found.times == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("observed", [0, 3, 12, 40])
@pytest.mark.parametrize("variance", [8.0, 12.0, 31.5])
def test_chance_is_poissons_or_the_negative_binomials(observed: int, variance: float) -> None:
    mean = 12.0
    chance = (
        stats.poisson(mean)
        if variance <= mean
        else stats.nbinom(mean**2 / (variance - mean), mean / variance)
    )
    counts = Expected(observed, mean, variance, 50)
    assert p_low(counts) == pytest.approx(chance.cdf(observed), rel=1e-9)
    assert p_high(counts) == pytest.approx(chance.sf(observed - 1), rel=1e-9)


def test_nothing_expected_makes_nothing_likely_and_anything_impossible() -> None:
    assert (p_low(Expected(0, 0, 0, 0)), p_high(Expected(0, 0, 0, 0))) == (1, 1)
    assert (p_low(Expected(1, 0, 0, 0)), p_high(Expected(1, 0, 0, 0))) == (1, 0)


def test_the_ratio_has_the_exact_poisson_interval() -> None:
    effect = ratio(Expected(31, 62.0, 60.0, 100))
    low, high = stats.chi2.ppf(0.025, 62) / 2 / 62, stats.chi2.ppf(0.975, 64) / 2 / 62
    assert (effect.value, effect.unit) == (0.5, "times")
    assert (effect.low, effect.high) == pytest.approx((low, high), rel=1e-9)


def test_the_interval_widens_with_the_variance_and_stays_above_zero() -> None:
    narrow, wide = ratio(Expected(3, 10, 10, 50)), ratio(Expected(3, 10, 40, 50))
    assert wide.high - wide.value == pytest.approx(2 * (narrow.high - narrow.value))
    assert wide.low == 0
    assert ratio(Expected(0, 10, 10, 50)).low == 0


def test_nothing_expected_has_no_ratio() -> None:
    with pytest.raises(ValueError, match="expectation of nothing"):
        ratio(Expected(1, 0, 0, 1))


def test_an_item_that_is_never_done_stays_at_risk() -> None:
    _, usual = drawn()
    start = np.array([10])
    risk = Risk(start, np.array([NEVER]), start < 0, np.arange(1), UNTIL, calendar())
    assert outcomes_in(risk, usual, 20).expected == pytest.approx(20 * usual.hazard[-1])
