"""Limits end on the day that the worked examples say."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from models.calendars import (
    HOUR_US,
    Calendar,
    Roll,
    Unit,
    due_date,
    due_us,
    earlier_working_day,
    last_us_of_day,
    later_working_day,
    stepped_back,
)
from models.instants import from_us, to_us
from tests.support.calendars import Span, shipped_calendars

LONDON = ZoneInfo("Europe/London")
WD, CD, MONTHS, HOURS = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.HOURS


@pytest.fixture(scope="module")
def calendar():
    return shipped_calendars("cleveland-and-durham")["england-and-wales"]


@pytest.fixture(scope="module")
def sittings():
    return shipped_calendars("cleveland-and-durham")["magistrates-custody-sittings"]


WORKED = {
    "wd-easter": (date(2026, 4, 2), Span(1, WD), date(2026, 4, 7)),
    "wd-two-bank-holidays": (date(2026, 5, 1), Span(15, WD), date(2026, 5, 26)),
    "wd-christmas": (date(2026, 12, 23), Span(5, WD), date(2027, 1, 4)),
    "wd-christmas-eve": (date(2026, 12, 24), Span(1, WD), date(2026, 12, 29)),
    "wd-from-boxing-day": (date(2026, 12, 26), Span(1, WD), date(2026, 12, 29)),
    "wd-none-on-a-working-day": (date(2026, 12, 24), Span(0, WD), date(2026, 12, 24)),
    "wd-none-on-a-closed-day": (date(2026, 12, 26), Span(0, WD), date(2026, 12, 26)),
    "wd-none-rolled": (date(2026, 12, 26), Span(0, WD, Roll.FORWARD), date(2026, 12, 29)),
    "wd-behind-the-jubilee": (date(2022, 6, 1), Span(1, WD), date(2022, 6, 6)),
    "wd-behind-the-state-funeral": (date(2022, 9, 16), Span(1, WD), date(2022, 9, 20)),
    "wd-behind-the-coronation": (date(2023, 5, 5), Span(1, WD), date(2023, 5, 9)),
    "cd-plain": (date(2026, 12, 1), Span(28, CD, Roll.FORWARD), date(2026, 12, 29)),
    "cd-christmas": (date(2026, 11, 27), Span(28, CD, Roll.FORWARD), date(2026, 12, 29)),
    "cd-christmas-without-roll": (date(2026, 11, 27), Span(28, CD), date(2026, 12, 25)),
    "cd-weekend-substitutes": (date(2027, 11, 27), Span(28, CD, Roll.FORWARD), date(2027, 12, 29)),
    "cd-weekend-substitutes-without-roll": (date(2027, 11, 27), Span(28, CD), date(2027, 12, 25)),
    "ctl-christmas": (date(2026, 6, 26), Span(182, CD, Roll.BACK), date(2026, 12, 24)),
    "ctl-substitute": (date(2026, 10, 19), Span(70, CD, Roll.BACK), date(2026, 12, 24)),
    "ctl-easter-monday": (date(2026, 2, 9), Span(56, CD, Roll.BACK), date(2026, 4, 2)),
    "ctl-christmas-2027": (date(2027, 6, 28), Span(182, CD, Roll.BACK), date(2027, 12, 24)),
    "ctl-sent": (date(2026, 6, 15), Span(182 - 14, CD, Roll.BACK), date(2026, 11, 30)),
    "ctl-sent-as-one-remand": (date(2026, 6, 1), Span(182, CD, Roll.BACK), date(2026, 11, 30)),
    "ctl-message-of-30-may": (date(2024, 5, 30), Span(182, CD, Roll.BACK), date(2024, 11, 28)),
    "ctl-message-of-18-june": (date(2024, 6, 18), Span(182, CD, Roll.BACK), date(2024, 12, 17)),
    "ctl-message-of-28-june": (date(2024, 6, 28), Span(182, CD, Roll.BACK), date(2024, 12, 27)),
    "months-plain": (date(2026, 3, 15), Span(3, MONTHS), date(2026, 6, 15)),
    "months-to-a-short-month": (date(2025, 8, 31), Span(6, MONTHS), date(2026, 2, 28)),
    "months-to-a-leap-day": (date(2027, 11, 30), Span(3, MONTHS), date(2028, 2, 29)),
    "months-over-new-year": (date(2026, 12, 5), Span(1, MONTHS), date(2027, 1, 5)),
    "months-rolled-forward": (date(2026, 9, 25), Span(3, MONTHS, Roll.FORWARD), date(2026, 12, 29)),
    "months-rolled-back": (date(2026, 9, 25), Span(3, MONTHS, Roll.BACK), date(2026, 12, 24)),
}
STEPPED = {
    "wd-lead": (date(2027, 1, 2), Span(2, WD, Roll.BACK), date(2026, 12, 29)),
    "wd-lead-warning": (date(2027, 1, 2), Span(4, WD, Roll.BACK), date(2026, 12, 23)),
    "wd-lead-from-a-working-day": (date(2026, 12, 31), Span(2, WD, Roll.BACK), date(2026, 12, 29)),
    "wd-lead-without-roll": (date(2027, 1, 2), Span(2, WD), date(2026, 12, 30)),
    "cd-lead": (date(2026, 6, 29), Span(7, CD), date(2026, 6, 22)),
    "cd-lead-none": (date(2026, 6, 29), Span(0, CD), date(2026, 6, 29)),
    "cd-lead-rolled": (date(2026, 4, 6), Span(7, CD, Roll.BACK), date(2026, 3, 26)),
    "months-lead": (date(2026, 8, 31), Span(6, MONTHS), date(2026, 2, 28)),
    "months-lead-over-new-year": (date(2026, 3, 20), Span(8, MONTHS), date(2025, 7, 20)),
}
BANK_HOLIDAYS = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


@pytest.mark.parametrize(("start", "span", "due"), WORKED.values(), ids=WORKED)
def test_a_worked_example_ends_on_its_day(calendar, start, span, due):
    assert due_date(start, span, calendar) == due


@pytest.mark.parametrize(("start", "span", "due"), WORKED.values(), ids=WORKED)
@pytest.mark.parametrize("clock", [(0, 0), (23, 59)], ids=["first-minute", "last-minute"])
def test_an_instant_ends_with_the_same_day_at_whatever_hour_it_began(calendar, start, span, due, clock):
    instant = to_us(datetime(start.year, start.month, start.day, *clock, tzinfo=LONDON))
    assert due_us(instant, span, calendar, LONDON) == last_us_of_day(due, LONDON)


@pytest.mark.parametrize(("day", "span", "last"), STEPPED.values(), ids=STEPPED)
def test_a_lead_limit_steps_back_to_its_day(calendar, day, span, last):
    assert stepped_back(day, span, calendar) == last


def test_the_date_is_counted_in_local_time(calendar):
    start = to_us(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    due = due_us(start, Span(1, CD), calendar, LONDON)
    assert from_us(due + 1) == datetime(2026, 7, 2, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 10, 24, 20, tzinfo=LONDON), "2026-10-25T19:00:00+00:00"),
        (datetime(2026, 3, 28, 20, tzinfo=LONDON), "2026-03-29T21:00:00+01:00"),
    ],
    ids=["clocks-go-back", "clocks-go-forward"],
)
def test_hours_are_elapsed_across_a_change_of_the_clocks(calendar, start, end):
    due = due_us(to_us(start), Span(24, HOURS), calendar, LONDON)
    assert from_us(due).astimezone(LONDON).isoformat() == end
    assert due - to_us(start) == 24 * HOUR_US


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 10, 26), 24)],
    ids=["clocks-go-forward", "clocks-go-back", "plain"],
)
def test_a_day_ends_at_local_midnight_however_long_it_is(calendar, day, hours):
    begin = to_us(datetime(day.year, day.month, day.day, tzinfo=LONDON))
    assert last_us_of_day(day, LONDON) == begin + hours * HOUR_US - 1
    assert due_us(begin, Span(0, CD), calendar, LONDON) == begin + hours * HOUR_US - 1


@pytest.mark.parametrize("count", [due_date, stepped_back])
def test_a_whole_day_cannot_be_judged_in_hours(calendar, count):
    with pytest.raises(ValueError, match="cannot be judged in hours"):
        count(date(2026, 1, 1), Span(24, HOURS), calendar)


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_the_bank_holidays_of_a_year_are_those_of_the_table(calendar, year):
    listed = {date.fromisoformat(f"{year}-{day}") for day in BANK_HOLIDAYS[year].split()}
    assert {day for day in calendar.closed_days if day.year == year} == listed


@pytest.mark.parametrize("day", [date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)])
def test_a_day_that_was_proclaimed_once_is_no_working_day(calendar, day):
    assert not calendar.is_working_day(day)
    assert calendar.is_working_day(day.replace(year=2019))


def test_past_2050_only_weekends_are_known(calendar):
    assert not calendar.is_working_day(date(2050, 12, 26))
    assert calendar.is_working_day(date(2051, 12, 25))
    assert not calendar.is_working_day(date(2051, 12, 24))


def test_a_court_for_people_in_custody_rests_on_sundays_christmas_day_and_good_friday(sittings):
    rest = [date(2026, 4, 3), date(2026, 12, 25), date(2026, 12, 27)]
    sits = [date(2026, 4, 4), date(2026, 4, 6), date(2026, 12, 26), date(2026, 12, 28), date(2027, 12, 27)]
    assert [sittings.is_working_day(day) for day in rest] == [False] * 3
    assert [sittings.is_working_day(day) for day in sits] == [True] * 5
    assert later_working_day(date(2026, 12, 25), sittings) == date(2026, 12, 26)


def test_own_days_are_closed_or_open_whatever_the_place_says():
    local = Calendar(
        name="local",
        holidays="GB-ENG",
        closed=frozenset({date(2026, 7, 1)}),
        open=frozenset({date(2026, 12, 28), date(2026, 7, 4)}),
    )
    assert not local.is_working_day(date(2026, 7, 1))
    assert local.is_working_day(date(2026, 12, 28))
    assert local.is_working_day(date(2026, 7, 4)), "a Saturday"
    assert earlier_working_day(date(2026, 7, 5), local) == date(2026, 7, 4)


def test_a_calendar_written_out_judges_like_the_one_that_names_the_place(calendar):
    listed = frozenset(calendar.closed_days)
    written = Calendar(name="england-and-wales", closed=listed | {date(2026, 12, 26)})
    assert written.content() == calendar.content()
    assert (
        written.content()
        != Calendar(name="england-and-wales", closed=listed - {date(2026, 12, 25)}).content()
    )


def test_a_worked_weekend_day_is_part_of_what_is_judged():
    plain = Calendar(name="plain")
    open_on = [Calendar(name="plain", open=frozenset({day})) for day in (date(2026, 7, 4), date(2026, 7, 6))]
    assert open_on[0].content() != plain.content()
    assert open_on[1].content() == plain.content(), "a Monday is worked anyway"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"holidays": "England"}, 'such as "GB-ENG"'),
        ({"holidays": "ZZ"}, 'such as "GB-ENG"'),
        ({"holidays": "GB-XXX"}, "write one of GB-ENG, GB-NIR, GB-SCT, GB-WLS"),
        ({"holidays": "AD-XX"}, "write one of AD-02"),
        ({"holidays": "GB-ENG", "holidays_only": ["Xmas"]}, "write one of Boxing Day,"),
        ({"holidays_only": ["Christmas Day"]}, 'add holidays = "GB-ENG"'),
        ({"weekend": [1, 2, 3, 4, 5, 6, 7]}, "leave at least one day out of weekend"),
        ({"weekend": [0]}, "greater than or equal to 1"),
        ({"closed": [date(2026, 7, 1)], "open": [date(2026, 7, 1)]}, "2026-07-01 is both closed and open"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_in_a_calendar_says_what_to_write(fields, says):
    with pytest.raises(ValidationError, match=says):
        Calendar(name="wrong", **fields)
