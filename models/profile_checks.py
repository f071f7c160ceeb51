"""What the files of a profile must agree on: every name that one uses is declared in another, once."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.calendars import Calendar
from models.profile_parts import Agency, EventType, ImportMapping, ProfileHead
from models.profile_text import Reader, suggestion
from models.register import Clause, Rule
from models.toml_lines import KeyPath

PROFILE, AGENCIES, EVENTS, CALENDARS = "profile.toml", "agencies.toml", "events.toml", "calendars.toml"


class Parts(NamedTuple):
    """All parts of a profile; rules and imports with the file they stand in."""

    head: ProfileHead
    agencies: tuple[Agency, ...]
    event_types: tuple[EventType, ...]
    calendars: tuple[Calendar, ...]
    rules: tuple[tuple[str, Rule], ...]
    imports: tuple[tuple[str, ImportMapping], ...]


def check(parts: Parts, reader: Reader) -> None:
    """Note every name that is declared twice or not at all."""
    _check_head(parts.head, reader)
    _check_agencies(parts, reader)
    _check_events(parts, reader)
    _once(reader, CALENDARS, "calendar", [calendar.name for calendar in parts.calendars])
    for number, (file, rule) in enumerate(parts.rules):
        if rule.id in {earlier.id for _, earlier in parts.rules[:number]}:
            reader.note(
                file, ("id",), f"rule '{rule.id}' is in another file already: give it an id of its own"
            )
        _check_rule(file, rule, parts, reader)
    for number, (file, mapping) in enumerate(parts.imports):
        if mapping.name in {earlier.name for _, earlier in parts.imports[:number]}:
            reader.note(file, ("name",), f"import '{mapping.name}' is in another file already: rename one")
        _check_import(file, mapping, parts, reader)


def _check_head(head: ProfileHead, reader: Reader) -> None:
    try:
        ZoneInfo(head.time_zone)
    except (KeyError, ValueError, OSError):
        message = f"time zone '{head.time_zone}' is not known: use a name such as Europe/London or UTC"
        reader.note(PROFILE, ("time_zone",), message)
    _once(reader, PROFILE, "area", [area.code for area in head.areas])
    _once(reader, PROFILE, "stage", [stage.code for stage in head.stages])


def _check_agencies(parts: Parts, reader: Reader) -> None:
    codes = [agency.code for agency in parts.agencies]
    areas = {area.code for area in parts.head.areas}
    _once(reader, AGENCIES, "agency", codes)
    owners: dict[str, str] = {}
    for number, agency in enumerate(parts.agencies):
        path = ("agency", number)
        for area in agency.areas - areas:
            _unknown(reader, AGENCIES, (*path, "areas"), "area", area, areas, PROFILE)
        for name in {agency.code, *agency.aliases}:
            if owners.setdefault(name, agency.code) != agency.code:
                message = f"'{name}' is a name of '{owners[name]}' already: one name means one agency"
                reader.note(AGENCIES, (*path, "aliases"), message)
        _check_acts_for(agency, path, codes, reader)


def _check_acts_for(agency: Agency, path: KeyPath, codes: Sequence[str], reader: Reader) -> None:
    for number, entry in enumerate(agency.acts_for):
        if entry.agency not in codes or entry.agency == agency.code:
            _unknown(
                reader, AGENCIES, (*path, "acts_for", number), "other agency", entry.agency, codes, AGENCIES
            )
    for (_, a), (number, b) in combinations(enumerate(agency.acts_for), 2):
        if a.overlaps(b):
            message = (
                f"'{agency.code}' acts for '{a.agency}' and '{b.agency}' on the same day: end one period "
                "before the other begins, or declare one agency for each"
            )
            reader.note(AGENCIES, (*path, "acts_for", number), message)


def _check_events(parts: Parts, reader: Reader) -> None:
    stages = {stage.code for stage in parts.head.stages}
    roles = {role for agency in parts.agencies for role in agency.roles}
    _once(reader, EVENTS, "event", [event.name for event in parts.event_types], key="type")
    for number, event in enumerate(parts.event_types):
        if event.stage not in stages:
            _unknown(reader, EVENTS, ("event", number, "type"), "stage", event.stage, stages, PROFILE)
        if event.name.endswith(".event-withdrawn"):
            message = f"'{event.name}' is there for every stage: remove it"
            reader.note(EVENTS, ("event", number, "type"), message)
        for role in event.publishers - roles:
            _unknown(reader, EVENTS, ("event", number, "publishers"), "role", role, roles, AGENCIES)


def _check_rule(file: str, rule: Rule, parts: Parts, reader: Reader) -> None:
    roles = {role for agency in parts.agencies for role in agency.roles} | set(parts.head.parties)
    for key, role in (("sender", rule.sender), ("receiver", rule.receiver)):
        if role not in roles:
            _unknown(reader, file, (key,), "role", role, roles, f"{AGENCIES} or under parties in {PROFILE}")
    known = {event.name: event for event in parts.event_types}
    for name, clause in rule.clauses.items():
        for event in clause.events:
            if event not in known:
                _unknown(reader, file, (name, "events"), "event type", event, known, EVENTS)
        _check_judged(
            file,
            name,
            _attributes(name, clause, rule),
            [known[e] for e in clause.events if e in known],
            reader,
        )
    _check_limits(file, rule, {calendar.name for calendar in parts.calendars}, reader)


def _check_limits(file: str, rule: Rule, calendars: set[str], reader: Reader) -> None:
    for number, limit in enumerate(rule.limits):
        if limit.calendar is not None and limit.calendar not in calendars:
            _unknown(
                reader, file, ("limit", number, "calendar"), "calendar", limit.calendar, calendars, CALENDARS
            )
        if any(limit.overlaps(earlier) for earlier in rule.limits[:number]):
            message = "two limits hold on the same day: end the earlier with `to` before the later's `from`"
            reader.note(file, ("limit", number), message)


def _attributes(name: str, clause: Clause, rule: Rule) -> set[str]:
    extra = {"start": {rule.start.at, rule.stop.match}, "stop": {rule.stop.match}}.get(name, set())
    return set(clause.where) | {attribute for attribute in extra if attribute is not None}


def _check_judged(
    file: str, clause: str, attributes: Iterable[str], events: Iterable[EventType], reader: Reader
) -> None:
    for event in events:
        for attribute in sorted(set(attributes) - set(event.judged)):
            message = (
                f"the rule reads '{attribute}' of {event.name}, which {EVENTS} does not list under judged: "
                "add it there, or the case forgets it"
            )
            reader.note(file, (clause,), message)


def _check_import(file: str, mapping: ImportMapping, parts: Parts, reader: Reader) -> None:
    known = {event.name for event in parts.event_types}
    codes = {agency.code for agency in parts.agencies}
    for text, event in mapping.activities.items():
        if event not in known:
            _unknown(reader, file, ("activities", text), "event type", event, known, EVENTS)
    for text, code in mapping.orgs.items():
        if code not in codes:
            _unknown(reader, file, ("orgs", text), "agency", code, codes, AGENCIES)
    if mapping.history and not parts.head.clock.accepts_history:
        message = (
            f"the mapping imports history, which this profile does not take: set accepts_history in {PROFILE}"
        )
        reader.note(file, ("history",), message)


def _once(reader: Reader, file: str, table: str, names: Sequence[str], key: str = "") -> None:
    identifier = key or ("name" if table == "calendar" else "code")
    for number, name in enumerate(names):
        if name in names[:number]:
            reader.note(file, (table, number, identifier), f"{table} '{name}' is declared twice: remove one")


def _unknown(
    reader: Reader, file: str, path: KeyPath, kind: str, name: str, known: Iterable[str], where: str
) -> None:
    hint = suggestion(name, known)
    reader.note(file, path, f"no {kind} '{name}' is declared{hint}: correct it here or declare it in {where}")
