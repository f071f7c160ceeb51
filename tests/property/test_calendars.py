"""What holds for every start, length and calendar: due days are worked days, in order, at the end of a day."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

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
from models.instants import DAY_US, local_date, midnight_us
from tests.support.calendars import Span, shipped_calendars

ZONES = [ZoneInfo(name) for name in ("Europe/London", "America/Chicago", "America/Havana", "Asia/Beirut")]
"""The clocks change at 1 o'clock, at 2 o'clock and, in the last two, at midnight."""
FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)
DAYS = st.dates(FIRST, LAST)
AMOUNTS = st.integers(0, 250)
COUNTED = st.sampled_from([Unit.CALENDAR_DAYS, Unit.WORKING_DAYS, Unit.MONTHS])
ROLLS = st.sampled_from(Roll)
CALENDARS = st.sampled_from(list(shipped_calendars("cleveland-and-durham").values())) | st.builds(
    Calendar,
    name=st.just("local"),
    weekend=st.frozensets(st.integers(1, 7), max_size=3),
    holidays=st.sampled_from([None, "GB-ENG", "FR"]),
    closed=st.frozensets(DAYS, max_size=9),
)


SPANS = st.builds(Span, AMOUNTS, COUNTED, ROLLS)


def _worked_between(after: date, until: date, calendar: Calendar) -> int:
    """Return how many days of (after, until] are worked, told day by day without the code under test."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(day.isoweekday() not in calendar.weekend and day not in calendar.closed_days for day in days)


@given(DAYS, st.integers(1, 250), CALENDARS)
def test_n_working_days_hold_n_worked_days_and_end_on_one(start, amount, calendar):
    due = due_date(start, Span(amount, Unit.WORKING_DAYS), calendar)
    assert calendar.is_working_day(due)
    assert _worked_between(start, due, calendar) == amount


@given(DAYS, st.integers(1, 250), CALENDARS)
def test_n_working_days_back_hold_n_worked_days_and_begin_on_one(day, amount, calendar):
    first = stepped_back(day, Span(amount, Unit.WORKING_DAYS), calendar)
    assert calendar.is_working_day(first)
    assert _worked_between(first - timedelta(days=1), day - timedelta(days=1), calendar) == amount


@given(DAYS, AMOUNTS, CALENDARS)
def test_working_days_forward_and_back_again_lead_home(start, amount, calendar):
    span = Span(amount, Unit.WORKING_DAYS, Roll.BACK)
    home = later_working_day(start, calendar)
    assert stepped_back(due_date(home, span, calendar), span, calendar) == home


@given(DAYS, DAYS, SPANS, CALENDARS)
def test_a_later_start_is_never_due_earlier(one, other, span, calendar):
    early, late = sorted((one, other))
    assert due_date(early, span, calendar) <= due_date(late, span, calendar)
    assert stepped_back(early, span, calendar) <= stepped_back(late, span, calendar)


@given(DAYS, AMOUNTS, AMOUNTS, COUNTED, ROLLS, CALENDARS)
def test_a_longer_span_is_never_due_earlier(start, one, other, unit, roll, calendar):
    short, long = sorted((one, other))
    assert due_date(start, Span(short, unit, roll), calendar) <= due_date(
        start, Span(long, unit, roll), calendar
    )


@given(DAYS, AMOUNTS, COUNTED, CALENDARS)
def test_rolls_end_on_the_nearest_working_day_of_their_side(start, amount, unit, calendar):
    back, plain, forward = (
        due_date(start, Span(amount, unit, roll), calendar) for roll in (Roll.BACK, Roll.NONE, Roll.FORWARD)
    )
    assert back <= plain <= forward
    assert calendar.is_working_day(back)
    assert calendar.is_working_day(forward)
    assert (back == plain == forward) == calendar.is_working_day(plain)
    assert _worked_between(back, forward - timedelta(days=1), calendar) == 0


@given(DAYS, CALENDARS)
def test_the_nearest_working_days_have_no_worked_day_between_them_and_the_day(day, calendar):
    early, late = earlier_working_day(day, calendar), later_working_day(day, calendar)
    assert _worked_between(early, day, calendar) == 0
    assert _worked_between(day - timedelta(days=1), late - timedelta(days=1), calendar) == 0


@given(DAYS, st.integers(0, 120))
def test_months_keep_the_day_of_the_month_or_end_on_the_last(start, amount):
    due = due_date(start, Span(amount, Unit.MONTHS), Calendar(name="plain"))
    assert (due.year - start.year) * 12 + due.month - start.month == amount
    assert due.day == start.day or (due.day < start.day and (due + timedelta(days=1)).day == 1)


@given(st.integers(0, (LAST - FIRST).days * DAY_US), SPANS, CALENDARS, st.sampled_from(ZONES))
def test_a_due_instant_is_the_last_microsecond_of_exactly_one_local_day(after_us, span, calendar, zone):
    start_us = midnight_us(FIRST, zone) + after_us
    due = due_us(start_us, span, calendar, zone)
    day = due_date(local_date(start_us, zone), span, calendar)
    assert due == last_us_of_day(day, zone)
    assert (local_date(due, zone), local_date(due + 1, zone)) == (day, day + timedelta(days=1))


@given(st.integers(0, (LAST - FIRST).days * DAY_US), AMOUNTS, CALENDARS, st.sampled_from(ZONES))
def test_hours_are_elapsed_whatever_the_clocks_do(after_us, amount, calendar, zone):
    start_us = midnight_us(FIRST, zone) + after_us
    assert due_us(start_us, Span(amount, Unit.HOURS), calendar, zone) - start_us == amount * HOUR_US
