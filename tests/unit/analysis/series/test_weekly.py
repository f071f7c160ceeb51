"""Weekly series: complete weeks from Monday to Sunday, and a point only where there is enough for one."""

import numpy as np
import pytest

from analysis.items import End, Flow, Known
from analysis.open_days import OpenDays
from analysis.perspective import Perspective
from analysis.series.weekly import Measure, Week, measure_of_waits, monday_of, series, weeks_of
from analysis.series.xmr import Better, Scale, Settings, chart
from tests.support.listed_items import MONDAY, Told, flow_of, items_of, known, us

FULL = Week(MONDAY, 5, 5.0, 12, 10, 10, 3, 2.5, 0)


def stopped_in(monday: int, waits: list[float]) -> list[Told]:
    """Return items that stop on the Wednesday of a week, after so many days, with a limit of 3 days."""
    return [Told(monday + 2.5 - wait, monday + 2.5, due=int(monday + 2.5 - wait) + 3) for wait in waits]


def test_a_week_counts_what_stopped_in_it_and_what_began_in_it() -> None:
    told = [Told(0.0), *stopped_in(7, [1.0, 2.0, 4.0, 6.0]), Told(8.0), Told(14.0)]
    first, second = weeks_of(flow_of(told), known(14))
    assert (first.monday, first.started, first.stopped) == (MONDAY, 3, 0)
    assert (second.monday, second.started, second.stopped) == (MONDAY + 7, 3, 4)
    assert (second.limited, second.late, second.median_days) == (4, 2, 3.0)
    assert first.median_days is None


@pytest.mark.parametrize(("day", "weeks"), [(13, 1), (14, 2), (20, 2), (21, 3)])
def test_a_week_is_shown_when_all_of_it_lies_before_the_judged_day(day: int, weeks: int) -> None:
    assert len(weeks_of(flow_of([Told(0.0, 1.0)]), known(day))) == weeks


def test_the_first_week_is_the_first_whole_one() -> None:
    found = weeks_of(flow_of([Told(1.0, 8.5), Told(9.0)]), known(21))
    assert [week.monday for week in found] == [MONDAY + 7, MONDAY + 14]
    assert (found[0].stopped, found[0].median_days) == (1, 7.5)
    assert weeks_of(flow_of([]), known(21)) == ()
    assert weeks_of(flow_of([Told(1.0)]), known(7)) == ()


def test_a_late_event_recomputes_its_week() -> None:
    flow = flow_of([Told(0.0, 1.0), Told(0.0, 2.0, known_after=30.0)])
    assert weeks_of(flow, known(14))[0].stopped == 1
    assert weeks_of(flow, known(40))[0].stopped == 2


def test_only_stops_are_completions() -> None:
    told = [Told(0.0, 1.0, end=end) for end in (End.STOP, End.MISSING, End.VOID)]
    assert weeks_of(flow_of(told), known(7))[0].stopped == 1


def test_a_wait_that_ends_at_its_due_instant_is_in_time() -> None:
    last = 4 - 1e-11
    told = [Told(0.0, last, due=3), Told(0.0, 4.0, due=3)]
    assert us(last) == us(4) - 1
    assert weeks_of(flow_of(told), known(7))[0].late == 1


def test_edges_of_a_week_are_midnights() -> None:
    told = [Told(0.0, 7.0 - 1e-9), Told(0.0, 7.0)]
    assert [week.stopped for week in weeks_of(flow_of(told), known(14))] == [1, 1]


def test_outflow_is_per_open_day_with_reduced_days_counted_in_part() -> None:
    weights = np.tile([1, 1, 1, 0.5, 0.5, 0, 0], 3)
    told = stopped_in(0, [1.0] * 8)
    flow = Flow.of(flow_of(told).key, items_of([Told(0.0), *told]), OpenDays(MONDAY - 7, weights))
    week = weeks_of(flow, Known(1 << 61, MONDAY + 7))[0]
    assert (week.open_days, week.strength) == (5, 4.0)
    assert week.value(Measure.OUTFLOW) == 2.0


def test_a_median_and_a_share_need_ten_values_and_every_point_three_open_days() -> None:
    assert FULL.value(Measure.MEDIAN_WAIT) == 2.5
    assert FULL.value(Measure.LATE) == 30.0
    few = Week(MONDAY, 5, 5.0, 12, 9, 9, 3, 2.5, 0)
    assert few.value(Measure.MEDIAN_WAIT) is few.value(Measure.LATE) is None
    assert few.value(Measure.OUTFLOW) == 1.8
    closed = Week(MONDAY, 2, 2.0, 12, 20, 20, 3, 2.5, 0)
    assert [closed.value(measure) for measure in Measure] == [None] * 3


def test_a_stopped_outflow_is_a_point_of_zero() -> None:
    assert Week(MONDAY, 5, 5.0, 12, 0, 0, 0, None, 0).value(Measure.OUTFLOW) == 0.0


def test_a_series_leaves_weeks_without_a_point_out() -> None:
    told = [Told(0.0), *stopped_in(0, [2.0] * 12), *stopped_in(7, [2.0] * 3), *stopped_in(14, [1.0, 4.0] * 6)]
    found = series(
        weeks_of(flow_of([one for one in told if one.started >= 0]), known(21)), Measure.MEDIAN_WAIT
    )
    assert found.view is Perspective.LOOK_BACK
    assert found.weeks.tolist() == [MONDAY, MONDAY + 14]
    assert found.values.tolist() == [2.0, 2.5]
    drawn = chart(found.weeks, found.values, Settings(found.measure.better, found.measure.scale))
    assert len(drawn.segments[0].points) == 2


def test_measures_declare_their_direction_scale_and_unit() -> None:
    assert [measure.better for measure in Measure] == [Better.LOWER, Better.LOWER, Better.HIGHER]
    assert [measure.scale for measure in Measure] == [Scale.LOG_DAYS, Scale.LINEAR, Scale.LINEAR]
    assert [measure.unit for measure in Measure] == ["days", "%", "items per open day"]


def test_where_most_waits_end_on_their_first_day_the_share_late_is_charted() -> None:
    assert measure_of_waits([FULL]) is Measure.MEDIAN_WAIT
    at_once = Week(MONDAY, 5, 5.0, 12, 10, 10, 3, 0.1, 11)
    assert measure_of_waits([FULL, at_once]) is Measure.LATE
    told = [Told(0.1, 0.9), Told(0.9, 1.1)]
    assert weeks_of(flow_of(told), known(7))[0].same_day == 1


def test_weeks_begin_on_monday() -> None:
    assert [monday_of(MONDAY + day) for day in (-1, 0, 6, 7)] == [MONDAY - 7, MONDAY, MONDAY, MONDAY + 7]
