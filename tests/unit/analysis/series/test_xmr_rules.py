"""The four published rules, each by an example and by its near miss. Limits: centre 0, +-2.66, zone from 1.773."""

import numpy as np
import pytest

from analysis.series.xmr_rules import Limits, Rule, rules_of

UNIT = Limits(centre=0.0, mean_range=1.0, points=12)
OUT, TREND, TWO, RUN = Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.RUN


def flagged(values: list[float], missing: dict[int, int] | None = None) -> list[Rule | None]:
    """Return the rules of weekly values; `missing` weeks lack their point before a place."""
    steps = [7 * (1 + (missing or {}).get(place, 0)) for place in range(len(values))]
    return list(rules_of(np.cumsum(steps), np.array(values, dtype=float), UNIT))


def places(values: list[float], rule: Rule, missing: dict[int, int] | None = None) -> list[int]:
    return [place for place, found in enumerate(flagged(values, missing)) if found is rule]


def test_the_constants_are_the_published_ones() -> None:
    assert (UNIT.low, UNIT.high) == (-2.66, 2.66)
    assert (UNIT.near_low, UNIT.near_high) == (-1.773, 1.773)
    assert not UNIT.trial
    assert Limits(0.0, 1.0, points=11).trial


@pytest.mark.parametrize(("value", "rule"), [(2.661, OUT), (2.66, None), (-2.661, OUT), (-2.66, None)])
def test_a_point_strictly_outside_a_limit_is_flagged(value: float, rule: Rule | None) -> None:
    assert flagged([0.1, value, -0.1]) == [None, rule, None]


def test_seven_points_strictly_rising_or_falling_are_a_trend_and_all_are_flagged() -> None:
    rising = [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]
    assert flagged(rising) == [TREND] * 7
    assert flagged(rising[::-1]) == [TREND] * 7
    assert places([0.5, *rising, -0.5], TREND) == [1, 2, 3, 4, 5, 6, 7]


def test_six_points_are_no_trend_and_a_tie_breaks_one() -> None:
    assert flagged([-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, -0.1]) == [None] * 7
    assert flagged([-0.3, -0.2, -0.1, -0.1, 0.1, 0.2, 0.3, 0.4]) == [None] * 8


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.8, 0.1, 1.9], [0, 2]),
        ([0.1, 1.8, 1.9], [1, 2]),
        ([1.8, 1.9, 0.1], [0, 1]),
        ([-1.8, -0.1, -1.9], [0, 2]),
        ([1.8, 0.1, 2.66], [0, 2]),
        ([1.8, 1.9, 2.7], [0, 1]),
    ],
)
def test_two_of_three_near_a_limit_are_flagged_and_only_those(
    values: list[float], expected: list[int]
) -> None:
    assert places(values, TWO) == expected


@pytest.mark.parametrize(
    "values",
    [
        [1.8, -0.1, 1.9],
        [1.8, 0.0, 1.9],
        [1.8, 0.1, 1.773],
        [1.8, 0.1, 0.1, 1.9],
        [1.8, 1.9],
        [1.8, -1.9, 0.1],
    ],
    ids=[
        "third across the mean",
        "third on the mean",
        "on the zone's edge",
        "four",
        "two points",
        "both sides",
    ],
)
def test_near_misses_of_two_of_three(values: list[float]) -> None:
    assert flagged(values) == [None] * len(values)


def test_a_point_beyond_the_limit_does_not_count_as_near_it() -> None:
    assert flagged([2.7, 0.1, 1.9]) == [OUT, None, None]


def test_seven_in_a_row_on_one_side_are_a_run_and_all_are_flagged() -> None:
    assert flagged([0.1, 0.2] * 3 + [0.1, -0.1]) == [RUN] * 7 + [None]
    assert flagged([-0.1, -0.2] * 3 + [-0.1]) == [RUN] * 7


def test_six_are_no_run_and_a_point_exactly_on_the_mean_breaks_one() -> None:
    assert flagged([0.1, 0.2] * 3 + [-0.1]) == [None] * 7
    assert flagged([0.1, 0.2, 0.1, 0.0, 0.1, 0.2, 0.1, 0.2]) == [None] * 8


def test_of_several_rules_the_first_names_a_point() -> None:
    assert flagged([0.1, 0.2, 0.5, 0.9, 1.4, 1.9, 2.7]) == [TREND] * 6 + [OUT]
    assert flagged([0.1, 0.2, 0.1, 0.2, 0.1, 1.8, 1.9]) == [RUN] * 5 + [TWO] * 2


def test_two_missing_weeks_leave_a_run_whole_and_three_end_it() -> None:
    run = [0.1, 0.2] * 3 + [0.1]
    assert places(run, RUN, missing={3: 2}) == list(range(7))
    assert places(run, RUN, missing={3: 3}) == []
    assert places([1.8, 0.1, 1.9], TWO, missing={2: 3}) == []
