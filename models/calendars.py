"""Working days, calendar days, months and hours: when a limit that starts at an instant or on a day ends.

Dates are counted in the profile's time zone and day 0 is never counted. A due instant is the LAST microsecond
that is still in time (for days: one microsecond before the next local midnight), so that for every kind of
limit an event is late exactly when its time is greater than the due instant, and a due instant reads as a
time on the due day.

Sources: docs/decisions/0005-due-instants.md; working days are the business days of the Criminal Procedure
Rules; custody time limits are calendar days that roll back (SI 1987/299, regulation 2).
"""

import calendar as gregorian
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, field_validator, model_validator

from models.bank_holidays import FIRST_YEAR, LAST_YEAR, listed_holidays
from models.instants import local_date, to_us
from models.open_hours import ALL_DAY, opened

HOUR_US = 3_600_000_000
_DAY = timedelta(days=1)

Day = Annotated[date, Strict()]
Weekday = Annotated[int, Field(ge=1, le=7)]


class Unit(StrEnum):
    """In what a limit is counted."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar-days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"


class Roll(StrEnum):
    """What happens to a due day that is not a working day: nothing, or it moves to the nearest one that way."""

    NONE = "none"
    FORWARD = "forward"
    BACK = "back"


class Span(Protocol):
    """A length to count: a register row's limit, or anything of its shape."""

    @property
    def amount(self) -> int:
        """How many units, 0 or more."""

    @property
    def unit(self) -> Unit:
        """What is counted."""

    @property
    def roll(self) -> Roll:
        """Where a day that is not a working day moves to."""


class Period(BaseModel):
    """Local days from `since` to `until`, both included; None: no bound."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    since: Day | None = Field(default=None, alias="from")
    until: Day | None = Field(default=None, alias="to")

    def includes(self, day: date) -> bool:
        """Return whether the day lies in the period."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def overlaps(self, other: "Period") -> bool:
        """Return whether some day lies in both periods."""
        later = max(self.since or date.min, other.since or date.min)
        return self.includes(later) and other.includes(later)


