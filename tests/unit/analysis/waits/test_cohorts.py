"""The cohort view: what was started in a week, open ones censored."""

from collections.abc import Sequence

from analysis.answers import Answer
from analysis.items import End
from analysis.waits.cohorts import cohorts_of, completed_waits, side_by_side
from analysis.waits.grouping import Between, Part
from analysis.waits.survival import Quantile
from tests.support.listed_items import MONDAY, Told, flow_of, known

DONE = [
    Told(day % 5 + 0.2, day % 5 + 0.2 + wait) for day, wait in enumerate([2.0] * 6 + [5.0] * 4 + [9.0] * 2)
]
YOUNG = [Told(7.5, 8.5), *[Told(8.0)] * 14]


def part(told: Sequence[Told], day: int) -> Part:
    return Part("", flow_of(told), known(day))


def test_each_complete_week_has_its_cohort() -> None:
    first, second, third = cohorts_of([part([*DONE, *YOUNG], 21)])
    assert (first.monday, first.started, first.n_open) == (MONDAY, 12, 0)
    assert isinstance(first.median, Quantile)
    assert first.median.value == 2
    assert (second.started, second.n_open) == (15, 14)
    assert (third.started, third.n_open) == (0, 0)


def test_a_young_cohort_has_no_median_yet() -> None:
    assert isinstance(cohorts_of([part([Told(7.0), *YOUNG], 21)])[0].median, Answer)


def test_a_cohort_whose_half_is_open_says_that_its_median_is_not_reached() -> None:
    told = [*[Told(0.5, 2.5)] * 6, *[Told(1.0)] * 10]
    found = cohorts_of([part(told, 30)])[0].median
    assert isinstance(found, Quantile)
    assert (found.value, found.longest) == (None, 20), (
        "open days: from a Tuesday to the Tuesday four weeks later"
    )


def test_what_was_proven_never_to_come_is_neither_open_nor_completed() -> None:
    told = [*[Told(0.5, 2.5)] * 9, *[Told(0.5, 6.5, end=End.MISSING)] * 9]
    found = cohorts_of([part(told, 30)])[0]
    assert isinstance(found.median, Quantile)
    assert (found.n_open, found.median.value) == (0, 2)


def test_an_empty_flow_has_no_cohorts() -> None:
    assert cohorts_of([part([], 21)]) == cohorts_of([]) == ()


def test_flows_together_have_the_cohorts_of_both_as_far_as_the_one_known_least() -> None:
    done = [Told(0.5, 2.5)] * 6
    late = [*[Told(2.5, 4.5)] * 6, *[Told(8.5, 9.5)] * 3]
    first, second = cohorts_of([part(done, 30), part(late, 15)])
    assert (first.monday, first.started, second.started) == (MONDAY, 12, 3)
    assert isinstance(first.median, Quantile)
    assert first.median.value == 2


def test_each_flow_is_followed_as_far_as_it_is_known() -> None:
    waits = [*[Told(0.5, 1.5)] * 8, *[Told(0.5, 9.5)] * 2]
    (week,) = cohorts_of([part(waits, 8), part(waits, 14)])
    assert (week.started, week.n_open) == (20, 2)


def test_only_weeks_that_lie_whole_between_two_days_are_listed() -> None:
    told = [Told(float(day)) for day in range(28)]
    weeks = cohorts_of([part(told, 28)], Between(MONDAY + 1, MONDAY + 21))
    assert [week.monday - MONDAY for week in weeks] == [7, 14]


def test_what_began_on_the_weekend_before_the_judged_day_is_started_and_open() -> None:
    (week,) = cohorts_of([part([*[Told(0.5, 1.5)] * 10, Told(6.5)], 7)])
    assert (week.started, week.n_open) == (11, 1)
    assert isinstance(week.median, Quantile)


def test_what_was_done_on_the_weekend_before_the_judged_day_is_over() -> None:
    (week,) = cohorts_of([part([Told(0.5, 5.5)] * 12, 7)])
    assert (week.started, week.n_open) == (12, 0)


def test_both_views_stand_side_by_side_and_are_never_one_figure() -> None:
    flow = flow_of([*[Told(0.0, 1.0)] * 12, *[Told(0.0)] * 20])
    risk = flow.waiting(known(21))
    found = side_by_side(risk, MONDAY + 21)
    assert (found.completed, found.completed_median) == (12, 1.0)
    assert found.cohort_median.value is None
    assert completed_waits(risk, open_days=13).size == 0
    assert side_by_side(flow.waiting(known(2)), MONDAY + 2).completed_median == 1.0
    assert side_by_side(flow_of([]).waiting(known(2)), MONDAY + 2).completed_median is None
