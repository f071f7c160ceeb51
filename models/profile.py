"""A profile: everything local to one partnership, as one checked value with quick answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from zoneinfo import ZoneInfo

from models.calendars import Calendar
from models.profile_checks import AGENCIES, CALENDARS, EVENTS, PROFILE, Parts, check
from models.profile_parts import (
    UNKNOWN_AGENCY,
    Agency,
    AgencyList,
    Area,
    CalendarList,
    EventList,
    EventType,
    ImportMapping,
    ProfileHead,
    Reduced,
    Stage,
)
from models.profile_text import Mistake, ProfileError, Reader
from models.register import Rule
from models.route_checks import ROUTES
from models.routes import RouteList

__all__ = [
    "UNKNOWN_AGENCY",
    "Agency",
    "EventType",
    "ImportMapping",
    "Profile",
    "ProfileError",
    "parse_profile",
]

JUDGING = 2
"""How judging judges: one more whenever the same events and the same register come to other hand-offs."""
_WITHDRAWN = "event-withdrawn"


@dataclass(frozen=True)
class Profile:
    """One partnership. Everything is fixed at loading; the mappings are read-only.

    `usual_days` is the calendar of whoever names none: the first in the file, else Monday to Friday.
    """

    head: ProfileHead
    tz: ZoneInfo
    event_types: Mapping[str, EventType]
    agencies: Mapping[str, Agency]
    calendars: Mapping[str, Calendar]
    usual_days: Calendar
    rules: tuple[Rule, ...]
    imports: Mapping[str, ImportMapping]
    routes: RouteList

    def open_days_of(self, code: str) -> Calendar:
        """Return the calendar of an agency; of a role that which all its holders share; else the usual one."""
        agency = self.agencies.get(code)
        holders = self._by_role.get(code, ()) if agency is None else (agency,)
        named = {one.open_days for one in holders}
        shared = named.pop() if len(named) == 1 else None
        return self.usual_days if shared is None else self.calendars[shared]

    def reduced_days_of(self, code: str) -> tuple[Reduced, ...]:
        """Return the days on which an agency works at a part of its strength."""
        agency = self.agencies.get(code)
        return () if agency is None else agency.reduced

    @property
    def name(self) -> str:
        """The name of the profile, which is the name of its folder."""
        return self.head.name

    @property
    def title(self) -> str:
        """The name that people read."""
        return self.head.title

    @property
    def clock_mode(self) -> str:
        """`live` or `history`."""
        return self.head.clock.mode

    @property
    def accepts_history(self) -> bool:
        """Whether imported history may be published."""
        return self.head.clock.accepts_history

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in their order."""
        return self.head.stages

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas in their order."""
        return self.head.areas

    def code_of(self, name: str) -> str | None:
        """Return the code of an agency given by its code or an alias; None when nobody has that name."""
        return self._codes.get(name)

    def may_publish(self, agency_code: str, event_type: str) -> bool:
        """Return whether this agency, or one it acts for on any date, may say this short type."""
        return event_type in self._sayable.get(agency_code, ())

    def owner_of(self, acting_code: str, on: date) -> str:
        """Return the code of the agency that owns what this one does on a local day, which may be itself."""
        agency = self.agencies.get(acting_code)
        entries = agency.acts_for if agency is not None else ()
        return next((entry.agency for entry in entries if entry.includes(on)), acting_code)

    def agency_for(self, role: str, area: str | None, on: date) -> str | None:
        """Return the agency that has a role in an area on a local day.

        One that names the area goes before those that cover every area. None when nobody has the role, or
        several have it alike: which prison is meant, for example, only an event can say.
        """
        holders = [a for a in self._by_role.get(role, ()) if a.window is None or a.window.includes(on)]
        named = [agency.code for agency in holders if area in agency.areas]
        found = named or [agency.code for agency in holders if agency.works_in(area)]
        return found[0] if len(found) == 1 else None

    @cached_property
    def judging_hash(self) -> str:
        """The sha256 (hex) of how judging judges and what it reads: zone, types, register, calendars, roles."""
        content = {
            "version": JUDGING,
            "time_zone": self.head.time_zone,
            "events": [
                [event.name, list(event.judged), event.ends, sorted(event.publishers)]
                for event in self.event_types.values()
            ],
            "rules": [_plain(rule.model_dump()) for rule in self.rules],
            "judging": _plain(self.head.judging.model_dump()),
            "calendars": [calendar.content() for calendar in self.calendars.values()],
            "roles": sorted(
                json.dumps(self._holder(agency), sort_keys=True)
                for agency in self.agencies.values()
                if self._holder(agency)
            ),
        }
        return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def _holder(self, agency: Agency) -> dict[str, object]:
        """Return what naming the ends of a hand-off reads of an agency; nothing if no rule has its roles."""
        roles = agency.roles & {role for rule in self.rules for role in (*rule.sender, *rule.receiver)}
        place = {"code": agency.code, "areas": sorted(agency.areas)}
        window = None if agency.window is None else _plain(agency.window.model_dump())
        return {**place, "window": window, "roles": sorted(roles)} if roles else {}

    @cached_property
    def _codes(self) -> dict[str, str]:
        names = {alias: agency.code for agency in self.agencies.values() for alias in agency.aliases}
        return {**names, **{code: code for code in self.agencies}}

    @cached_property
    def _by_role(self) -> dict[str, list[Agency]]:
        roles: dict[str, list[Agency]] = {}
        for agency in self.agencies.values():
            for role in agency.roles:
                roles.setdefault(role, []).append(agency)
        return roles

    @cached_property
    def _sayable(self) -> dict[str, frozenset[str]]:
        return {code: self._types_of(agency) for code, agency in self.agencies.items()}

    def _types_of(self, agency: Agency) -> frozenset[str]:
        principals = [self.agencies[entry.agency].roles for entry in agency.acts_for]
        roles = agency.roles.union(*principals)
        return frozenset(name for name, event in self.event_types.items() if roles & event.publishers)


def parse_profile(files: Mapping[str, str]) -> Profile:
    """Return the profile that these TOML texts describe.

    Args:
        files: text by file name: profile.toml, agencies.toml, events.toml, calendars.toml (may be left out),
            hand_offs/*.toml (one rule each), imports/*.toml (one mapping each).

    Raises:
        ProfileError: anything is wrong; every mistake found is named with its file and line.
    """
    reader = Reader(files)
    parts = _read(reader)
    reader.stop_at_mistakes()
    assert parts is not None  # noqa: S101 - no mistakes: every part was read
    check(parts, reader)
    reader.stop_at_mistakes()
    return _assemble(parts)


def _read(reader: Reader) -> Parts | None:
    head = reader.read(PROFILE, ProfileHead)
    agencies = reader.read(AGENCIES, AgencyList)
    events = reader.read(EVENTS, EventList)
    calendars = (
        reader.read(CALENDARS, CalendarList) if CALENDARS in reader.files else CalendarList(calendars=())
    )
    routes = reader.read(ROUTES, RouteList) if ROUTES in reader.files else RouteList()
    rules = [(file, reader.read(file, Rule)) for file in _in_folder(reader.files, "hand_offs")]
    imports = [(file, reader.read(file, ImportMapping)) for file in _in_folder(reader.files, "imports")]
    _note_strangers(reader)
    if head is None or agencies is None or events is None or calendars is None or routes is None:
        return None
    return Parts(
        head,
        agencies.agencies,
        _event_types(events),
        calendars.calendars,
        tuple((file, rule) for file, rule in rules if rule is not None),
        tuple((file, mapping) for file, mapping in imports if mapping is not None),
        routes,
    )


def _in_folder(files: Mapping[str, str], folder: str) -> list[str]:
    return sorted(file for file in files if file.startswith(f"{folder}/"))


def _note_strangers(reader: Reader) -> None:
    known = {PROFILE, AGENCIES, EVENTS, CALENDARS, ROUTES}
    for file in reader.files:
        if file not in known and file.split("/")[0] not in {"hand_offs", "imports"}:
            message = (
                f"a profile has no such file: rename it to one of {', '.join(sorted(known))} or remove it"
            )
            reader.mistakes.append(Mistake(file, 1, message))


def _event_types(listed: EventList) -> tuple[EventType, ...]:
    return tuple(
        EventType(
            name=entry.type,
            stage=entry.type.split(".")[0],
            precedence=number,
            publishers=entry.publishers,
            judged=entry.judged,
            ends=entry.ends,
        )
        for number, entry in enumerate(listed.events)
    )


def _withdrawals(stages: tuple[Stage, ...], listed: tuple[EventType, ...]) -> list[EventType]:
    """Return the withdrawal type of each stage: whoever may say something there may take it back."""
    return [
        EventType(
            name=f"{stage.code}.{_WITHDRAWN}",
            stage=stage.code,
            precedence=len(listed) + number,
            publishers=frozenset(role for e in listed if e.stage == stage.code for role in e.publishers),
        )
        for number, stage in enumerate(stages)
    ]


def _assemble(parts: Parts) -> Profile:
    types = [*parts.event_types, *_withdrawals(parts.head.stages, parts.event_types)]
    return Profile(
        head=parts.head,
        tz=ZoneInfo(parts.head.time_zone),
        event_types=MappingProxyType({event.name: event for event in types}),
        agencies=MappingProxyType({agency.code: agency for agency in parts.agencies}),
        calendars=MappingProxyType({c.name: c for c in sorted(parts.calendars, key=lambda c: c.name)}),
        usual_days=parts.calendars[0] if parts.calendars else Calendar(name="weekdays"),
        rules=tuple(sorted((rule for _, rule in parts.rules), key=lambda rule: rule.id)),
        imports=MappingProxyType({m.name: _in_own_words(m, parts) for _, m in parts.imports}),
        routes=parts.routes,
    )


def _in_own_words(mapping: ImportMapping, parts: Parts) -> ImportMapping:
    """Return the mapping with the profile's own names where it lists none."""
    activities = {event.name: event.name for event in parts.event_types}
    orgs = {name: agency.code for agency in parts.agencies for name in (agency.code, *agency.aliases)}
    return mapping.model_copy(
        update={"activities": mapping.activities or activities, "orgs": mapping.orgs or orgs}
    )


def _plain(value: object) -> object:
    """Return JSON content in which sets are sorted; the order of lists counts, as it does for limits and roles."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, date) else value
