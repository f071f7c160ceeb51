"""Limits end on the day that the worked examples say."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.calendars import (
    HOUR_US,
    Roll,
    Unit,
    date_of_day_cut,
    day_cut_us,
    due_date,
    due_us,
    due_us_of_day,
    last_us_of_day,
)
from models.instants import DAY_US, from_us, to_us
from models.register import Certainty, Limit, LimitKind
from tests.support.profiles import shipped

LONDON = ZoneInfo("Europe/London")


def _limit(amount, unit, roll=Roll.NONE):
    return Limit(
        kind=LimitKind.MAX,
        amount=amount,
        unit=unit,
        roll=roll,
        calendar="england-and-wales",
        certainty=Certainty.CONFIRMED,
        source="a test",
    )


@pytest.fixture(scope="module")
def calendar():
    return shipped("cleveland-and-durham").calendars["england-and-wales"]


WORKED = {
    "wd-easter": (date(2026, 4, 2), _limit(1, Unit.WORKING_DAYS), date(2026, 4, 7)),
    "wd-two-bank-holidays": (date(2026, 5, 1), _limit(15, Unit.WORKING_DAYS), date(2026, 5, 26)),
    "wd-christmas": (date(2026, 12, 23), _limit(5, Unit.WORKING_DAYS), date(2027, 1, 4)),
    "wd-christmas-eve": (date(2026, 12, 24), _limit(1, Unit.WORKING_DAYS), date(2026, 12, 29)),
    "wd-from-boxing-day": (date(2026, 12, 26), _limit(1, Unit.WORKING_DAYS), date(2026, 12, 29)),
    "cd-plain": (date(2026, 12, 1), _limit(28, Unit.CALENDAR_DAYS, Roll.FORWARD), date(2026, 12, 29)),
    "cd-christmas": (date(2026, 11, 27), _limit(28, Unit.CALENDAR_DAYS, Roll.FORWARD), date(2026, 12, 29)),
    "cd-weekend-substitutes": (
        date(2027, 11, 27),
        _limit(28, Unit.CALENDAR_DAYS, Roll.FORWARD),
        date(2027, 12, 29),
    ),
    "cd-without-roll": (date(2026, 11, 27), _limit(28, Unit.CALENDAR_DAYS), date(2026, 12, 25)),
    "wd-same-day": (date(2026, 12, 26), _limit(0, Unit.WORKING_DAYS), date(2026, 12, 26)),
}


@pytest.mark.parametrize(("start", "limit", "due"), WORKED.values(), ids=WORKED)
def test_a_worked_example_ends_on_its_day(calendar, start, limit, due):
    assert due_date(start, limit, calendar) == due


@pytest.mark.parametrize(("start", "limit", "due"), WORKED.values(), ids=WORKED)
def test_an_instant_and_a_whole_day_end_with_the_same_day(calendar, start, limit, due):
    instant = to_us(datetime(start.year, start.month, start.day, 23, 59, tzinfo=LONDON))
    assert due_us(instant, limit, calendar, LONDON) == last_us_of_day(due, LONDON)
    assert due_us_of_day(day_cut_us(start), limit, calendar) == day_cut_us(due) + DAY_US - 1


def test_the_date_is_counted_in_local_time(calendar):
    start = to_us(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    due = due_us(start, _limit(1, Unit.CALENDAR_DAYS), calendar, LONDON)
    assert from_us(due + 1) == datetime(2026, 7, 2, 23, tzinfo=UTC)


def test_hours_are_elapsed_across_a_change_of_the_clocks(calendar):
    start = to_us(datetime(2026, 10, 24, 20, tzinfo=LONDON))
    due = due_us(start, _limit(24, Unit.HOURS), calendar, LONDON)
    assert from_us(due).astimezone(LONDON).replace(tzinfo=None).isoformat() == "2026-10-25T19:00:00"
    assert due - start == 24 * HOUR_US


def test_a_whole_day_cannot_be_judged_in_hours(calendar):
    hours = _limit(24, Unit.HOURS)
    assert due_us_of_day(day_cut_us(date(2026, 1, 1)), hours, calendar) is None
    with pytest.raises(ValueError, match="cannot be judged in hours"):
        due_date(date(2026, 1, 1), hours, calendar)


def test_a_stop_on_the_due_day_is_in_time_and_the_day_after_is_late(calendar):
    due = due_us_of_day(day_cut_us(date(2026, 12, 1)), _limit(28, Unit.CALENDAR_DAYS), calendar)
    assert day_cut_us(date(2026, 12, 29)) <= due < day_cut_us(date(2026, 12, 30))


@pytest.mark.parametrize("day", [date(1969, 12, 31), date(1970, 1, 1), date(2028, 2, 29)])
def test_a_day_cut_time_reads_back_as_its_day(day):
    assert date_of_day_cut(day_cut_us(day)) == day


def test_bank_holidays_of_five_years_are_known(calendar):
    for year in range(2024, 2029):
        assert sum(day.year == year for day in calendar.closed) == 8
    assert all(day.isoweekday() < 6 for day in calendar.closed)
