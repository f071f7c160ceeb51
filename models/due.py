"""When a hand-off is due: which limit holds for it, and what follows from the limit in instants.

Where a condition of a limit reads an attribute that is unknown, the longest possible limit counts and the
attribute is named in `assumed`. Source: docs/decisions/0009-limits-and-unknown-attributes.md.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from models.calendars import HOUR_US, Roll, Unit, due_date, due_us, last_us_of_day, stepped_back
from models.clauses import Clause, attribute_number, attribute_text
from models.instants import DAY_US, local_date, midnight_us
from models.limits import Edge, Limit, LimitKind
from models.pairing import Instance
from models.pauses import Standstill, standstills
from models.register import Rule
from models.rules import Rules
from models.timeline import Placed

TIME_OF_DAY = "time of day"
FIRST_TOLD_YEAR, LAST_TOLD_YEAR = 1900, 2200
"""A date outside is a slip or a filler such as 9999-12-31, and counting from it would leave the calendar."""


class Begun(NamedTuple):
    """Where a clock starts: at an instant, or on a whole local day (`us` is then its first moment).

    `untold` is the attribute that was to tell the day and did not.
    """

    us: int
    whole_day: bool
    day: date
    untold: str | None = None


class Length(NamedTuple):
    """A length to count in a calendar."""

    amount: int
    unit: Unit
    roll: Roll = Roll.NONE


class Due(NamedTuple):
    """What a limit comes to for one hand-off. Instants in microseconds, None where there is no such instant.

    `earliest_us` is the first permitted moment, `due_us` the last one in time, `soon_us` when it is due soon.
    """

    text: str | None = None
    certainty: str | None = None
    earliest_us: int | None = None
    due_us: int | None = None
    soon_us: int | None = None
    standard_due_us: int | None = None
    in_hours: bool = False
    assumed: tuple[str, ...] = ()


class _Counted(NamedTuple):
    limit: Limit
    due_us: int | None = None
    earliest_us: int | None = None
    unknown: tuple[str, ...] = ()


NO_LIMIT = Due()


class _Case(NamedTuple):
    """What counting reads of one hand-off: its row, its clock's start, and the events up to what ended it."""

    row: Rule
    instance: Instance
    begun: Begun
    placed: Sequence[Placed]
    first: int
    last: int
    rules: Rules

    @property
    def after(self) -> Sequence[Placed]:
        """The events after the start and before what ended the wait, in their order."""
        return self.placed[self.first : self.last]


def due(row: Rule, instance: Instance, begun: Begun, placed: Sequence[Placed], rules: Rules) -> Due:
    """Return when a hand-off is due by the limit in force on the day on which its clock starts."""
    if not row.limits:
        return NO_LIMIT
    case = _Case(row, instance, begun, placed, *_between(instance, placed), rules)
    chosen = _chosen(row.limits, case)
    if chosen is None:
        return NO_LIMIT
    standard = _chosen(row.standards, case) if row.standards else None
    if chosen.due_us is None and standard is not None and standard.due_us is not None:
        chosen = standard._replace(unknown=(*chosen.unknown, *standard.unknown))
    due_at = _extended(chosen.due_us, case)
    return Due(
        text=_text(chosen.limit, case),
        certainty=chosen.limit.certainty.value,
        earliest_us=chosen.earliest_us,
        due_us=due_at,
        soon_us=_soon(chosen.limit, due_at, case),
        standard_due_us=None if standard is None else standard.due_us,
        in_hours=chosen.limit.unit is Unit.HOURS,
        assumed=tuple(dict.fromkeys((*chosen.unknown, *(standard.unknown if standard else ())))),
    )


def told_day(told: object) -> date | None:
    """Return the date an attribute tells; None for what is no date, or none that a case can be about."""
    try:
        day = date.fromisoformat(told[:10]) if isinstance(told, str) else None
    except ValueError:
        return None
    return day if day is not None and FIRST_TOLD_YEAR <= day.year <= LAST_TOLD_YEAR else None


