"""What judging reads of a profile, laid out so that it is quick to ask per event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from models.calendars import Calendar
from models.profile import Profile
from models.register import Limit, Rule

EVERY_WEEKDAY = Calendar(name="every-weekday")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one profile. `hash` names them: a state judged by other rules must be rebuilt."""

    profile: Profile
    zone: ZoneInfo
    hash: str
    openers: Mapping[str, tuple[Rule, ...]]

    @classmethod
    def of(cls, profile: Profile) -> "Rules":
        """Lay out the rules of a profile."""
        openers: dict[str, tuple[Rule, ...]] = {}
        for row in profile.rules:
            for name in row.start.events:
                openers[name] = (*openers.get(name, ()), row)
        return cls(profile, profile.tz, profile.judging_hash, openers)

    def precedence(self, event_type: str) -> int:
        """Return the place of a type among events of the same time; a type no longer known comes last."""
        known = self.profile.event_types.get(event_type)
        return known.precedence if known else 1 << 30

    def ends(self, event_type: str) -> bool:
        """Return whether a case whose last event has this type is over."""
        known = self.profile.event_types.get(event_type)
        return known is not None and known.ends

    def judged(self, event_type: str, data: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the attributes of an event that the register reads."""
        known = self.profile.event_types.get(event_type)
        return {name: data[name] for name in known.judged if name in data} if known else {}

    def opened_by(self, event_types: Iterable[str]) -> list[Rule]:
        """Return the rows that any of these types may open, in the order of the register."""
        if not self.openers:
            return []
        found = {row.id: row for name in set(event_types) for row in self.openers.get(name, ())}
        return [found[identity] for identity in sorted(found)]

    def calendar(self, limit: Limit) -> Calendar:
        """Return the calendar a limit counts by."""
        return self.profile.calendars[limit.calendar] if limit.calendar else EVERY_WEEKDAY

    def organisation(self, role: str, told: str | None, area: str | None, on: date) -> str:
        """Return who holds a role in a hand-off: who spoke, if it has the role, else whom the profile names.

        A role that no agency holds (a party such as the victim) stands for itself.
        """
        speaker = self.profile.agencies.get(told) if told else None
        if speaker is not None and role in speaker.roles:
            return speaker.code
        return self.profile.agency_for(role, area, on) or role
