import numpy as np
import pytest

from analysis.arrays import NEVER, Ints
from analysis.engine.exposure import by_hazard, by_slot

UNTIL = 60


def items(seed: int) -> tuple[Ints, Ints]:
    by = np.random.default_rng(seed)
    start = by.integers(0, UNTIL + 5, 200)
    end = start + by.geometric(0.15, 200) - 1
    return start, np.where((by.random(200) < 0.2) | (end >= UNTIL), NEVER, end)


@pytest.mark.parametrize("tail", [0, 1, 7, 100])
def test_what_is_at_risk_by_age_is_that_counted_item_by_item(tail: int) -> None:
    start, end = items(1)
    first, until = np.array([0, 20, 55]), np.array([UNTIL, 40, 56])
    exposed, at_risk = by_hazard(start, end, first, until, tail)
    for window, (begins, ends) in enumerate(zip(first, until, strict=True)):
        counted, seen = np.zeros(tail + 1), 0
        for since, over in zip(start, end, strict=True):
            ages = [slot - since for slot in range(begins, ends) if since <= slot <= over]
            seen += bool(ages)
            for age in ages:
                counted[min(age, tail)] += 1
        assert (exposed[window].tolist(), at_risk[window]) == (counted.tolist(), seen)


@pytest.mark.parametrize("tail", [0, 1, 7, 100])
@pytest.mark.parametrize(("first", "until"), [(0, UNTIL), (30, 44)])
def test_what_is_given_in_each_slot_is_the_sum_over_who_is_at_risk_in_it(
    tail: int, first: int, until: int
) -> None:
    start, end = items(2)
    per_age = np.random.default_rng(3).random((2, tail + 1))
    found = by_slot(start, end, first, until, per_age)
    for slot in range(first, until):
        ages = slot - start[(start <= slot) & (end >= slot)]
        assert found[:, slot - first] == pytest.approx(per_age[:, np.minimum(ages, tail)].sum(axis=1))


def test_where_nobody_is_nothing_is_given() -> None:
    none = np.array([], dtype=np.int64)
    assert by_slot(none, none, 5, 9, np.ones((1, 4))).tolist() == [[0, 0, 0, 0]]
    exposed, at_risk = by_hazard(none, none, np.array([5]), np.array([9]), 2)
    assert (exposed.tolist(), at_risk.tolist()) == ([[0, 0, 0]], [0])
