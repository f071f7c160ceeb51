"""What an agency published and when, and how far back its picture is complete."""

import numpy as np
import pytest

from analysis.arrays import DAY_US, HOUR_US, Ints
from analysis.feeds import Feed, judged, lag_95, open_time, recent
from analysis.open_days import OpenDays
from tests.support.silo_flows import CALENDAR, FIRST, LOCAL, day, feed, messages

NOW = day(60) * DAY_US  # the midnight that ends slot 59, a Friday: what follows is a weekend
EVERY_DAY = np.arange(60) + 0.5  # one event a working day, at one o'clock


def steady(lag_us: int) -> Feed:
    return feed(EVERY_DAY, np.full(60, lag_us))


def test_events_stand_in_the_order_of_publication() -> None:
    late_first = feed(np.array([0.1, 0.2]), np.array([5 * HOUR_US, 0]))
    assert late_first.lag_us.tolist() == [0, 5 * HOUR_US]


def test_a_feed_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match=r"use Feed\.of"):
        feed_of_two(published=np.array([2, 1]))


def feed_of_two(published: Ints) -> Feed:
    two = np.array([0, 0])
    return Feed("b", two, published, two, two > 0, two)


def test_the_judged_clock_lags_behind_by_what_nearly_everything_takes() -> None:
    assert lag_95(steady(HOUR_US), NOW, CALENDAR, LOCAL) == HOUR_US
    known = judged(steady(HOUR_US), NOW, CALENDAR, LOCAL)
    assert known is not None
    assert (known.now_us, known.day) == (NOW, day(60) - 1)


def test_what_is_published_after_the_judged_instant_is_unknown() -> None:
    at, lag = messages(3, 4.0, 100)
    whole = feed(at, lag)
    cut = whole.published <= NOW
    known = Feed(
        "b", *(getattr(whole, name)[cut] for name in ("occurred", "published", "lag_us", "by_day", "type"))
    )
    assert lag_95(whole, NOW, CALENDAR, LOCAL) == lag_95(known, NOW, CALENDAR, LOCAL)


def test_a_feed_that_comes_back_late_is_judged_by_its_last_five_open_days() -> None:
    lag = np.where((EVERY_DAY >= 50) & (EVERY_DAY < 55), 7 * DAY_US, HOUR_US)
    lag[55:] = 100 * DAY_US  # still dark
    late = lag_95(feed(EVERY_DAY, lag), NOW, CALENDAR, LOCAL)
    assert late == 7 * DAY_US  # the last 20 open days alone would say less


def test_the_window_of_twenty_open_days_wins_where_its_lag_is_larger() -> None:
    lag = np.where((EVERY_DAY >= 45) & (EVERY_DAY < 47), 6 * DAY_US, HOUR_US)
    assert (lag_95(feed(EVERY_DAY, lag), NOW, CALENDAR, LOCAL) or 0) > 5 * DAY_US


def test_a_feed_dark_for_four_weeks_is_known_up_to_its_last_message() -> None:
    early = feed(EVERY_DAY[:20], np.full(20, HOUR_US))
    assert lag_95(early, NOW, CALENDAR, LOCAL) == NOW - int(early.published[-1])


def test_a_feed_that_never_published_has_no_judged_clock() -> None:
    assert judged(steady(HOUR_US), FIRST * DAY_US, CALENDAR, LOCAL) is None
    assert judged(feed(np.empty(0), np.empty(0, dtype=np.int64)), NOW, CALENDAR, LOCAL) is None


def test_events_dated_ahead_never_put_the_judged_clock_forward() -> None:
    assert lag_95(steady(-HOUR_US), NOW, CALENDAR, LOCAL) == 0


def test_the_last_open_days_skip_the_weekend() -> None:
    five = recent(steady(0), NOW, 5, CALENDAR, LOCAL)
    assert (five.start, five.stop) == (55, 60)
    sunday = (day(60) - 1) * DAY_US
    assert recent(steady(0), sunday, 5, CALENDAR, LOCAL) == five


def test_the_first_days_that_were_laid_out_have_a_judged_clock() -> None:
    calendar = OpenDays.weekdays(FIRST - 700, 1400)
    known = judged(steady(HOUR_US), day(2) * DAY_US, calendar, LOCAL)
    assert known is not None
    assert known.day == day(1)


def test_open_time_stands_still_on_closed_days_and_runs_slower_on_reduced_ones() -> None:
    calendar = OpenDays(FIRST, np.array([1.0, 0.5, 0.0, 1.0]))
    noons = (FIRST + np.arange(4)) * DAY_US + DAY_US // 2
    assert open_time(calendar, noons).tolist() == [0.5, 1.25, 1.5, 2.0]
    outside = np.array([FIRST - 9, FIRST + 9]) * DAY_US
    assert open_time(calendar, outside).tolist() == [0.0, 2.5]
