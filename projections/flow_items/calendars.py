"""The open days of a profile's agencies as arrays, and its local time: laid out for the years calendars know."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from analysis.arrays import DAY_US, Bools, Ints
from analysis.items import FlowKey
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays
from analysis.open_hours import OpenHours, OpenTime
from models.bank_holidays import FIRST_YEAR, LAST_YEAR
from models.calendars import Calendar
from models.limits import Limit
from models.profile import Profile
from models.profile_parts import Reduced
from models.short_limits import are_short, run_by_the_clock

FIRST: Final = date(FIRST_YEAR, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
DAYS: Final = (date(LAST_YEAR + 1, 1, 1) - date(FIRST_YEAR, 1, 1)).days
"""The first local day laid out, and how many there are: holidays are known from 2000 to 2050."""

EVERY_DAY: Final = Calendar(name="every day", weekend=frozenset())


def open_days(calendar: Calendar, reduced: Iterable[Reduced] = ()) -> OpenDays:
    """Return the open days of a calendar, with the days on which less is done; closed days stay closed."""
    weekday = (FIRST + 3 + np.arange(DAYS)) % 7 + 1
    weights = np.isin(weekday, sorted(calendar.weekend), invert=True).astype(np.float64)
    for days, weight in ((calendar.closed_days, 0.0), (calendar.open, 1.0)):
        places = [place for day in days if 0 <= (place := _place(day)) < DAYS]
        weights[places] = weight
    for part in reduced:
        first, last = max(_place(part.since), 0), max(_place(part.until) + 1, 0)
        weights[first:last] *= part.strength
    return OpenDays(FIRST, weights)


def calendars_of(profile: Profile, codes: Iterable[str]) -> dict[str, OpenDays]:
    """Return the open days of agencies, roles and parties by code; those alike share one."""
    made: dict[tuple[Calendar, tuple[Reduced, ...]], OpenDays] = {}
    found = {}
    for code in codes:
        key = (profile.open_days_of(code), profile.reduced_days_of(code))
        if key not in made:
            made[key] = open_days(*key)
        found[code] = made[key]
    return found


def calendars_between(profile: Profile, keys: Iterable[FlowKey]) -> dict[FlowKey, OpenTime]:
    """Return what each flow is counted in: the open days of its receiver, or for a party of who must act.

    Where the limits of its row are short it is counted in their open hours; where these limits are all in hours, in
    all hours of all days: the clock of such a limit does not stop at night.
    """
    names = {key: key.sender if key.receiver in profile.head.parties else key.receiver for key in keys}
    known = calendars_of(profile, names.values())
    limits = {row.id: row.limits for row in profile.rules}
    return {
        key: _in_hours(profile, name, known[name], limits[key.rule])
        if are_short(limits.get(key.rule, ()))
        else known[name]
        for key, name in names.items()
    }


def _in_hours(profile: Profile, name: str, days: OpenDays, limits: Sequence[Limit]) -> OpenHours:
    if run_by_the_clock(limits):
        return OpenHours(open_days(EVERY_DAY, profile.reduced_days_of(name)))
    return OpenHours(days, *profile.open_days_of(name).open_minutes)


@cache
def local_time(zone: ZoneInfo) -> LocalTime:
    """Return the local time of a zone in these years."""
    first, after = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    return LocalTime.of(zone, int(first.timestamp()) * 1_000_000, int(after.timestamp()) * 1_000_000)


def is_laid_out(local: LocalTime, utc: Ints) -> Bools:
    """Return which instants lie in these years, with a day to spare at both ends."""
    inside: Bools = (utc >= local.starts[0] + DAY_US) & (utc <= local.last_us - DAY_US)
    return inside


def _place(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal() - FIRST
