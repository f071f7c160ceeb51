"""Survival curves, the two views and the control charts: what they draw, and what their titles say."""

import numpy as np

from analysis.answers import Answer, Status
from analysis.series.control import Daily
from analysis.waits.cohorts import SideBySide
from analysis.waits.durations import Durations
from analysis.waits.survival import kaplan_meier, quantile
from board.charts.control import open_age_chart, outflow_chart
from board.charts.survival import Waits, survival_chart
from board.charts.two_views import TwoViews, two_views_chart
from tests.support.drawings import is_for_everybody, letters, marks

DAY = 20_635


def waits(label: str, times: list[int], open_ones: list[int]) -> Waits:
    censored = [False] * len(times) + [True] * len(open_ones)
    durations = Durations(np.array([*times, *open_ones], dtype=np.float64), np.array(censored))
    return Waits(label, kaplan_meier(durations), quantile(durations))


USUAL = waits("Baseline", [4, 6, 8, 8, 9, 10, 12, 14, 15, 20, 22, 30], [])
STOPPED = waits("Since 1 May 2026", [4, 5, 6, 6, 7], [10, 20, 30, 30, 40, 50, 50, 60])


def test_a_curve_and_its_median_are_marks_and_the_title_compares_them() -> None:
    svg = survival_chart([USUAL, waits("Lately", [9, 12, 15, 20, 22, 24, 25, 30, 31, 40], [])], "A to B")
    assert is_for_everybody(svg)
    assert marks(svg, "curve") == ["Baseline", "Lately"]
    assert len(marks(svg, "median")) == 2
    assert "Lately: half were over after 22 open days, where 10 was usual" in letters(svg)


def test_a_median_that_is_not_reached_is_said_and_not_drawn() -> None:
    svg = survival_chart([USUAL, STOPPED], "A to B")
    assert len(marks(svg, "median")) == 1
    assert "not even half were over after 60 open days, where 10 was usual" in letters(svg)
    assert "more than 60 open days" in letters(svg)


def test_too_few_waits_give_no_median_but_a_reason() -> None:
    svg = survival_chart([waits("Lately", [3, 4], [5])], "A to B")
    assert "3 items and 2 completions, where 10 and 5 are needed" in letters(svg)


def test_the_numbers_at_risk_stand_below_the_axis() -> None:
    assert "still waiting and followed" in letters(survival_chart([USUAL], "A to B"))


def test_in_a_stopped_flow_the_two_views_part() -> None:
    none = Answer.unknown(Status.NOT_ENOUGH_DATA, "few")
    falling = [SideBySide(DAY + 7 * n, 30, 12.0 - n, none) for n in range(6)]
    svg = two_views_chart(TwoViews(falling, [USUAL, STOPPED], "A to B"))
    assert is_for_everybody(svg)
    assert len(marks(svg, "point")) == 6
    told = letters(svg)
    assert "falls from 12 to 7 open days; of what was started: median not reached" in " ".join(told.split())


def test_a_day_below_the_band_is_a_triangle_and_not_a_circle() -> None:
    svg = outflow_chart(daily([5, 6, 4, 0]), "A to B")
    assert is_for_everybody(svg)
    assert len(marks(svg, "point")) == 3
    assert marks(svg, "flag") == ["1 Jul 2026: 0 completed, usual 5.0"]
    assert "15 were completed where the usual pace gives 20" in letters(svg)


def test_an_outflow_of_young_completions_says_how_young() -> None:
    svg = outflow_chart(daily([5, 6, 4, 0]), "A to B", "13 open hours")
    told = " ".join(letters(svg).split())
    assert "15 were completed within 13 open hours where the usual pace gives 20" in told
    assert "Completed within 13 open hours on each open day of the receiver." in told
    assert marks(svg, "flag") == ["1 Jul 2026: 0 completed within 13 open hours, usual 5.0"]


def test_what_is_open_for_long_is_told_beside_the_usual_number() -> None:
    svg = open_age_chart(daily([5, 6, 4, 16]), 30, "A to B")
    assert "16 are open after 30 open days or more where the usual pace leaves 5" in letters(svg)
    assert len(marks(svg, "flag")) == 1


def test_the_same_waits_give_the_same_bytes() -> None:
    assert survival_chart([USUAL, STOPPED], "A to B") == survival_chart([USUAL, STOPPED], "A to B")
    assert outflow_chart(daily([1, 2]), "A to B") == outflow_chart(daily([1, 2]), "A to B")


def daily(observed: list[int]) -> Daily:
    size = len(observed)
    full = np.ones(size)
    return Daily(DAY - size + 1 + np.arange(size), np.array(observed), 5 * full, 1 * full, 12 * full)
