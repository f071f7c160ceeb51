"""Working days, calendar days and hours: when a limit that starts at an instant or on a day ends.

Dates are counted in the profile's time zone and day 0 is never counted. A due instant is the LAST microsecond
that is still in time (for days: one microsecond before the next local midnight), so that for every kind of
limit an event is late exactly when its time is greater than the due instant, and a due instant reads as a
time on the due day.

Source: docs/decisions/0005-due-instants.md. Custody time limits come later.
"""

from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field, Strict

from models.instants import DAY_US, local_date, to_us

HOUR_US = 3_600_000_000
_FIRST_DAY = date(1970, 1, 1)

Day = Annotated[date, Strict()]


class Unit(StrEnum):
    """In what a limit is counted."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar-days"
    WORKING_DAYS = "working-days"


class Roll(StrEnum):
    """What happens to a calendar due day that is not a working day."""

    NONE = "none"
    FORWARD = "forward"


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
        """Whether a calendar due day moves to the next working day."""


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
    """The days on which nobody works: days of the week (1 = Monday ... 7 = Sunday) and single dates."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    weekend: frozenset[int] = frozenset({6, 7})
    closed: frozenset[Day] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Return whether people work on this day; past the last listed date only weekends are known."""
        return day.isoweekday() not in self.weekend and day not in self.closed


def due_date(start: date, span: Span, calendar: Calendar) -> date:
    """Return the last local day that is still in time, for a span in days that starts on a local day.

    Raises:
        ValueError: the span is in hours, which a day alone cannot judge.
    """
    match span.unit:
        case Unit.WORKING_DAYS:
            return _working_days_after(start, span.amount, calendar)
        case Unit.CALENDAR_DAYS:
            due = start + timedelta(days=span.amount)
            return _next_working_day(due, calendar) if span.roll is Roll.FORWARD else due
        case Unit.HOURS:
            raise ValueError(f"{span.amount} hours from {start}: a whole day cannot be judged in hours")


def due_us(start_us: int, span: Span, calendar: Calendar, zone: tzinfo) -> int:
    """Return the last microsecond (since 1970 UTC) that is in time, for a start at an instant.

    Hours are elapsed time, also across a change of the clocks.
    """
    if span.unit is Unit.HOURS:
        return start_us + span.amount * HOUR_US
    return last_us_of_day(due_date(local_date(start_us, zone), span, calendar), zone)


def due_us_of_day(start_us: int, span: Span, calendar: Calendar) -> int | None:
    """Return the same for a case cut to days, where times are local dates x 86,400 s as if UTC.

    None when the span is in hours: an event of day precision cannot be judged in hours.
    """
    if span.unit is Unit.HOURS:
        return None
    return day_cut_us(due_date(date_of_day_cut(start_us), span, calendar)) + DAY_US - 1


def last_us_of_day(day: date, zone: tzinfo) -> int:
    """Return the last microsecond of a local day, as microseconds since 1970 UTC."""
    following = day + timedelta(days=1)
    midnight = datetime(following.year, following.month, following.day, tzinfo=zone)
    return to_us(midnight) - 1


def day_cut_us(day: date) -> int:
    """Return a local day as the cut timelines write it: days since 1970 x 86,400 s, in microseconds."""
    return (day - _FIRST_DAY).days * DAY_US


def date_of_day_cut(cut_us: int) -> date:
    """Return the local day that a cut time stands for; the inverse of `day_cut_us`."""
    return _FIRST_DAY + timedelta(days=cut_us // DAY_US)


def _working_days_after(start: date, amount: int, calendar: Calendar) -> date:
    day = start
    for _ in range(amount):
        day = _next_working_day(day + timedelta(days=1), calendar)
    return day


def _next_working_day(day: date, calendar: Calendar) -> date:
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day