def _between(instance: Instance, placed: Sequence[Placed]) -> tuple[int, int]:
    """Return the places of the first event after the start, and of its stop or the later start, or of the end."""
    first = instance.place + 1
    if instance.replaced is not None:
        return first, instance.replaced
    if instance.stop is None:
        return first, len(placed)
    since = 0 if instance.negative else first
    return first, next(n for n in range(since, len(placed)) if placed[n] is instance.stop)


def _chosen(limits: Sequence[Limit], case: _Case) -> _Counted | None:
    """Return the first limit that surely holds, or of those that may hold before it the longest."""
    possible: list[_Counted] = []
    unknown: tuple[str, ...] = ()
    for limit in limits:
        verdict = limit.verdict(case.instance.attributes)
        if not (verdict.holds and limit.includes(case.begun.day)):
            continue
        counted = _count(limit, case)
        if limit.given is not None and not _is_given(limit.given, counted.due_us, case.after):
            continue
        possible.append(counted)
        unknown += verdict.unknown
        if not verdict.unknown:
            break
    if not possible:
        return None
    longest = max(possible, key=_length)
    return longest._replace(unknown=(*unknown, *longest.unknown))


def _length(counted: _Counted) -> tuple[bool, int]:
    """Return what orders limits by length: one without an instant is the longest, for it makes nobody late."""
    instant = counted.due_us if counted.due_us is not None else counted.earliest_us
    return instant is None, instant or 0


def _is_given(given: Clause, due_at: int | None, after: Sequence[Placed]) -> bool:
    return any(
        given.matches(p.entry.type, p.entry.judged) and (due_at is None or p.entry.time_us <= due_at)
        for p in after
    )


def _count(limit: Limit, case: _Case) -> _Counted:
    match limit.kind:
        case LimitKind.MAX:
            return _count_from_start(limit, case)
        case LimitKind.FLOOR:
            day = due_date(case.begun.day, limit, case.rules.calendar(limit))
            return _Counted(limit, earliest_us=midnight_us(day, case.rules.zone))
        case LimitKind.LEAD | LimitKind.DATE | LimitKind.WINDOW:
            return _count_to_date(limit, case)
        case LimitKind.SHARE | LimitKind.LOCAL:
            return _Counted(limit)


def _count_from_start(limit: Limit, case: _Case) -> _Counted:
    unknown: tuple[str, ...] = ()
    amount = limit.amount
    if limit.less is not None:
        less = attribute_number(case.instance.attributes.get(limit.less))
        known = less is not None and less >= 0
        unknown = () if known else (limit.less,)
        amount = max(amount - (less if known and less is not None else 0), 0)
    length = Length(amount, limit.unit, limit.roll)
    calendar, zone = case.rules.calendar(limit), case.rules.zone
    if not case.begun.whole_day:
        ends = due_us(case.begun.us, length, calendar, zone)
    elif limit.unit is Unit.HOURS:
        return _Counted(limit, unknown=(*unknown, TIME_OF_DAY))
    else:
        ends = last_us_of_day(due_date(case.begun.day, length, calendar), zone)
    paused: int | None = ends
    for pause in standstills(case.row.pauses, case.after):
        if paused is not None and pause.from_us <= paused:
            paused = _after_pause(paused, pause, limit, case)
    return _Counted(limit, paused, unknown=unknown)


