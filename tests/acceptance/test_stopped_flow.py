"""A stopped flow: the completed-only median falls, as if it had got faster, while Kaplan-Meier says "not reached".

An urgent fifth has a median of 6 days, the rest 14; from a day on the rest is blocked for 140 days.
"""

from typing import NamedTuple

import numpy as np
import pytest

from analysis.items import Risk
from analysis.waits.cohorts import SideBySide, side_by_side
from analysis.waits.durations import Durations
from analysis.waits.survival import Quantile, quantile
from tests.support.waits import arrivals, as_of, calendar

BLOCKED, BACK = 200, 340
DAYS = calendar(weeks=200)


class Drawn(NamedTuple):
    """Start and end slots."""

    start: np.ndarray
    end: np.ndarray

    def at(self, slot: int) -> Risk:
        return as_of(self.start, self.end, slot, DAYS)

    def seen(self, slot: int) -> SideBySide:
        return side_by_side(self.at(slot), int(DAYS.days[slot]))


def drawn(seed: int) -> Drawn:
    by = np.random.default_rng(seed)
    start = arrivals(by, 30, 600)
    urgent = by.random(start.size) < 0.2
    wait = np.where(urgent, 6, 14) * np.exp(0.7 * by.standard_normal(start.size))
    end = start + np.rint(wait).astype(np.int64)
    blocked = ~urgent & (end >= BLOCKED) & (start < BACK)
    held = BACK - np.maximum(start, BLOCKED)
    return Drawn(start, np.where(blocked, end + held, end))


@pytest.mark.parametrize("seed", range(5))
def test_sixty_days_in_the_two_views_say_the_opposite(seed: int) -> None:
    flow = drawn(seed)
    before, after = flow.seen(BLOCKED), flow.seen(BLOCKED + 60)
    assert before.completed_median == pytest.approx(12, abs=2)
    assert after.completed_median == pytest.approx(6, abs=1)
    assert isinstance(before.cohort_median, Quantile)
    assert before.cohort_median.value == pytest.approx(12, abs=2)
    assert isinstance(after.cohort_median, Quantile)
    assert (after.cohort_median.value, after.cohort_median.longest) == (None, 39)


def test_the_cohort_that_looked_fast_had_the_longest_waits_of_all() -> None:
    flow = drawn(0)
    cohort = Durations.started_in(flow.at(599), BLOCKED + 20, BLOCKED + 60)
    assert quantile(cohort).value == pytest.approx(112, abs=4)


def test_the_median_falls_by_thirty_per_cent_in_eighteen_of_twenty_runs() -> None:
    fell = 0
    for seed in range(20):
        flow = drawn(seed)
        before, after = flow.seen(BLOCKED).completed_median, flow.seen(BLOCKED + 60).completed_median
        assert before is not None
        assert after is not None
        fell += after <= 0.7 * before
    assert fell >= 18


def test_without_a_stop_both_views_agree_within_fifteen_per_cent() -> None:
    by = np.random.default_rng(1)
    start = arrivals(by, 150, 400)
    end = start + np.rint(12 * np.exp(0.7 * by.standard_normal(start.size))).astype(np.int64)
    found = side_by_side(as_of(start, end, 300, DAYS), 0)
    assert found.completed >= 800
    assert found.cohort_median.value == pytest.approx(found.completed_median, rel=0.15)
