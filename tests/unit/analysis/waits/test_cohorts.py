"""The cohort view: what was started in a week, open ones censored."""

from analysis.answers import Answer
from analysis.items import End
from analysis.waits.cohorts import cohorts_of, completed_waits, side_by_side
from analysis.waits.survival import Quantile
from tests.support.listed_items import MONDAY, Told, flow_of, known

DONE = [
    Told(day % 5 + 0.2, day % 5 + 0.2 + wait) for day, wait in enumerate([2.0] * 6 + [5.0] * 4 + [9.0] * 2)
]
YOUNG = [Told(7.5, 8.5), *[Told(8.0)] * 14]


def test_each_complete_week_has_its_cohort() -> None:
    first, second, third = cohorts_of(flow_of([*DONE, *YOUNG]), known(21))
    assert (first.monday, first.started, first.n_open) == (MONDAY, 12, 0)
    assert isinstance(first.median, Quantile)
    assert first.median.value == 2
    assert (second.started, second.n_open) == (15, 14)
    assert (third.started, third.n_open) == (0, 0)


def test_a_young_cohort_has_no_median_yet() -> None:
    assert isinstance(cohorts_of(flow_of([Told(7.0), *YOUNG]), known(21))[0].median, Answer)


def test_a_cohort_whose_half_is_open_says_that_its_median_is_not_reached() -> None:
    told = [*[Told(0.5, 2.5)] * 6, *[Told(1.0)] * 10]
    found = cohorts_of(flow_of(told), known(30))[0].median
    assert isinstance(found, Quantile)
    assert (found.value, found.longest) == (None, 28)


def test_what_was_proven_never_to_come_is_neither_open_nor_completed() -> None:
    told = [*[Told(0.5, 2.5)] * 9, *[Told(0.5, 6.5, end=End.MISSING)] * 9]
    found = cohorts_of(flow_of(told), known(30))[0]
    assert (found.n_open, found.median.value) == (0, 2)


def test_an_empty_flow_has_no_cohorts() -> None:
    assert cohorts_of(flow_of([]), known(21)) == ()


def test_both_views_stand_side_by_side_and_are_never_one_figure() -> None:
    flow = flow_of([*[Told(0.0, 1.0)] * 12, *[Told(0.0)] * 20])
    risk = flow.waiting(known(21))
    found = side_by_side(risk, MONDAY + 21)
    assert (found.completed, found.completed_median) == (12, 1.0)
    assert found.cohort_median.value is None
    assert completed_waits(risk, open_days=13).size == 0
    assert side_by_side(flow.waiting(known(2)), MONDAY + 2).completed_median == 1.0
    assert side_by_side(flow_of([]).waiting(known(2)), MONDAY + 2).completed_median is None