def _after_pause(due_at: int, pause: Standstill, limit: Limit, case: _Case) -> int | None:
    """Return a due instant moved on by the time the clock stood still; None while it stands."""
    if pause.until_us is None:
        return None
    if limit.unit is Unit.HOURS:
        return due_at + pause.until_us - pause.from_us
    zone, calendar = case.rules.zone, case.rules.calendar(limit)
    first, last = local_date(pause.from_us, zone), local_date(pause.until_us, zone)
    days = (last - first).days
    if limit.unit is Unit.WORKING_DAYS:
        days = sum(
            calendar.is_working_day(date.fromordinal(first.toordinal() + n)) for n in range(1, days + 1)
        )
    unit = Unit.WORKING_DAYS if limit.unit is Unit.WORKING_DAYS else Unit.CALENDAR_DAYS
    return last_us_of_day(due_date(local_date(due_at, zone), Length(days, unit, limit.roll), calendar), zone)


def _count_to_date(limit: Limit, case: _Case) -> _Counted:
    """Count back from the date that the start, or the row's anchor, tells."""
    assert limit.at is not None  # noqa: S101 - a limit of these kinds is not built without it
    day, unknown = _date_of(limit.at, case)
    if day is None:
        return _Counted(limit, unknown=unknown)
    calendar, zone = case.rules.calendar(limit), case.rules.zone
    if limit.kind is LimitKind.DATE:
        last = due_date(day, Length(0, Unit.CALENDAR_DAYS, limit.roll), calendar)
        return _Counted(limit, last_us_of_day(last, zone))
    first = stepped_back(day, limit, calendar)
    if limit.kind is LimitKind.WINDOW:
        last = stepped_back(day, Length(limit.least, limit.unit, limit.roll), calendar)
        return _Counted(limit, last_us_of_day(last, zone), midnight_us(first, zone))
    if limit.edge is Edge.BEGINNING:
        return _Counted(limit, midnight_us(first, zone) - 1)
    return _Counted(limit, last_us_of_day(first, zone))


def _date_of(attribute: str, case: _Case) -> tuple[date | None, tuple[str, ...]]:
    """Return the date to count back from; with an anchor that has not come yet there is none to be known."""
    anchor = case.row.anchor
    if anchor is None:
        told = told_day(case.instance.attributes.get(attribute))
        return told, (() if told else (attribute,))
    found = [n for n, p in enumerate(case.placed) if anchor.matches(p.entry.type, p.entry.judged)]
    if not found:
        return None, ()
    latest = max((n for n in found if n < case.last), default=found[0])
    told = told_day(case.placed[latest].entry.judged.get(anchor.at))
    return told, (() if told else (anchor.at,))


def _extended(due_at: int | None, case: _Case) -> int | None:
    """Return the due instant as extensions left it: a limit that had lapsed is not extended."""
    extension = case.row.extension
    if extension is None or due_at is None:
        return due_at
    for event in case.after:
        entry = event.entry
        if extension.matches(entry.type, entry.judged) and entry.time_us <= due_at:
            day = told_day(attribute_text(entry.judged.get(extension.until)))
            due_at = due_at if day is None else last_us_of_day(day, case.rules.zone)
    return due_at


def _soon(limit: Limit, due_at: int | None, case: _Case) -> int | None:
    """Return from when it is due soon: the limit's own warning, or the profile's share of the way to due."""
    if due_at is None:
        return None
    if limit.warning is None:
        return case.begun.us + max(due_at - case.begun.us, 0) * case.rules.judging.due_soon_percent // 100
    if limit.unit is Unit.HOURS:
        return due_at - limit.warning * HOUR_US
    zone = case.rules.zone
    length = Length(limit.warning, limit.unit)
    return midnight_us(stepped_back(local_date(due_at, zone), length, case.rules.calendar(limit)), zone)


def _text(limit: Limit, case: _Case) -> str:
    if limit.kind is not LimitKind.SHARE:
        return limit.text
    in_force = (
        one for one in case.row.limits if one.kind is LimitKind.SHARE and one.includes(case.begun.day)
    )
    return ", ".join(one.text for one in in_force)


def length_us(begun: Begun, due_at: int) -> int:
    """Return how long the limit was, at least an hour: what the tiers of lateness are measured in."""
    return max(due_at + 1 - begun.us, DAY_US // 24)