class Calendar(BaseModel):
    """The days on which nobody works: days of the week, public holidays and days of its own.

    Attributes:
        name: by which limits name it.
        weekend: days of the week that are not worked, 1 = Monday ... 7 = Sunday; not all seven.
        holidays: a place whose public holidays are not worked (`models.bank_holidays`), "GB-ENG".
        holidays_only: only the holidays of these names, none of their substitutes; empty: all of the place.
        closed: single days that are not worked: one-off days, local closures.
        open: single days that are worked although they are a holiday or a weekend.
        hours: when a day that is worked begins and ends, "09:00" and "17:00": whole hours apart, within one day;
            None: all 24 hours. No limit is counted in them; silo signals count short waits in them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    weekend: frozenset[Weekday] = frozenset({6, 7})
    holidays: str | None = None
    holidays_only: frozenset[str] = frozenset()
    closed: frozenset[Day] = frozenset()
    open: frozenset[Day] = frozenset()
    hours: tuple[str, ...] | None = None

    @field_validator("hours")
    @classmethod
    def _of_one_day(cls, hours: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if hours is not None:
            opened(hours)
        return hours

    @field_validator("holidays")
    @classmethod
    def _of_a_known_place(cls, place: str | None) -> str | None:
        if place is not None:
            listed_holidays(place)
        return place

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        if len(self.weekend) == 7:
            raise ValueError("a week without a working day: leave at least one day out of weekend")
        both = sorted(self.closed & self.open)
        if both:
            raise ValueError(f"{both[0]} is both closed and open: take it out of one of the two")
        self._check_holiday_names()
        return self

    def _check_holiday_names(self) -> None:
        if self.holidays_only and self.holidays is None:
            raise ValueError('holidays_only chooses among the holidays of a place: add holidays = "GB-ENG"')
        known = set(self._public_holidays().values())
        unknown = sorted(self.holidays_only - known)
        if unknown:
            raise ValueError(
                f"{self.holidays} has no holiday {unknown[0]!r} from {FIRST_YEAR} to {LAST_YEAR}: "
                f"write one of {', '.join(sorted(known))}"
            )

    def _public_holidays(self) -> Mapping[date, str]:
        return listed_holidays(self.holidays) if self.holidays is not None else {}

    @cached_property
    def open_minutes(self) -> tuple[int, int]:
        """When a day that is worked begins and ends, in minutes after its midnight."""
        return opened(self.hours or ALL_DAY)

    @cached_property
    def closed_days(self) -> frozenset[date]:
        """The single days that are not worked, holidays included, days of a weekend left out."""
        chosen = {
            day
            for day, name in self._public_holidays().items()
            if not self.holidays_only or name in self.holidays_only
        }
        return (
            frozenset(day for day in chosen | self.closed if day.isoweekday() not in self.weekend) - self.open
        )

    def is_working_day(self, day: date) -> bool:
        """Return whether people work on this day; outside 2000 to 2050 only weekends and own days are known."""
        return day not in self.closed_days and (day.isoweekday() not in self.weekend or day in self.open)

    def content(self) -> dict[str, object]:
        """Return what judging reads of this calendar as JSON content: two equal ones judge alike.

        The days are those that count (`closed`: holidays and own days; `open`: worked weekend days), however
        they were written, so that a hash of it changes exactly when a judgement may change.
        """
        worked = [day for day in self.open if day.isoweekday() in self.weekend]
        return {
            "name": self.name,
            "weekend": sorted(self.weekend),
            "closed": [day.isoformat() for day in sorted(self.closed_days)],
            "open": [day.isoformat() for day in sorted(worked)],
        }


def due_date(start: date, span: Span, calendar: Calendar) -> date:
    """Return the last local day that is still in time, for a span in days or months from a local day.

    Months end on the same day of the month, or on its last day where it has no such day. A due day that is
    not a working day then moves as the span's roll says; n >= 1 working days always end on one.

    Raises:
        ValueError: the span is in hours, which a day alone cannot judge.
    """
    return _rolled(_moved(start, span, calendar, 1), span.roll, calendar)


def stepped_back(day: date, span: Span, calendar: Calendar) -> date:
    """Return the day that lies a span before this one: the last day of a lead limit.

    With a roll back, a day that is not a working day first steps back to the last working day before it
    (H36: a licence that starts on Saturday 2 January 2027 counts from Thursday 31 December).

    Raises:
        ValueError: the span is in hours, which a day alone cannot judge.
    """
    first = earlier_working_day(day, calendar) if span.roll is Roll.BACK else day
    return _moved(first, span, calendar, -1)


def due_us(start_us: int, span: Span, calendar: Calendar, zone: tzinfo) -> int:
    """Return the last microsecond (since 1970 UTC) that is in time, for a start at an instant.

    Hours are elapsed time, also across a change of the clocks.
    """
    if span.unit is Unit.HOURS:
        return start_us + span.amount * HOUR_US
    return last_us_of_day(due_date(local_date(start_us, zone), span, calendar), zone)


def last_us_of_day(day: date, zone: tzinfo) -> int:
    """Return the last microsecond of a local day, as microseconds since 1970 UTC."""
    following = day + _DAY
    midnight = datetime(following.year, following.month, following.day, tzinfo=zone)
    return to_us(midnight) - 1


def earlier_working_day(day: date, calendar: Calendar) -> date:
    """Return the day itself if it is a working day, else the last working day before it."""
    while not calendar.is_working_day(day):
        day -= _DAY
    return day


def later_working_day(day: date, calendar: Calendar) -> date:
    """Return the day itself if it is a working day, else the first working day after it."""
    while not calendar.is_working_day(day):
        day += _DAY
    return day


def _moved(day: date, span: Span, calendar: Calendar, direction: int) -> date:
    """Return the day a span later (direction 1) or earlier (-1), before any roll."""
    match span.unit:
        case Unit.WORKING_DAYS if direction > 0:
            return _working_days_after(day, span.amount, calendar)
        case Unit.WORKING_DAYS:
            return _working_days_before(day, span.amount, calendar)
        case Unit.CALENDAR_DAYS:
            return day + direction * span.amount * _DAY
        case Unit.MONTHS:
            return _months_after(day, direction * span.amount)
        case Unit.HOURS:
            raise ValueError(f"{span.amount} hours and {day}: a whole day cannot be judged in hours")


def _rolled(day: date, roll: Roll, calendar: Calendar) -> date:
    match roll:
        case Roll.NONE:
            return day
        case Roll.FORWARD:
            return later_working_day(day, calendar)
        case Roll.BACK:
            return earlier_working_day(day, calendar)


def _working_days_after(day: date, amount: int, calendar: Calendar) -> date:
    for _ in range(amount):
        day = later_working_day(day + _DAY, calendar)
    return day


def _working_days_before(day: date, amount: int, calendar: Calendar) -> date:
    for _ in range(amount):
        day = earlier_working_day(day - _DAY, calendar)
    return day


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, gregorian.monthrange(year, month)[1]))
