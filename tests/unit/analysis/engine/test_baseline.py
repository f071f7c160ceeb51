import json

import numpy as np
import pytest
from scipy import stats

from analysis.answers import Answer, Status
from analysis.arrays import NEVER
from analysis.engine.baseline import Baseline
from analysis.engine.locking import locked_baseline
from analysis.items import Risk
from tests.support.waits import MONDAY, SLOTS, arrivals, as_of, calendar, ends, usual_of

DAYS = calendar()
YEAR = (MONDAY, MONDAY + 52 * 7 - 1)


def a_year(per_week: float = 30, seed: int = 1, until: int = SLOTS) -> Risk:
    rng = np.random.default_rng(seed)
    start = arrivals(rng, per_week, 400)
    return as_of(start, ends(rng, start), until, DAYS)


def small(at_risk: list[float], outcomes: list[float], follow_up: int = 4) -> Baseline:
    n, d = np.array(at_risk), np.array(outcomes)
    return Baseline(*YEAR, 100, int(d.sum()), SLOTS, n, d, follow_up, 1.0)


def test_hazards_count_who_was_at_risk_and_who_had_the_outcome_at_each_age() -> None:
    # 100 start on slot 0: 50 are done the same day, 40 of the rest on their next day, 10 stay open; 60 more leave
    # without the outcome on their own first day.
    start = np.zeros(160, dtype=np.int64)
    end = np.concatenate([np.full(50, 0), np.full(40, 1), np.full(10, NEVER), np.full(60, 0)])
    done = np.arange(160) < 90
    found = locked_baseline(Risk(start, end, done, np.arange(160), SLOTS, DAYS), *YEAR, least=50)
    assert isinstance(found, Baseline)
    assert (found.items, found.completions, found.tail) == (160, 90, 2)
    assert found.at_risk.tolist() == [160, 50, 10 * (SLOTS - 2)]
    assert found.hazard.tolist() == [50 / 160, 40 / 50, 0]
    assert found.rate == 160 / SLOTS


def test_what_happens_after_the_window_changes_nothing() -> None:
    then, much_later = locked_baseline(a_year(), *YEAR), locked_baseline(a_year(until=400), *YEAR)
    assert isinstance(then, Baseline)
    assert isinstance(much_later, Baseline)
    assert then.content() == much_later.content()


def test_the_survival_is_kaplan_and_meiers_until_the_tail() -> None:
    risk = a_year()
    usual = usual_of(risk)
    times = np.minimum(risk.end, SLOTS - 1) - risk.start
    curve = stats.ecdf(stats.CensoredData.right_censored(times, risk.end == NEVER)).sf
    ages = np.arange(usual.tail)
    np.testing.assert_allclose(usual.survival_at(ages), curve.evaluate(ages), rtol=1e-9)


def test_the_error_is_greenwoods_until_the_tail() -> None:
    usual = usual_of(a_year())
    n, d = usual.at_risk[:-1], usual.outcomes[:-1]
    np.testing.assert_allclose(
        usual.greenwood_at(np.arange(usual.tail)), np.sqrt(np.cumsum(d / (n * (n - d)))), rtol=1e-9
    )


def test_ages_with_few_at_risk_share_one_hazard_and_its_error() -> None:
    usual = small([100, 50, 40], [50, 30, 10])
    ages = np.arange(5)
    assert usual.hazard.tolist() == [0.5, 0.6, 0.25]
    np.testing.assert_allclose(usual.survival_at(ages), [0.5, 0.2, 0.15, 0.1125, 0.084375])
    before, one = 50 / (100 * 50) + 30 / (50 * 20), 0.25 / (40 * 0.75)
    np.testing.assert_allclose(
        usual.greenwood_at(ages[2:]) ** 2, [before + one, before + 4 * one, before + 9 * one]
    )


def test_a_tail_in_which_nobody_was_at_risk_goes_on_at_the_last_hazard() -> None:
    assert small([100, 30, 0], [50, 10, 0], 2).hazard[-1] == 1 / 3


def test_nothing_survives_an_age_at_which_everything_is_done() -> None:
    usual = small([100, 30, 0], [50, 30, 0], 2)
    assert usual.survival_at(np.array([1, 2, 50])).max() < 1e-15
    assert np.isfinite(usual.greenwood_at(np.array([1, 2, 50]))).all()


def test_a_quantile_is_the_first_age_by_whose_end_that_share_is_done() -> None:
    usual = small([100, 50, 40], [50, 30, 10])
    assert [usual.quantile(share) for share in (0.5, 0.51, 0.8, 0.85, 0.95)] == [0, 1, 1, 2, None]


def test_a_day_of_half_strength_counts_as_half_a_day_at_risk() -> None:
    days = calendar(s1=0.5)
    start, end = np.zeros(200, dtype=np.int64), np.repeat([1, 2], 100)
    found = locked_baseline(Risk(start, end, end > 0, np.arange(200), SLOTS, days), *YEAR)
    assert isinstance(found, Baseline)
    assert found.at_risk.tolist() == [200, 100, 100, 0]
    assert found.hazard.tolist() == [0, 1, 1, 1]


def test_independent_items_vary_as_much_as_they_should() -> None:
    assert np.mean([usual_of(a_year(seed=seed)).phi for seed in range(10)]) < 1.2


def test_work_done_in_lumps_varies_more() -> None:
    risk = a_year()
    lumps = np.where(risk.end < NEVER, risk.end // 10 * 10 + 9, NEVER)
    done = lumps < SLOTS
    assert usual_of(Risk(risk.start, np.where(done, lumps, NEVER), done, risk.item, SLOTS, DAYS)).phi > 4


def test_a_baseline_comes_back_from_its_stored_form_to_the_last_bit() -> None:
    usual = usual_of(a_year())
    again = Baseline.of_content(json.loads(json.dumps(usual.content())))
    assert again.content() == usual.content()
    assert again.error.tolist() == usual.error.tolist()


@pytest.mark.parametrize(
    ("risk", "last_day", "why"),
    [
        (a_year(), MONDAY + 25 * 7, "shorter than 26 weeks"),
        (a_year(until=SLOTS - 1), YEAR[1], "not over yet"),
        (a_year(per_week=1.5), YEAR[1], "fewer than 100"),
    ],
)
def test_too_short_a_window_or_too_few_completions_are_no_baseline(
    risk: Risk, last_day: int, why: str
) -> None:
    found = locked_baseline(risk, MONDAY, last_day)
    assert isinstance(found, Answer)
    assert found.status is Status.NOT_ENOUGH_DATA
    assert why in (found.why or "")


def test_a_baseline_of_returns_takes_thirty() -> None:
    assert isinstance(locked_baseline(a_year(per_week=1.5), *YEAR, least=30), Baseline)
