"""Which days are judged: every local day once, after it is over, in its order."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from consumers.lag import NO_LAG, Lag
from consumers.signals.backlog import waiting
from consumers.signals.days import days_to_judge, end_us, newest_due
from models.instants import date_of, number_of, to_us

LONDON = ZoneInfo("Europe/London")
FIVE = time(5)


@pytest.mark.parametrize(
    ("at", "newest"),
    [
        (datetime(2026, 6, 15, 3, 59, tzinfo=UTC), date(2026, 6, 13)),
        (datetime(2026, 6, 15, 4, tzinfo=UTC), date(2026, 6, 14)),
        (datetime(2026, 6, 15, 23, 59, tzinfo=UTC), date(2026, 6, 14)),
        (datetime(2026, 1, 15, 4, 59, tzinfo=UTC), date(2026, 1, 13)),
        (datetime(2026, 1, 15, 5, tzinfo=UTC), date(2026, 1, 14)),
    ],
)
def test_a_day_is_judged_at_a_local_hour_of_the_next(at: datetime, newest: date) -> None:
    assert date_of(newest_due(at, FIVE, LONDON)) == newest


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 29, 0, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_its_own_midnight_however_the_clocks_change(day: date, ends: datetime) -> None:
    assert end_us(number_of(day), LONDON) == to_us(ends)


def test_missed_days_are_judged_in_their_order_and_none_twice() -> None:
    assert list(days_to_judge(100, None, 103, 52)) == [101, 102, 103]
    assert list(days_to_judge(103, None, 103, 52)) == []
    assert list(days_to_judge(104, 0, 103, 52)) == []


def test_the_first_day_judged_is_the_first_after_the_window_of_the_baselines() -> None:
    assert days_to_judge(None, 1000, 2000, 52) == range(1364, 2001)
    assert days_to_judge(None, 1000, 1100, 52) == range(1100, 1101), "nothing has an answer, and says why"
    assert not days_to_judge(None, 1000, 999, 52)
    assert not days_to_judge(None, None, 2000, 52)


def test_only_what_was_published_before_the_end_of_the_day_is_waited_for() -> None:
    lags = {"intake": Lag(3, 500), "timelines": NO_LAG, "projector": Lag(9, 900)}
    assert waiting(lags, 500) is None
    assert waiting(lags, 501) == "intake must first store what was published by then"
    assert waiting(lags, 901) == ("intake and projector must first store what was published by then")
