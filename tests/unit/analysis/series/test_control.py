"""Control charts by day: they add up to the window's test, and a steady flow keeps inside its band."""

import numpy as np
import pytest

from analysis.arrays import DAY_US, NEVER
from analysis.engine.baseline import Baseline
from analysis.engine.expected import outcomes_in
from analysis.engine.locking import locked_baseline
from analysis.engine.open_over import open_over
from analysis.items import Flow, FlowKey, Items, Known, Risk
from analysis.open_days import OpenDays
from analysis.series.control import open_over_by_day, outflow_by_day

FIRST = 20_100
CALENDAR = OpenDays.weekdays(FIRST - 30, 900)
DAYS = 600


@pytest.fixture(scope="module")
def risk() -> Risk:
    chance = np.random.default_rng(7)
    start = np.sort(chance.integers(FIRST, FIRST + DAYS, 2_000)) * DAY_US
    end = start + np.ceil(chance.lognormal(2.3, 0.6, start.size)).astype(np.int64) * DAY_US
    never = np.full(start.size, NEVER)
    items = Items(
        np.arange(start.size), start, start, end, end, np.ones(start.size, dtype=np.int8), never, never, never
    )
    flow = Flow.of(FlowKey("H04", "a", "b"), items, CALENDAR)
    day = FIRST + DAYS
    return flow.waiting(Known(day * DAY_US, day))


@pytest.fixture(scope="module")
def baseline(risk: Risk) -> Baseline:
    found = locked_baseline(risk, FIRST, FIRST + 363)
    assert isinstance(found, Baseline)
    return found


def test_the_days_add_up_to_the_window(risk: Risk, baseline: Baseline) -> None:
    daily, window = outflow_by_day(risk, baseline, 20), outcomes_in(risk, baseline, 20)
    assert int(daily.observed.sum()) == window.observed
    assert float(daily.expected.sum()) == pytest.approx(window.expected, rel=1e-9)
    assert daily.days.tolist() == risk.calendar.days[risk.until - 20 : risk.until].tolist()


def test_the_last_day_is_what_is_open_for_long_now(risk: Risk, baseline: Baseline) -> None:
    daily, now = open_over_by_day(risk, baseline, 20, 30), open_over(risk, baseline, 20)
    assert (int(daily.observed[-1]), daily.expected[-1]) == (now.observed, pytest.approx(now.expected))


def test_a_steady_flow_keeps_inside_its_band(risk: Risk, baseline: Baseline) -> None:
    daily = outflow_by_day(risk, baseline, 150)
    outside = (daily.observed < daily.low) | (daily.observed > daily.high)
    assert np.count_nonzero(outside) <= 3
    assert (daily.low <= daily.expected).all()
    assert (daily.expected <= daily.high).all()
