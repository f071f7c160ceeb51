"""What an unfinished wait is known to have lasted."""

import numpy as np
import pytest
from scipy import stats

from analysis.arrays import NEVER
from analysis.items import Risk
from analysis.waits.durations import Durations
from analysis.waits.logrank import logrank
from tests.support.waits import arrivals, as_of, calendar, ends

START = np.array([3, 3, 5, 9, 10, 11])
END = np.array([3, 7, NEVER, NEVER, NEVER, NEVER])
STOPPED = np.array([True, True, False, False, False, False])


def test_an_open_item_has_lasted_to_the_last_complete_day() -> None:
    found = Durations.of(START, END, STOPPED, until=10)
    assert found.time.tolist() == [0, 4, 4, 0]
    assert found.censored.tolist() == [False, False, True, True]


def test_items_of_the_judged_day_are_left_out() -> None:
    assert len(Durations.of(START, END, STOPPED, until=9)) == 3


def test_what_ends_on_the_unfinished_day_is_still_open() -> None:
    found = Durations.of(START, END, STOPPED, until=7)
    assert found.time.tolist() == [0, 3, 1]
    assert found.censored.tolist() == [False, True, True]


def test_a_proof_that_it_never_will_come_censors_at_the_proof() -> None:
    found = Durations.of(START[:2], END[:2], np.array([True, False]), until=30)
    assert (found.time.tolist(), found.censored.tolist()) == ([0, 4], [False, True])


def test_a_cohort_is_what_started_in_the_last_open_days_and_may_be_followed_less_far() -> None:
    risk = Risk(START, END, STOPPED, np.arange(6), 12, calendar())
    assert Durations.cohort(risk, open_days=3).time.tolist() == [2, 1, 0]
    assert Durations.started_in(risk, 3, 6, until=6).time.tolist() == [0, 2, 0]
    assert Durations.started_in(risk, 3, 6, until=99).time.tolist() == [0, 4, 6]


def test_censoring_on_the_unfinished_day_would_raise_false_alarms() -> None:
    """A one-sided 5 % test of the last 20 days against the year before, 150 quiet weeks."""
    found = {"complete": [0, 0], "unfinished": [0, 0]}
    for seed in range(15):
        by = np.random.default_rng(seed)
        start = arrivals(by, 20, 360)
        end = ends(by, start)
        for until in range(310, 360, 5):
            risk = as_of(start, end, until, calendar())
            base = Durations.started_in(risk, 0, 260, until=260)
            right = Durations.cohort(risk, 20)
            wrong = Durations(right.time + right.censored, right.censored)
            for name, new in (("complete", right), ("unfinished", wrong)):
                found[name][0] += logrank(new, base).p_longer < 0.05
                found[name][1] += 1
    rates = {name: hits / n for name, (hits, n) in found.items()}
    assert rates["complete"] < 0.09 < rates["unfinished"]


def test_negative_times_are_refused_where_scipy_takes_them() -> None:
    """Negative times pass through scipy without a word; here they are refused."""
    negative = np.array([-1.0, 2.0, 3.0])
    assert stats.ecdf(negative).sf.quantiles[0] == -1
    with pytest.raises(ValueError, match="0 or more"):
        Durations(negative, np.zeros(3, dtype=bool))
