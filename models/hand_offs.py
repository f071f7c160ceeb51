"""Standard hand-offs: what a register row opened, and what became of it: a function of events and a clock."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.calendars import due_date, due_us, last_us_of_day
from models.identities import derived_id
from models.instants import DAY_US, cut_to_day, local_date, midnight_us
from models.pairing import Instance, pair
from models.register import Limit, LimitKind, Rule
from models.rules import Rules
from models.timeline import Entry, Placed


class State(StrEnum):
    """What is known of a hand-off."""

    OPEN = "open"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    MISSING = "missing"
    VOID = "void"
    NEGATIVE = "negative"


class HandOff(NamedTuple):
    """One hand-off as it is judged now. Instants in microseconds; `due_us` is the last instant in time."""

    id: str
    rule: str
    title: str
    sender: str
    receiver: str
    owner: str
    state: State
    started_us: int
    stopped_us: int | None
    due_us: int | None
    wait_us: int | None
    limit: str | None
    certainty: str | None
    start_source: str
    start_event: str
    stop_source: str | None
    stop_event: str | None


class Judged(NamedTuple):
    """All hand-offs of a case, and the next instant at which one of them changes by the clock alone."""

    hand_offs: tuple[HandOff, ...]
    next_due_us: int | None


class _Start(NamedTuple):
    """Where the clock of a hand-off starts: at an instant, or on a whole local day."""

    us: int
    whole_day: bool
    day: date


NOTHING_JUDGED = Judged((), None)


def judge(
    case: str, placed: Sequence[Placed], withdrawn: Iterable[Entry], rules: Rules, judged_us: int | None
) -> Judged:
    """Judge every hand-off that the register opens in this case, at `judged_us` (None: no clock yet)."""
    hand_offs: list[HandOff] = []
    changes_at: list[int] = []
    for row in rules.opened_by(p.entry.type for p in placed):
        for instance in pair(row, placed):
            hand_off, at_us = _judge_one(case, row, instance, placed, rules, judged_us)
            hand_offs.append(hand_off)
            changes_at.extend(us for us in at_us if judged_us is None or us > judged_us)
    for entry in withdrawn:
        rows = rules.opened_by([entry.type])
        hand_offs.extend(
            _void(case, row, entry, rules) for row in rows if row.starts(entry.type, entry.judged)
        )
    return Judged(tuple(hand_offs), min(changes_at, default=None)) if hand_offs else NOTHING_JUDGED


def _judge_one(
    case: str,
    row: Rule,
    instance: Instance,
    placed: Sequence[Placed],
    rules: Rules,
    judged_us: int | None,
) -> tuple[HandOff, list[int]]:
    """Return the hand-off, and the instants at which it changes if nothing else happens."""
    start = _clock_start(row, instance.start.entry, rules)
    limit = row.limit_in_force(start.day)
    due = _due(start, limit, rules)
    opened = _opened(case, row, instance.start.entry, start, rules, limit, due)
    if instance.stop is not None:
        return _closed(row, opened, start, instance, instance.stop.entry, rules), []
    gone_us = _missing_from(row, instance, placed)
    if gone_us is not None and judged_us is not None and judged_us >= gone_us:
        return opened._replace(state=State.MISSING), []
    overdue = due is not None and judged_us is not None and judged_us > due
    at_us = ([due + 1] if due is not None else []) + ([gone_us] if gone_us is not None else [])
    return (opened._replace(state=State.OVERDUE) if overdue else opened), at_us


def _opened(
    case: str,
    row: Rule,
    entry: Entry,
    start: _Start,
    rules: Rules,
    limit: Limit | None = None,
    due: int | None = None,
) -> HandOff:
    sender = rules.organisation(row.sender, entry.owner, entry.area, start.day)
    receiver = rules.organisation(row.receiver, entry.owner, entry.area, start.day)
    return HandOff(
        id=derived_id(case, "hand-off", row.id, entry.source, entry.id),
        rule=row.id,
        title=row.title,
        sender=sender,
        receiver=receiver,
        owner=sender if row.owner == "sender" else receiver,
        state=State.OPEN,
        started_us=start.us,
        stopped_us=None,
        due_us=due,
        wait_us=None,
        limit=limit.text if limit else None,
        certainty=limit.certainty.value if limit else None,
        start_source=entry.source,
        start_event=entry.id,
        stop_source=None,
        stop_event=None,
    )


def _closed(
    row: Rule, opened: HandOff, start: _Start, instance: Instance, stop: Entry, rules: Rules
) -> HandOff:
    """Return the hand-off closed by its stop; between whole days the wait is whole local days."""
    if start.whole_day or stop.precision == "day":
        wait = cut_to_day(stop.time_us, rules.zone) - cut_to_day(start.us, rules.zone)
    else:
        wait = stop.time_us - start.us
    if instance.negative or wait < 0:
        state = State.NEGATIVE
    else:
        state = State.MET_LATE if opened.due_us is not None and stop.time_us > opened.due_us else State.MET
    receiver = rules.organisation(row.receiver, stop.owner, stop.area or instance.start.entry.area, start.day)
    return opened._replace(
        state=state,
        receiver=receiver,
        owner=opened.sender if row.owner == "sender" else receiver,
        stopped_us=stop.time_us,
        wait_us=wait,
        stop_source=stop.source,
        stop_event=stop.id,
    )


def _void(case: str, row: Rule, entry: Entry, rules: Rules) -> HandOff:
    """Return what a withdrawn start leaves: a hand-off that never was."""
    return _opened(case, row, entry, _clock_start(row, entry, rules), rules)._replace(state=State.VOID)


def _clock_start(row: Rule, entry: Entry, rules: Rules) -> _Start:
    """Return the event's time, or the local date in the attribute that the row starts its clock on."""
    day = _told_day(entry.judged.get(row.start.at)) if row.start.at else None
    if day is not None:
        return _Start(midnight_us(day, rules.zone), whole_day=True, day=day)
    return _Start(entry.time_us, entry.precision == "day", local_date(entry.time_us, rules.zone))


def _told_day(told: object) -> date | None:
    """Return the date an attribute tells; what is no date leaves the clock on the event's own time."""
    try:
        return date.fromisoformat(told[:10]) if isinstance(told, str) else None
    except ValueError:
        return None


def _due(start: _Start, limit: Limit | None, rules: Rules) -> int | None:
    """Return the last instant in time; None without a number, and for hours from a day without a time."""
    if limit is None or limit.kind is LimitKind.LOCAL:
        return None
    if not start.whole_day:
        return due_us(start.us, limit, rules.calendar(limit), rules.zone)
    if limit.unit == "hours":
        return None
    return last_us_of_day(due_date(start.day, limit, rules.calendar(limit)), rules.zone)


def _missing_from(row: Rule, instance: Instance, placed: Sequence[Placed]) -> int | None:
    """Return when the stop counts as missing: some days after the first proof that follows the start."""
    if row.missing is None:
        return None
    after = placed[placed.index(instance.start) + 1 :]
    proof = next((p.entry for p in after if row.proves_missing(p.entry.type, p.entry.judged)), None)
    return None if proof is None else proof.time_us + row.missing.grace_days * DAY_US
