"""Ageing work in progress: what is open, for how long, and how much of it is past its limit."""

import numpy as np

from analysis.answers import Status
from analysis.items import End
from analysis.waits.ageing import Band, ageing
from tests.support.listed_items import Told, flow_of, known

TOLD = [
    Told(0.5, due=2),
    Told(0.5, ended=3.5),
    Told(1.0, ended=9.0, due=30),
    Told(2.0, ended=3.0, end=End.MISSING),
    Told(4.0, due=20),
    Told(7.0),
]


def test_open_items_stand_in_the_band_of_their_age() -> None:
    found = ageing(flow_of(TOLD), known(7), edges=(0, 2, 4))
    assert found.n_open == 3
    assert found.bands == (Band(0, 2, 1), Band(2, 4, 1), Band(4, None, 1))
    assert (found.oldest_age, found.oldest) == (4, (0, 2, 4))


def test_what_started_on_the_unfinished_day_is_not_counted_yet() -> None:
    assert ageing(flow_of(TOLD), known(8)).n_open == 4
    assert ageing(flow_of(TOLD), known(7)).n_open == 3


def test_what_is_stopped_proven_never_to_come_or_void_is_not_open() -> None:
    assert ageing(flow_of(TOLD), known(10)).n_open == 3
    gone = [Told(0.0, ended=1.0, end=end) for end in (End.STOP, End.MISSING, End.VOID)]
    assert ageing(flow_of(gone), known(5)).n_open == 0


def test_what_stopped_on_a_closed_day_is_not_open_on_the_next_open_one() -> None:
    saturday = [Told(0.0, ended=5.5)]
    assert ageing(flow_of(saturday), known(5)).n_open == 1
    assert [ageing(flow_of(saturday), known(day)).n_open for day in (6, 7, 8)] == [0, 0, 0]


def test_an_end_that_was_not_published_leaves_the_item_open() -> None:
    late = [Told(0.0, ended=1.0, known_after=9.0)]
    assert ageing(flow_of(late), known(5)).n_open == 1
    assert ageing(flow_of(late), known(11)).n_open == 0


def test_quantiles_and_the_share_past_limit_need_ten() -> None:
    few = ageing(flow_of(TOLD), known(7))
    assert (few.median_age, few.high_age, few.past_limit.status) == (None, None, Status.NOT_ENOUGH_DATA)
    many = ageing(flow_of([Told(float(day), due=1 if day < 3 else 400) for day in range(5)] * 4), known(7))
    assert many.median_age == 2
    assert many.high_age == np.quantile([0, 1, 2, 3, 4] * 4, 0.9)
    assert many.past_limit.effect.value == 0.6


def test_a_limit_runs_out_with_the_end_of_its_day() -> None:
    for day, past in ((2, 0.0), (3, 1.0)):
        found = ageing(flow_of([Told(0.0, due=2)] * 10), known(day))
        assert found.past_limit.effect.value == past


def test_a_flow_with_nothing_open_has_no_oldest() -> None:
    found = ageing(flow_of([]), known(7))
    assert (found.n_open, found.oldest, found.oldest_age) == (0, (), None)
