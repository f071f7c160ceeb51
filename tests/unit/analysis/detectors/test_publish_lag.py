"""Does an agency tell what it did later than it used to?"""

import json
from dataclasses import replace

import numpy as np
import pytest

from analysis.answers import Answer, Status
from analysis.arrays import DAY_US, HOUR_US, Ints
from analysis.detectors.publish_lag import LagBaseline, lag_baseline, negative_lags, publish_lag
from analysis.feeds import Feed
from analysis.findings import Finding
from tests.support.silo_flows import BASELINE, CALENDAR, FIRST, LOCAL, SEEDS, YEAR, day, feed, messages

LATE = YEAR + 60
TYPES = ("charged", "reviewed")


def told(seed: int, rate: float, *, late_us: int = 0, late_type: int | None = None) -> Feed:
    """Return a feed of two types; from slot LATE on, those of one type or of both are published so much later."""
    at, lag = messages(seed, rate, YEAR + 100)
    codes: Ints = np.random.default_rng(seed).integers(0, 2, at.size)
    hit = (at >= LATE) & ((codes == late_type) | (late_type is None))
    return feed(at, lag + np.where(hit, late_us, 0), TYPES, codes)


def asked(of: Feed, slot: int) -> Finding:
    return publish_lag(of, lag_baseline(of, *BASELINE, LOCAL), day(slot) * DAY_US, CALENDAR, LOCAL)


@pytest.mark.parametrize(("rate", "within"), [(4.0, 9), (12.0, 8)])
def test_a_feed_five_days_late_is_found_once_its_events_come(rate: float, within: int) -> None:
    found = sum(asked(told(seed, rate, late_us=5 * DAY_US), LATE + within).large_enough for seed in SEEDS)
    assert found >= 18


def test_a_usual_feed_is_late_in_hardly_a_week() -> None:
    weeks = [asked(told(seed, 4.0), slot) for seed in SEEDS for slot in range(YEAR, YEAR + 50, 5)]
    assert sum(week.large_enough for week in weeks) <= 1
    assert sum(week.p is not None and week.p <= 0.05 for week in weeks) <= 0.06 * len(weeks)


def test_one_type_alone_is_found_to_be_late() -> None:
    found = [asked(told(seed, 8.0, late_us=2 * DAY_US, late_type=1), LATE + 8) for seed in SEEDS]
    assert sum(one.large_enough for one in found) >= 18
    assert all(one.sample.n < 40 for one in found if one.large_enough)  # that type's events, not all of them


def test_a_new_mix_of_types_is_no_lag() -> None:
    at, lag = messages(5, 6.0, YEAR + 100)
    slow = np.arange(at.size) % 10 == 0
    slow |= (at >= LATE) & (np.arange(at.size) % 2 == 0)
    mixed = feed(at, np.where(slow, lag + 3 * DAY_US, lag), TYPES, slow.astype(np.int64))
    assert not asked(mixed, LATE + 10).large_enough


def test_the_share_of_late_events_is_told_with_its_interval() -> None:
    late = asked(told(1, 12.0, late_us=5 * DAY_US), LATE + 15)
    assert late.effect is not None
    assert (late.effect.value, late.effect.unit) == (1.0, "share")
    assert late.expected == pytest.approx(0.05 * late.sample.n)


def test_fewer_than_five_events_are_not_enough() -> None:
    at, lag = messages(1, 6.0, YEAR + 100)
    few = np.concatenate([at[at < YEAR], YEAR + np.arange(4.0)])
    found = asked(feed(few, lag[: few.size]), YEAR + 5)
    assert (found.status, found.why) == (
        Status.NOT_ENOUGH_DATA,
        "fewer than 5 comparable events were published in 5 open days",
    )


def test_events_of_day_precision_are_compared_in_whole_days() -> None:
    at, lag = messages(1, 6.0, YEAR + 100)
    by_day = feed(at, np.where(at >= LATE, lag + 12 * HOUR_US, lag))  # late, but still on the same day
    by_day = replace(by_day, by_day=np.ones(len(by_day), dtype=np.bool_))
    assert asked(by_day, LATE + 10).p == 1.0


def test_events_dated_ahead_are_counted_and_not_judged() -> None:
    early = told(1, 6.0)
    lag = np.where(np.arange(len(early)) % 7 == 0, -HOUR_US, early.lag_us)
    slips = replace(early, lag_us=lag)
    now = day(LATE) * DAY_US
    assert negative_lags(slips, now) == np.count_nonzero((lag < 0) & (early.published <= now))
    assert asked(slips, LATE).sample.n < asked(early, LATE).sample.n


def test_without_a_usual_lag_or_any_publication_there_is_no_answer() -> None:
    short = lag_baseline(told(1, 6.0), FIRST, FIRST + 90, LOCAL)
    assert isinstance(short, Answer)
    now = day(LATE) * DAY_US
    assert publish_lag(told(1, 6.0), short, now, CALENDAR, LOCAL).status is Status.NOT_ENOUGH_DATA
    usual = lag_baseline(told(1, 6.0), *BASELINE, LOCAL)
    never = feed(np.empty(0), np.empty(0, dtype=np.int64))
    assert publish_lag(never, usual, now, CALENDAR, LOCAL).status is Status.WITHHELD


def test_a_baseline_goes_by_name_and_survives_its_storage() -> None:
    usual = lag_baseline(told(1, 6.0), *BASELINE, LOCAL)
    assert isinstance(usual, LagBaseline)
    assert usual == lag_baseline(told(1, 6.0, late_us=DAY_US), *BASELINE, LOCAL)
    assert LagBaseline.of_content(json.loads(json.dumps(usual.content()))) == usual
    one = told(1, 6.0)
    renumbered = replace(one, type=1 - one.type, types=TYPES[::-1])
    assert lag_baseline(renumbered, *BASELINE, LOCAL) == usual
