"""Does an agency publish nothing at all?"""

import json
import math

import numpy as np
import pytest

from analysis.answers import Answer, Status
from analysis.arrays import DAY_US
from analysis.detectors.feed_silence import SilenceBaseline, feed_silence, silence_baseline
from analysis.feeds import Feed
from analysis.findings import Finding
from analysis.open_days import OpenDays
from tests.support.silo_flows import BASELINE, CALENDAR, FIRST, LOCAL, SEEDS, YEAR, day, feed, messages

DARK = YEAR + 60


def talking(seed: int, rate: float, until: float = np.inf) -> Feed:
    at, lag = messages(seed, rate, YEAR + 100)
    kept = at < until
    return feed(at[kept], lag[kept])


def asked(of: Feed, slot: int, calendar: OpenDays = CALENDAR) -> Finding:
    usual = silence_baseline(of, *BASELINE, CALENDAR, LOCAL)
    return feed_silence(of, usual, day(slot) * DAY_US, calendar, LOCAL)


@pytest.mark.parametrize(("rate", "within"), [(4.0, 4), (12.0, 3)])
def test_a_feed_that_goes_dark_is_noticed_within_days(rate: float, within: int) -> None:
    found = sum(asked(talking(seed, rate, DARK), DARK + within).large_enough for seed in SEEDS)
    assert found >= 18


def test_a_feed_that_goes_on_is_not_silent_on_any_day_of_ten_weeks() -> None:
    for seed in SEEDS[:5]:
        goes_on = talking(seed, 4.0)
        assert not any(asked(goes_on, slot).large_enough for slot in range(YEAR, YEAR + 50))


def test_the_gap_is_told_in_open_hours_with_its_chance() -> None:
    steady = feed(np.arange(0, YEAR, 0.25), np.zeros(YEAR * 4, dtype=np.int64))
    usual = SilenceBaseline(*BASELINE, messages=1040, longest_gap=1.0, rate=4.0, days=260)
    now = day(YEAR + 2) * DAY_US
    found = feed_silence(steady, usual, now, CALENDAR, LOCAL)
    assert found.effect is not None
    assert found.effect.value == pytest.approx(
        24 * 2 + 9
    )  # two open days, and from three o'clock of the last
    assert found.p == pytest.approx(math.exp(-4 * (48 + 9) / 24))
    assert found.window == (day(YEAR - 1), day(YEAR + 2) - 1)


def test_a_long_gap_is_no_silence_unless_the_rate_gives_nine_messages_in_it() -> None:
    few = SilenceBaseline(*BASELINE, messages=100, longest_gap=1.0, rate=1.0, days=260)
    once = feed(np.array([0.0]), np.array([0]))
    for slot, silent in ((9, False), (10, True)):
        assert feed_silence(once, few, day(slot) * DAY_US, CALENDAR, LOCAL).large_enough is silent


def test_nine_messages_missed_are_no_silence_where_gaps_were_as_long_before() -> None:
    bursty = SilenceBaseline(*BASELINE, messages=1000, longest_gap=8.0, rate=20.0, days=260)
    once = feed(np.array([0.0]), np.array([0]))
    for slot, silent in ((12, False), (13, True)):
        assert feed_silence(once, bursty, day(slot) * DAY_US, CALENDAR, LOCAL).large_enough is silent


@pytest.mark.parametrize(
    ("weeks", "days", "times"),
    [
        (52, 260, 1.5),
        (52, 79, 1.5),
        (52, 52, 1.6),
        (52, 24, 1.75),
        (26, 130, 1.65),
        (26, 7, 3.85),
        (52, 1, 4.0),
    ],
)
def test_where_the_longest_gap_is_that_of_few_a_silence_must_be_longer(
    weeks: int, days: int, times: float
) -> None:
    usual = SilenceBaseline(
        FIRST, FIRST + weeks * 7 - 1, messages=1000, longest_gap=8.0, rate=20.0, days=days
    )
    assert usual.longer_than_longest == pytest.approx(times)


def test_a_silence_is_longer_than_that_many_of_the_longest_gap() -> None:
    once = feed(np.array([0.0]), np.array([0]))
    for days, silent in ((260, True), (52, False)):
        usual = SilenceBaseline(*BASELINE, messages=1000, longest_gap=8.0, rate=20.0, days=days)
        assert feed_silence(once, usual, day(13) * DAY_US, CALENDAR, LOCAL).large_enough is silent


def test_the_days_with_messages_are_counted_in_the_baseline() -> None:
    at = np.repeat(np.arange(0, YEAR, 5.0), 5) + np.tile(np.linspace(0, 0.1, 5), YEAR // 5)
    usual = silence_baseline(feed(at, np.zeros(at.size, dtype=np.int64)), *BASELINE, CALENDAR, LOCAL)
    assert isinstance(usual, SilenceBaseline)
    assert (usual.messages, usual.days) == (260, 52)
    older = {name: value for name, value in usual.content().items() if name != "days"}
    assert SilenceBaseline.of_content(older).days == 260, "a baseline locked before days were counted"


def test_declared_closed_days_are_no_silence() -> None:
    weights = CALENDAR.weights.copy()
    weights[day(DARK) - FIRST : day(DARK + 10) - FIRST] = 0
    closed = OpenDays(FIRST, weights)
    assert asked(talking(1, 4.0, DARK), DARK + 10).large_enough
    assert not asked(talking(1, 4.0, DARK), DARK + 10, closed).large_enough


def test_without_a_usual_rhythm_there_is_no_answer() -> None:
    short = silence_baseline(talking(1, 4.0), FIRST, FIRST + 100, CALENDAR, LOCAL)
    assert isinstance(short, Answer)
    found = feed_silence(talking(1, 4.0), short, day(YEAR) * DAY_US, CALENDAR, LOCAL)
    assert (found.status, found.why) == (Status.NOT_ENOUGH_DATA, short.why)
    assert isinstance(silence_baseline(talking(1, 0.1), *BASELINE, CALENDAR, LOCAL), Answer)


def test_an_agency_that_never_said_when_it_published_is_withheld() -> None:
    usual = SilenceBaseline(*BASELINE, messages=100, longest_gap=1.0, rate=1.0, days=260)
    never = feed(np.empty(0), np.empty(0, dtype=np.int64))
    assert feed_silence(never, usual, day(YEAR) * DAY_US, CALENDAR, LOCAL).status is Status.WITHHELD


def test_a_baseline_sees_nothing_from_after_its_window_and_survives_its_storage() -> None:
    usual = silence_baseline(talking(1, 4.0), *BASELINE, CALENDAR, LOCAL)
    assert usual == silence_baseline(talking(1, 4.0, DARK), *BASELINE, CALENDAR, LOCAL)
    assert isinstance(usual, SilenceBaseline)
    assert SilenceBaseline.of_content(json.loads(json.dumps(usual.content()))) == usual
    assert usual.rate == pytest.approx(4.0, rel=0.1)
    assert 1 < usual.longest_gap < 4
