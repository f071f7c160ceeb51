import numpy as np
import pytest

from analysis.engine.baseline import Baseline
from analysis.engine.open_over import old_at, open_among, open_over
from analysis.items import Risk
from tests.support.waits import SLOTS, arrivals, as_of, calendar, ends, usual_of

UNTIL = 300


def drawn(times: float = 1.0, **strengths: float) -> tuple[Risk, Baseline]:
    rng = np.random.default_rng(5)
    start = arrivals(rng, 30, 400)
    end = ends(rng, start)
    slow = np.where(start < SLOTS - 20, end, ends(rng, start, times))
    days = calendar(**strengths)
    return as_of(start, slow, UNTIL, days), usual_of(as_of(start, end, SLOTS, days))


def test_open_items_stand_beside_the_survival_of_all_arrivals_old_enough() -> None:
    risk, usual = drawn()
    found = open_over(risk, usual, 24)
    ages = UNTIL - 1 - risk.start
    old = ages >= 24
    survival, error = usual.survival_at(ages[old]), usual.greenwood_at(ages[old])
    assert found.observed == int((old & ~risk.outcome).sum())
    assert found.at_risk == int(old.sum())
    assert found.expected == pytest.approx(survival.sum())
    variance = (survival * (1 - survival)).sum() + (survival * error).sum() ** 2
    assert found.variance == pytest.approx(variance)


def test_an_age_that_nothing_has_reached_expects_nothing() -> None:
    risk, usual = drawn()
    found = open_over(risk, usual, UNTIL)
    assert (found.observed, found.expected, found.variance, found.at_risk) == (0, 0, 0, 0)


def test_slower_work_leaves_more_open_than_usual() -> None:
    risk, usual = drawn(times=2)
    assert open_over(risk, usual, 24).times > 2


def test_items_can_be_chosen_by_a_limit_of_their_own() -> None:
    risk, usual = drawn()
    limit = np.where(risk.item % 2, 10, 30)
    chosen = open_among(risk, usual, UNTIL - 1 - risk.start >= limit)
    halves = [
        open_among(risk, usual, old_at(risk, limit_of) & (risk.item % 2 == odd))
        for odd, limit_of in ((1, 10), (0, 30))
    ]
    assert chosen.observed == sum(one.observed for one in halves)
    assert chosen.expected == pytest.approx(sum(one.expected for one in halves))


def test_days_of_declared_lower_strength_leave_more_open() -> None:
    (risk, usual), (full, _) = drawn(s295=0.5, s297=0.2), drawn()
    found = open_over(risk, usual, 10)
    by_item = []
    for start in risk.start[old_at(risk, 10)].tolist():
        ages = np.arange(UNTIL - start)
        weights = risk.calendar.strength(start, UNTIL)
        by_item.append(float(np.prod(1 - weights * usual.hazard[np.minimum(ages, usual.tail)])))
    assert found.expected == pytest.approx(sum(by_item))
    assert found.expected > 1.02 * open_over(full, usual, 10).expected
