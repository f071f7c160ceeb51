"""What the files of a profile must agree on: every name that one uses is declared in another, once."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.calendars import Calendar
from models.clauses import Clause
from models.limits import Limit, LimitKind
from models.profile_parts import Agency, EventType, ImportMapping, ProfileHead
from models.profile_text import Reader, suggestion
from models.register import ABOUT_EVENT, Anchor, Extension, ForEach, Reply, Rule, Start, Stop
from models.route_checks import check_routes
from models.routes import RouteList
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
    routes: RouteList


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
    _check_routes(parts, reader)


def _check_routes(parts: Parts, reader: Reader) -> None:
    codes = {agency.code for agency in parts.agencies}
    roles = {role for agency in parts.agencies for role in agency.roles}
    check_routes(
        parts.routes,
        reader,
        owners=codes | roles | set(parts.head.parties),
        areas={area.code for area in parts.head.areas},
        rules={rule.id for _, rule in parts.rules},
    )


def _check_head(head: ProfileHead, reader: Reader) -> None:
    try:
        ZoneInfo(head.time_zone)
    except (KeyError, ValueError, OSError):
        message = f"time zone '{head.time_zone}' is not known: use a name such as Europe/London or UTC"
        reader.note(PROFILE, ("time_zone",), message)
    areas = [area.code for area in head.areas]
    _once(reader, PROFILE, "area", areas)
    _once(reader, PROFILE, "court", [court.code for court in head.courts])
    # Published tables tell places apart by their titles.
    _once(reader, PROFILE, "area", [area.title for area in head.areas], "title")
    _once(reader, PROFILE, "court", [court.title for court in head.courts], "title")
    for number, area in enumerate(head.areas):
        if area.title == head.title:
            message = f"area '{area.title}' is called like the partnership: tables could not tell them apart"
            reader.note(PROFILE, ("area", number, "title"), message)
    for number, court in enumerate(head.courts):
        if court.area not in areas:
            _unknown(reader, PROFILE, ("court", number, "area"), "area", court.area, areas, PROFILE)
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
        _check_open_days(agency, path, parts.calendars, reader)


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


def _check_open_days(agency: Agency, path: KeyPath, calendars: Sequence[Calendar], reader: Reader) -> None:
    names = [calendar.name for calendar in calendars]
    if agency.open_days is not None and agency.open_days not in names:
        _unknown(reader, AGENCIES, (*path, "open_days"), "calendar", agency.open_days, names, CALENDARS)
    for (_, a), (number, b) in combinations(enumerate(agency.reduced), 2):
        if a.overlaps(b):
            message = f"'{agency.code}' has two strengths on {max(a.since, b.since)}: part their days"
            reader.note(AGENCIES, (*path, "reduced", number), message)


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
    for key, named in (("sender", rule.sender), ("receiver", rule.receiver)):
        for role in set(named) - roles:
            _unknown(reader, file, (key,), "role", role, roles, f"{AGENCIES} or under parties in {PROFILE}")
    known = {event.name: event for event in parts.event_types}
    for path, clause in rule.clauses():
        for event in clause.events:
            if event not in known:
                _unknown(reader, file, (*path, "events"), "event type", event, known, EVENTS)
        told = [known[event] for event in clause.events if event in known]
        _check_judged(file, path, attributes_read(rule, clause), told, reader)
    _check_pauses(file, rule, known, reader)
    _check_limits(file, rule, {calendar.name for calendar in parts.calendars}, reader)
    _check_chain(file, rule, {other.id: other for _, other in parts.rules}, reader)


def _check_pauses(file: str, rule: Rule, known: Mapping[str, EventType], reader: Reader) -> None:
    for number, pause in enumerate(rule.pauses):
        for key, events in (("from_events", pause.from_events), ("to_events", pause.to_events)):
            for event in events:
                if event not in known:
                    _unknown(reader, file, ("pause", number, key), "event type", event, known, EVENTS)


def _check_chain(file: str, rule: Rule, rules: Mapping[str, Rule], reader: Reader) -> None:
    for before in rule.follows:
        if before not in rules:
            _unknown(reader, file, ("follows",), "row", before, rules, "a file of hand_offs")
        elif rules[before].stop_events.isdisjoint(rule.start_events):
            message = f"{before} does not end with an event that starts {rule.id}: correct follows"
            reader.note(file, ("follows",), message)


def _check_limits(file: str, rule: Rule, calendars: set[str], reader: Reader) -> None:
    for table, limits in (("limit", rule.limits), ("standard", rule.standards)):
        for number, limit in enumerate(limits):
            if limit.calendar is not None and limit.calendar not in calendars:
                path = (table, number, "calendar")
                _unknown(reader, file, path, "calendar", limit.calendar, calendars, CALENDARS)
            if any(_is_said_twice(limit, earlier) for earlier in limits[:number]):
                message = (
                    "two limits hold on the same day: end the earlier with `to` before the later's `from`, "
                    "or give each its own conditions"
                )
                reader.note(file, (table, number), message)


def _is_said_twice(limit: Limit, earlier: Limit) -> bool:
    """Return whether a limit can never be reached: an earlier one without its own conditions holds on its days."""
    alike = (limit.where, limit.at_least, limit.at_most, limit.given) == (
        earlier.where,
        earlier.at_least,
        earlier.at_most,
        earlier.given,
    )
    share = LimitKind.SHARE in (limit.kind, earlier.kind)
    return alike and not share and limit.overlaps(earlier)


def attributes_read(rule: Rule, clause: Clause) -> set[str]:
    """Return the attributes that judging by a row reads of the events that a clause means."""
    found: set[str | None] = set(clause.attributes)
    match clause:
        case Start():
            found |= {clause.at, *(name for one in (*rule.stops, *rule.returned) for name in one.match)}
            found |= _read_of_start(rule)
        case Reply():
            found |= {*clause.match} | ({clause.at, clause.start_at} if isinstance(clause, Stop) else set())
            found |= {ABOUT_EVENT} if clause.about else set()
            found |= {rule.for_each.key} if rule.for_each is not None else set()
        case ForEach():
            found |= {clause.key, *clause.attributes_kept}
        case Anchor():
            found |= {clause.at}
        case Extension():
            found |= {clause.until}
        case _:
            pass
    return {name for name in found if name is not None}


def _read_of_start(rule: Rule) -> set[str | None]:
    """Return what the limits read of a start: not what they read of another event."""
    kept = set(rule.for_each.attributes_kept) if rule.for_each is not None else set()
    found: set[str | None] = set()
    for limit in (*rule.limits, *rule.standards):
        found |= (limit.attributes | {limit.less}) - kept
        found |= {limit.at} if rule.anchor is None else set()
    return found


def _check_judged(
    file: str, path: KeyPath, attributes: Iterable[str], events: Iterable[EventType], reader: Reader
) -> None:
    for event in events:
        for attribute in sorted(set(attributes) - set(event.judged)):
            message = (
                f"the rule reads '{attribute}' of {event.name}, which {EVENTS} does not list under judged: "
                "add it there, or the case forgets it"
            )
            reader.note(file, path, message)


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
