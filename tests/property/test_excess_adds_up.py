"""Excess accrues: however a time is cut into periods, the periods add up to the whole."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analysis.arrays import DAY_US
from analysis.items import End
from analysis.waits.excess import accrued_us, overdue
from tests.support.listed_items import Told, items_of, known, us

ITEM = st.builds(
    Told,
    started=st.integers(0, 40).map(lambda hours: hours / 4),
    ended=st.none() | st.floats(10, 60, allow_nan=False),
    end=st.sampled_from([End.STOP, End.MISSING, End.VOID]),
    due=st.none() | st.integers(0, 50),
    known_after=st.floats(0, 20, allow_nan=False),
)
ITEMS = st.lists(ITEM, max_size=8).map(items_of)
DAYS = st.integers(0, 70)


@given(ITEMS, DAYS, st.lists(st.floats(0, 90, allow_nan=False), max_size=5))
def test_periods_add_up_to_the_whole(items, judged: int, cuts: list[float]) -> None:
    edges = sorted([us(0), us(100), *map(us, cuts)])
    pieces = [accrued_us(items, known(judged), a, b) for a, b in pairwise(edges)]
    assert sum(pieces) == accrued_us(items, known(judged), us(0), us(100))


@given(ITEMS, DAYS)
def test_every_day_adds_at_most_a_day_for_each_item(items, judged: int) -> None:
    today = accrued_us(items, known(judged + 1), us(judged), us(judged + 1))
    all_day = int((overdue(items, known(judged)) & overdue(items, known(judged + 1))).sum())
    assert all_day * DAY_US <= today <= len(items) * DAY_US


@given(ITEMS, DAYS)
def test_nothing_accrues_on_days_that_are_not_over(items, judged: int) -> None:
    assert accrued_us(items, known(judged), us(judged), us(200)) == 0
