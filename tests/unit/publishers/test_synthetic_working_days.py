"""The generator's own calendar: the listed bank holidays, and the worked examples of the partnership."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest

from publishers.synthetic.counting import back, forward, months_after
from publishers.synthetic.diary import CLOSES, OPENS, Diary
from publishers.synthetic.local_time import DAY, HOUR, LocalTime, written
from publishers.synthetic.working_days import (
    SITTING,
    WORKING,
    bank_holidays,
    date_of,
    number_of,
    weekday,
)

LONDON = LocalTime(ZoneInfo("Europe/London"))


def day(text):
    return number_of(date.fromisoformat(text))


@pytest.mark.parametrize("year", range(2015, 2041))
def test_the_days_off_are_those_that_are_published(year):
    listed = holidays.country_holidays("GB", subdiv="ENG", years=year)
    assert {one for one in bank_holidays(year) if one.weekday() < 5} == {
        one for one in listed if one.weekday() < 5
    }


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-05-01", 15, "2026-05-26"),
        ("2026-12-23", 5, "2027-01-04"),
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-12-26", 1, "2026-12-29"),
    ],
)
def test_working_days_are_counted_as_in_the_worked_examples(start, amount, due):
    assert date_of(WORKING.after(day(start), amount)).isoformat() == due


def test_days_roll_forward_and_back_over_christmas():
    assert date_of(forward(day("2026-12-25"))) == date(2026, 12, 29)
    assert date_of(back(day("2026-12-25"))) == date(2026, 12, 24)
    assert date_of(WORKING.before(back(day("2027-01-02")), 2)) == date(2026, 12, 29)


def test_custody_time_limits_end_as_in_the_worked_examples():
    assert date_of(back(day("2026-10-19") + 70)) == date(2026, 12, 24)
    assert date_of(back(day("2026-02-09") + 56)) == date(2026, 4, 2)
    assert date_of(back(day("2027-06-28") + 182)) == date(2027, 12, 24)


def test_magistrates_sit_for_people_in_custody_on_saturdays_and_bank_holidays():
    assert SITTING.is_open(day("2026-12-26"))
    assert SITTING.is_open(day("2026-12-28"))
    assert not SITTING.is_open(day("2026-12-25"))
    assert not SITTING.is_open(day("2026-04-03"))
    assert not SITTING.is_open(day("2026-11-22"))


def test_counting_there_and_back_ends_where_it_began():
    for number in range(day("2024-01-01"), day("2028-12-31")):
        if WORKING.is_open(number):
            assert WORKING.before(WORKING.after(number, 7), 7) == number


def test_months_end_on_the_last_day_of_a_shorter_one():
    assert date_of(months_after(day("2026-11-30"), 3)) == date(2027, 2, 28)
    assert date_of(months_after(day("2026-08-31"), -6)) == date(2026, 2, 28)
    assert date_of(months_after(day("2026-01-15"), 24)) == date(2028, 1, 15)


def test_local_days_begin_at_local_midnight():
    summer = LONDON.midnight(day("2026-07-01"))
    assert written(summer) == "2026-06-30T23:00:00Z"
    assert LONDON.day(summer) == LONDON.day(summer - 1) + 1
    assert LONDON.midnight(day("2026-10-26")) - LONDON.midnight(day("2026-10-25")) == 25 * HOUR


def test_an_office_deals_with_things_in_its_hours_alone():
    diary = Diary(LONDON)
    begins = LONDON.midnight(day("2026-03-20"))
    for hours in range(24 * 21):
        at = diary.office(begins + hours * HOUR, hours % 7 / 7)
        local_day = LONDON.day(at)
        assert at >= begins + hours * HOUR
        assert WORKING.is_open(local_day)
        assert OPENS <= at - LONDON.midnight(local_day) < CLOSES


def test_a_weekday_is_the_next_one_that_is_worked():
    diary = Diary(LONDON)
    friday = LONDON.midnight(day("2026-04-03")) + 10 * HOUR  # Good Friday
    moved = diary.weekday(friday - 2 * DAY, 4)
    assert date_of(LONDON.day(moved)) == date(2026, 4, 10)
    assert weekday(LONDON.day(moved)) == 4
    assert diary.weekday(moved, 4) == moved
    assert date_of(LONDON.day(diary.weekday(moved, 0))) - date_of(LONDON.day(moved)) == timedelta(days=3)
