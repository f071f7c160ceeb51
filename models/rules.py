"""What judging reads of a profile, laid out so that it is quick to ask per event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from models.calendars import Calendar
from models.limits import Limit
from models.profile import Profile
from models.profile_parts import Judging
from models.register import Rule

EVERY_WEEKDAY = Calendar(name="every-weekday")
MINUTE_US = 60_000_000
LONGEST_KEPT = 256
"""Characters of an attribute that a case keeps: a longer text is no code, date or reference."""
MOST_KEPT_TOGETHER = 10_000
"""Sets of event types whose rows are remembered; cases take few ways, so few sets are ever seen."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one profile. `hash` names them: a state judged by other rules must be rebuilt."""

    profile: Profile
    zone: ZoneInfo
    hash: str
    judging: Judging
    openers: Mapping[str, tuple[Rule, ...]]
    chained: Mapping[str, tuple[str, ...]]
    graces_us: Mapping[str, int]
    opened_together: dict[frozenset[str], tuple[Rule, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, profile: Profile) -> "Rules":
        """Lay out the rules of a profile."""
        openers: dict[str, tuple[Rule, ...]] = {}
        for row in profile.rules:
            for name in row.start_events:
                openers[name] = (*openers.get(name, ()), row)
        return cls(
            profile=profile,
            zone=profile.tz,
            hash=profile.judging_hash,
            judging=profile.head.judging,
            openers=openers,
            chained={row.id: row.follows for row in profile.rules if row.follows},
            graces_us={row.id: _grace_us(row, profile) for row in profile.rules},
        )

    def precedence(self, event_type: str) -> int:
        """Return the place of a type among events of the same time; a type no longer known comes last."""
        known = self.profile.event_types.get(event_type)
        return known.precedence if known else 1 << 30

    def ends(self, event_type: str) -> bool:
        """Return whether a case whose last event has this type is over."""
        known = self.profile.event_types.get(event_type)
        return known is not None and known.ends

    def judged(self, event_type: str, data: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the attributes of an event that the register reads; what no condition can compare is not kept."""
        known = self.profile.event_types.get(event_type)
        return {name: data[name] for name in known.judged if _is_kept(data.get(name))} if known else {}

    def opened_by(self, event_types: Iterable[str]) -> tuple[Rule, ...]:
        """Return the rows that any of these types may open, in the order of the register."""
        if not self.openers:
            return ()
        names = frozenset(event_types)
        known = self.opened_together.get(names)
        if known is None:
            found = {row.id: row for name in names for row in self.openers.get(name, ())}
            known = tuple(found[identity] for identity in sorted(found))
            if len(self.opened_together) < MOST_KEPT_TOGETHER:
                self.opened_together[names] = known
        return known

    def calendar(self, limit: Limit) -> Calendar:
        """Return the calendar a limit counts by."""
        return self.profile.calendars[limit.calendar] if limit.calendar else EVERY_WEEKDAY

    def grace_us(self, row: Rule) -> int:
        """Return how long after its due instant a stop's event may usually still come, in microseconds."""
        return self.graces_us[row.id]

    def organisation(self, roles: Sequence[str], told: str | None, area: str | None, on: date) -> str:
        """Return who holds a duty in a hand-off: who spoke, if it has one of the roles, else the first's holder.

        A role that no agency holds (a party such as the victim) stands for itself.
        """
        speaker = self.profile.agencies.get(told) if told else None
        if speaker is not None and not speaker.roles.isdisjoint(roles):
            return speaker.code
        return self.profile.agency_for(roles[0], area, on) or roles[0]


def _is_kept(value: JsonValue) -> bool:
    return isinstance(value, bool | int) or (isinstance(value, str) and len(value) <= LONGEST_KEPT)


def _grace_us(row: Rule, profile: Profile) -> int:
    """Return the longest grace of the feeds in which a row's stop may come."""
    known = (profile.event_types[name] for name in row.stop_events)
    publishers = {role for event in known for role in event.publishers}
    return profile.head.judging.grace_minutes_of(publishers) * MINUTE_US
