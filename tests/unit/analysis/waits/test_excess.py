"""Excess: the time past a limit, exactly; without a limit the item-days past the median, net of the usual ones."""

import numpy as np
import pytest

from analysis.answers import Answer, Status
from analysis.arrays import DAY_US, NEVER
from analysis.engine.baseline import Baseline
from analysis.items import End, Risk
from analysis.waits.excess import NetExcess, accrued_us, net_excess, overdue
from tests.support.listed_items import Told, items_of, known, us
from tests.support.waits import SLOTS, arrivals, as_of, calendar, ends, usual_of

TOLD = [
    Told(0.5, due=5),
    Told(0.5, ended=9.25, due=5),
    Told(0.5, ended=4.0, due=5),
    Told(0.5, ended=8.0, end=End.MISSING, due=5),
    Told(0.5, ended=60.0),
    Told(0.5, ended=9.25, due=5, known_after=30.0),
]
"""Due at the end of day 5: the time past it runs from the beginning of day 6."""
ITEMS = items_of(TOLD)


def days(first: int, last: int, judged: int = 20) -> float:
    return accrued_us(ITEMS, known(judged), us(first), us(last)) / DAY_US


def test_what_is_open_after_the_end_of_its_due_day_is_overdue() -> None:
    assert overdue(ITEMS, known(5)).tolist() == [False] * 6
    assert overdue(ITEMS, known(6)).tolist() == [True, True, False, True, False, True]
    assert overdue(ITEMS, known(20)).tolist() == [True, False, False, False, False, True]
    assert overdue(ITEMS, known(60)).tolist() == [True] + [False] * 5


def test_excess_runs_from_the_end_of_the_due_day_to_the_end_or_the_judged_clock() -> None:
    assert days(0, 100, judged=20) == 14 + 3.25 + 2 + 14
    assert days(0, 100, judged=60) == 54 + 3.25 + 2 + 3.25


def test_excess_accrues_in_the_period_in_which_it_lies() -> None:
    assert days(0, 6) == 0
    assert days(6, 7) == 4
    assert days(8, 10) == 2 + 1.25 + 0 + 2
    assert days(0, 9) + days(9, 20) == days(0, 20)


def hand_made() -> Baseline:
    """Return a baseline in which a quarter of those at risk ends every day: the median age is 2."""
    return Baseline(0, 363, 400, 400, 260, np.array([100.0, 75, 56]), np.array([25.0, 18.75, 14]), 40, 1.0)


def test_item_days_past_the_median_by_hand() -> None:
    """Two arrive in slot 0, window slots 2 to 4: one ends in slot 3, one stays; ages 2, 3, 4 are counted."""
    risk = Risk(np.array([0, 0]), np.array([3, NEVER]), np.array([True, False]), np.arange(2), 6, calendar())
    found = net_excess(risk, hand_made(), 2, 5)
    assert isinstance(found, NetExcess)
    assert (found.age, found.observed) == (2, 2 + 3)
    assert found.expected == pytest.approx(2 * (0.75**2 + 0.75**3 + 0.75**4), abs=1e-12)
    assert found.net == found.observed - found.expected


def test_of_what_left_without_an_outcome_nothing_more_is_expected() -> None:
    risk = Risk(np.array([0]), np.array([3]), np.array([False]), np.arange(1), 9, calendar())
    found = net_excess(risk, hand_made(), 0, 9)
    assert (found.observed, found.expected) == (2, pytest.approx(0.75**2 + 0.75**3, abs=1e-12))


def test_net_excess_needs_a_baseline_its_median_and_a_complete_day() -> None:
    risk = Risk(np.array([0]), np.array([3]), np.array([True]), np.arange(1), 9, calendar())
    none = Answer.unknown(Status.NOT_ENOUGH_DATA, "too few")
    assert net_excess(risk, none, 0, 9) is none
    slow = Baseline(0, 363, 400, 100, 260, np.array([100.0, 90, 80]), np.array([1.0, 1, 1]), 10, 1.0)
    assert str(net_excess(risk, slow, 0, 9).why).endswith("it has no median")
    assert net_excess(risk, hand_made(), 0, 10).status is Status.NOT_ENOUGH_DATA
    empty = np.array([], dtype=np.int64)
    nobody = Risk(empty, empty, empty.astype(bool), empty, 9, calendar())
    assert net_excess(nobody, hand_made(), 0, 9).net == 0


def excess_of(seed: int, *, slower: float = 1.0, surge: int = 1) -> NetExcess:
    """Return the net excess of 60 open days at 30 items a week, 60 open days after the baseline."""
    by = np.random.default_rng(seed)
    begins, last = SLOTS + 60, SLOTS + 120
    start = np.sort(np.concatenate([arrivals(by, 30, last), *[begins + arrivals(by, 30, 60)] * (surge - 1)]))
    end = ends(by, start)
    end = np.where(end >= begins, start + np.rint(slower * (end - start)).astype(np.int64), end)
    found = net_excess(
        as_of(start, end, last, calendar()), usual_of(as_of(start, end, last, calendar())), begins, last
    )
    assert isinstance(found, NetExcess)
    return found


def test_waits_that_double_show_as_excess_and_a_surge_does_not() -> None:
    """As simulated for the specification: +3,255 on 1,885; null +15 (sd 184), surge x2 +16 (sd 233)."""
    doubled = [excess_of(seed, slower=2.0) for seed in range(12)]
    assert np.mean([one.expected for one in doubled]) == pytest.approx(1_885, rel=0.05)
    assert np.mean([one.net for one in doubled]) == pytest.approx(3_255, rel=0.1)
    for quiet, spread in (
        ([excess_of(seed) for seed in range(40)], 184),
        ([excess_of(seed, surge=2) for seed in range(40)], 233),
    ):
        net = np.array([one.net for one in quiet])
        assert abs(net.mean()) < 4 * spread / 40**0.5
        assert net.std() == pytest.approx(spread, rel=0.3)
        assert 0.7 < np.std(net / np.array([one.variance**0.5 for one in quiet])) < 1.2
