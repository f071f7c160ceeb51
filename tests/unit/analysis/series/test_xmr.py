"""XmR limits and their life: worked by hand, screened or not, locked, and rebased by a person alone."""

import numpy as np
import pytest

from analysis.answers import Answer, Status
from analysis.series.xmr import (
    Better,
    Change,
    Chart,
    Rebase,
    Scale,
    Settings,
    chart,
    limits_of,
    shift_is_sustained,
)
from analysis.series.xmr_rules import Limits, Rule, rules_of

MONDAY = 19_723
STEADY = [10.0, 11.0] * 6
"""Twelve points: every moving range is 1, the mean 10.5."""
SPIKE = [10.0, 11.0] * 5 + [10.0, 40.0]
"""Ten moving ranges of 1 and one of 30: their mean is 40/11, and 30 is more than 3.267 times that."""


def weeks(n: int) -> np.ndarray:
    return MONDAY + 7 * np.arange(n)


def drawn(values: list[float], **settings: object) -> Chart:
    return chart(weeks(len(values)), np.array(values), Settings(**{"better": Better.LOWER, **settings}))


def rules(found: Chart) -> list[Rule | None]:
    return [point.rule for segment in found.segments for point in segment.points]


def test_the_limits_of_a_hand_worked_series() -> None:
    found = limits_of(weeks(5), np.array([10.0, 12, 11, 13, 12]))
    assert (found.centre, found.mean_range) == pytest.approx((11.6, 1.5), abs=1e-12)
    assert (found.low, found.high) == pytest.approx((7.61, 15.59), abs=1e-12)
    assert (found.near_low, found.near_high) == pytest.approx((8.9405, 14.2595), abs=1e-12)
    assert found.trial


def test_an_extreme_moving_range_is_left_out_once_and_the_centre_stays() -> None:
    found = limits_of(weeks(12), np.array(SPIKE))
    assert (found.centre, found.mean_range) == pytest.approx((155 / 12, 1.0), abs=1e-12)


def test_without_the_screen_every_moving_range_counts() -> None:
    found = limits_of(weeks(12), np.array(SPIKE), screen=False)
    assert (found.centre, found.mean_range) == pytest.approx((155 / 12, 40 / 11), abs=1e-12)
    assert rules(drawn(SPIKE))[-1] is Rule.OUTSIDE
    assert rules(drawn([*SPIKE[:-1], 22.0], screen=True))[-1] is Rule.OUTSIDE
    assert rules(drawn([*SPIKE[:-1], 13.0], screen=False))[-1] is None


def test_a_moving_range_just_below_the_screen_stays() -> None:
    """Ten ranges of 1 and one of x are screened from x = 3.267 (10 + x) / 11, which is 4.2247, on."""
    for spike, mean in ((14.22, (10 + 4.22) / 11), (14.23, 1.0)):
        found = limits_of(weeks(12), np.array([*SPIKE[:-1], spike]))
        assert found.mean_range == pytest.approx(mean, abs=1e-12)


def test_no_moving_range_reaches_across_a_gap() -> None:
    week = np.delete(weeks(6), 3)
    found = limits_of(week, np.array([10.0, 11, 10, 12, 13]))
    assert found.mean_range == 1


@pytest.mark.parametrize("values", [[5.0] * 12, [5.0], []])
def test_series_that_do_not_vary_have_no_limits(values: list[float]) -> None:
    found = drawn(values).segments[0]
    assert isinstance(found.limits, Answer)
    assert found.limits.status is Status.NOT_ENOUGH_DATA
    assert all(point.rule is None for point in found.points)


def test_limits_are_trial_limits_below_twelve_points_and_locked_from_then_on() -> None:
    assert drawn(STEADY[:11]).segments[0].limits.trial
    locked = drawn(STEADY).segments[0].limits
    assert not locked.trial
    assert drawn([*STEADY, 30, 31, 30, 31]).segments[0].limits == locked
    longer = drawn([*STEADY, 30, 31], lock_after=26).segments[0].limits
    assert longer.points == 14


def test_late_data_do_not_move_limits_that_are_kept() -> None:
    kept = Limits(10.5, 1.0, 12)
    late = [*STEADY[:3], 12.0, *STEADY[4:]]
    assert drawn(late, locked={None: kept}).segments[0].limits == kept
    assert drawn(late).segments[0].limits != kept


