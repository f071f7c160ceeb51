"""The calendars of a shipped profile, and a length to count in them."""

import tomllib
from dataclasses import dataclass

from infra.profile_files import read_profile_files
from models.calendars import Calendar, Roll, Unit
from models.profile_parts import CalendarList


@dataclass(frozen=True)
class Span:
    """A length to count."""

    amount: int
    unit: Unit
    roll: Roll = Roll.NONE


def shipped_calendars(profile: str) -> dict[str, Calendar]:
    """Return the calendars of a profile that comes with caseflow, by name."""
    told = tomllib.loads(read_profile_files(profile)["calendars.toml"])
    return {calendar.name: calendar for calendar in CalendarList.model_validate(told).calendars}
