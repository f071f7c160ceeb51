"""A case in the making: who says what and when, before any of it is recorded."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import JsonValue

from models.profile import Profile
from publishers.synthetic.chance import Chance, Wait
from publishers.synthetic.diary import Diary
from publishers.synthetic.references import hearing_reference


class Said(NamedTuple):
    """One thing that happened: short type, the role and agency that say so, local time, attributes."""

    name: str
    role: str
    agency: str
    at: datetime
    by_day: bool
    data: dict[str, JsonValue]


@dataclass(slots=True)
class Story:
    """One defendant's way through the partnership, told as it goes."""

    case: str
    area: str
    profile: Profile
    chance: Chance
    diary: Diary
    youth: bool = False
    offence_class: str = "summary"
    offence_date: str = ""
    remand: str = "bail"
    court: str = "mags"
    by_day: bool = False
    victims: tuple[tuple[str, bool], ...] = ()
    hearings: int = 0
    said: list[Said] = field(default_factory=list)
    speakers: dict[str, str] = field(default_factory=dict)

    def say(self, name: str, role: str, at: datetime, **data: JsonValue) -> None:
        """Add an event; a role is spoken for by the same agency all through the case."""
        self.said.append(Said(name, role, self._speaker(role, at), at, False, {**data, "area": self.area}))

    def say_day(self, name: str, role: str, at: datetime, **data: JsonValue) -> None:
        """Add an event of which, in some cases, the record keeps the day alone."""
        self.say(name, role, at, **data)
        if self.by_day:
            self.said[-1] = self.said[-1]._replace(by_day=True)

    def office(self, at: datetime, wait: Wait) -> datetime:
        """Return when an office gets something done after a wait in days."""
        return self.diary.office(at + self.chance.days(wait), self.chance)

    def sitting(self, at: datetime, wait: Wait) -> datetime:
        """Return when a court sits after a wait in days; never on the day of `at`."""
        return self.diary.sitting(
            at + max(self.chance.days(wait) - timedelta(days=1), timedelta()), self.chance
        )

    def new_hearing(self) -> str:
        """Return the reference of the next hearing."""
        self.hearings += 1
        return hearing_reference(self.case, self.hearings)

    def _speaker(self, role: str, at: datetime) -> str:
        known = self.speakers.get(role)
        if known is not None:
            return known
        code = self.profile.agency_for(role, self.area, at.date()) or self._any_with(role)
        self.speakers[role] = code
        return code

    def _any_with(self, role: str) -> str:
        """Return one of several agencies with the role, such as the prisons."""
        codes = {
            a.code: 1.0 for a in self.profile.agencies.values() if role in a.roles and a.works_in(self.area)
        }
        return self.chance.one_of(codes)