def test_the_declared_direction_makes_a_flag_improvement_or_concern() -> None:
    for better, high, low in (
        (Better.LOWER, Change.CONCERN, Change.IMPROVEMENT),
        (Better.HIGHER, Change.IMPROVEMENT, Change.CONCERN),
    ):
        points = drawn([*STEADY, 20.0, 1.0], better=better).flagged
        assert [point.change for point in points] == [high, low]
    assert drawn(STEADY).flagged == ()


def test_a_flagged_point_exactly_on_the_centre_is_neither() -> None:
    values = np.array([-3.0, -2, -1, 0, 1, 2, 3])
    found = chart(weeks(7), values, Settings(Better.LOWER, locked={None: Limits(0.0, 5.0, 12)}))
    assert [point.rule for point in found.flagged] == [Rule.TREND] * 7
    assert found.flagged[3].change is None


def test_a_rebase_has_its_own_limits_and_the_old_ones_stay() -> None:
    rebase = Rebase(MONDAY + 7 * 12, "A. Person", "a second courtroom opened", MONDAY + 7 * 20)
    found = drawn([*STEADY, *[20.0, 21.0] * 6], rebases=(rebase,))
    before, after = found.segments
    assert (before.limits.centre, after.limits.centre) == (10.5, 20.5)
    assert (before.rebase, after.rebase) == (None, rebase)
    assert len(before.points) == len(after.points) == 12
    assert rules(found) == [None] * 24


def test_nothing_is_rebased_without_a_person_and_a_reason() -> None:
    assert len(drawn([*STEADY, *[20.0] * 20]).segments) == 1
    with pytest.raises(ValueError, match="names the person"):
        Rebase(MONDAY, " ", "why", MONDAY)
    with pytest.raises(ValueError, match="what explains the shift"):
        Rebase(MONDAY, "A. Person", "", MONDAY)


def test_a_shift_is_sustained_when_a_run_of_seven_begins_with_it() -> None:
    limits = Limits(10.5, 1.0, 12)
    values = np.array([*STEADY, *[20.0] * 7])
    shift = MONDAY + 7 * 12
    assert shift_is_sustained(weeks(19), values, limits, shift)
    assert not shift_is_sustained(weeks(18), values[:18], limits, shift)
    assert not shift_is_sustained(weeks(19), values, limits, shift - 14)
    assert not shift_is_sustained(np.append(weeks(18), MONDAY + 7 * 30), values, limits, shift)


def test_waits_are_charted_on_a_logarithmic_scale_and_shown_in_days() -> None:
    found = drawn(STEADY, scale=Scale.LOG_DAYS).segments[0]
    assert found.limits.centre == pytest.approx((np.log(11) + np.log(12)) / 2, abs=1e-12)
    assert found.limits.mean_range == pytest.approx(np.log(12 / 11), abs=1e-12)
    assert Scale.LOG_DAYS.shown(found.points[0].value) == pytest.approx(10)


def test_a_shift_of_four_sigma_is_flagged_within_two_weeks() -> None:
    found = 0
    for seed in range(20):
        by = np.random.default_rng(seed)
        values = by.standard_normal(28)
        values[26:] += 4
        found += any(point.rule for point in drawn(values.tolist(), lock_after=26).segments[0].points[26:])
    assert found >= 18


def test_a_stable_series_is_flagged_as_often_as_published() -> None:
    """With limits locked on 26 points 3.5 % of weeks are flagged when they are the newest; 1,200 weeks."""
    by = np.random.default_rng(26)
    flagged = 0
    for _ in range(30):
        values = by.standard_normal(66)
        kept = limits_of(weeks(26), values[:26])
        flagged += sum(rules_of(weeks(9), values[n - 9 : n], kept)[-1] is not None for n in range(27, 67))
    assert abs(flagged / 1_200 - 0.035) < 0.01


def test_what_is_no_weekly_series_is_refused() -> None:
    with pytest.raises(ValueError, match="rise by whole weeks"):
        chart(np.array([0, 3]), np.array([1.0, 2.0]), Settings(Better.LOWER))
    with pytest.raises(ValueError, match="has no NaN"):
        chart(weeks(2), np.array([1.0, np.nan]), Settings(Better.LOWER))
    with pytest.raises(ValueError, match="locked from 12 points"):
        Settings(Better.LOWER, lock_after=11)
