"""A standard hand-off: what a register row opened, between whom, since when and until when."""

from enum import StrEnum
from typing import NamedTuple

from models.due import Begun, Due, told_day
from models.identities import derived_id
from models.instants import local_date, midnight_us
from models.pairing import About, Instance
from models.register import Rule, WaitOwner
from models.rules import Rules
from models.timeline import Entry


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
    """One hand-off as it is judged now. Instants in microseconds; `due_us` is the last instant in time.

    It is overdue after `overdue_us`, its due instant and the grace of the feed that would tell of the stop;
    `tier` then says by how much. `earliest_us` is the first permitted moment, where there is one.
    `standard_due_us` is a second, published standard beside the limit. `assumed` names the attributes that
    were unknown when the limit was chosen. `about` is whom the wait is about, where a row has one for each.
    `follows` is the hand-off whose stop started this one.

    `ended_us`: when it ended without its stop, by what proved it missing or needless, or by the later start
    that took its place. `returned_us`: when its work was first sent back. Each `_known_us` is when the event
    that says so was published, the later one where two are needed (None: nobody knows); what was amended was
    known so when its amendment was. A wait that a stop counts from another date was known by its own start. A
    wait whose end the clock decides was known to end then.
    """

    id: str
    rule: str
    title: str
    sender: str
    receiver: str
    owner: str
    internal: bool
    area: str | None
    state: State
    tier: int | None
    due_soon: bool
    late_after_end: bool
    started_us: int
    stopped_us: int | None
    earliest_us: int | None
    due_us: int | None
    overdue_us: int | None
    standard_due_us: int | None
    wait_us: int | None
    limit: str | None
    certainty: str | None
    assumed: str | None
    about: str | None
    follows: str | None
    start_source: str
    start_event: str
    stop_source: str | None
    stop_event: str | None
    started_known_us: int | None
    stopped_known_us: int | None
    ended_us: int | None
    ended_known_us: int | None
    returned_us: int | None
    returned_known_us: int | None


def opened(case: str, row: Rule, instance: Instance, begun: Begun, rules: Rules, limit: Due) -> HandOff:
    """Return a hand-off as its start opens it."""
    entry, about = instance.start.entry, instance.about
    back = None if instance.returned is None else instance.returned.entry
    sender = rules.organisation(row.sender, entry.owner, entry.area, begun.day)
    receiver = (
        sender if row.internal else rules.organisation(row.receiver, entry.owner, entry.area, begun.day)
    )
    parts = (case, "hand-off", row.id, entry.source, entry.id)
    return HandOff(
        id=derived_id(*parts) if about is None else derived_id(*parts, about.value),
        rule=row.id,
        title=row.title,
        sender=sender,
        receiver=receiver,
        owner=sender if row.owner is WaitOwner.SENDER else receiver,
        internal=row.internal,
        area=entry.area,
        state=State.OPEN,
        tier=None,
        due_soon=False,
        late_after_end=False,
        started_us=begun.us,
        stopped_us=None,
        earliest_us=limit.earliest_us,
        due_us=limit.due_us,
        overdue_us=None if limit.due_us is None else limit.due_us + rules.grace_us(row),
        standard_due_us=limit.standard_due_us,
        wait_us=None,
        limit=limit.text,
        certainty=limit.certainty,
        assumed=assuming(", ".join(limit.assumed) or None, begun.untold),
        about=None if about is None else about.value,
        follows=None,
        start_source=entry.source,
        start_event=entry.id,
        stop_source=None,
        stop_event=None,
        started_known_us=known_us(entry, None if about is None else about.entry),
        stopped_known_us=None,
        ended_us=None,
        ended_known_us=None,
        returned_us=None if back is None else max(first_moment_us(back, rules), begun.us),
        returned_known_us=known_us(back),
    )


def known_us(*entries: Entry | None) -> int | None:
    """Return when the last of these events was published; None where that is told of none."""
    return max(
        (e.published_us for e in entries if e is not None and e.published_us is not None), default=None
    )


def ended(opened: HandOff, state: State, ended_us: int, ended_known_us: int | None) -> HandOff:
    """Return a hand-off that ended without its stop, at its start at the earliest: a clock may begin later."""
    at_us = max(ended_us, opened.started_us)
    return opened._replace(state=state, ended_us=at_us, ended_known_us=ended_known_us)


def assuming(known: str | None, attribute: str | None) -> str | None:
    """Return the attributes that were unknown with one more, None for none."""
    return ", ".join(dict.fromkeys(name for name in (known, attribute) if name)) or None


def begun_at(instance: Instance, rules: Rules) -> Begun:
    """Return where the clock starts: the told date, or the event's time; never before `about` was known."""
    entry, at = instance.start.entry, instance.clause.at
    day = told_day(entry.judged.get(at)) if at else None
    if day is not None:
        return Begun(midnight_us(day, rules.zone), whole_day=True, day=day)
    known = _later(entry, instance.about)
    day = local_date(known.time_us, rules.zone)
    return Begun(first_moment_us(known, rules), known.precision == "day", day, at)


def first_moment_us(entry: Entry, rules: Rules) -> int:
    """Return when an event happened; of what is known to its day only the first moment of that local day."""
    if entry.precision != "day":
        return entry.time_us
    return midnight_us(local_date(entry.time_us, rules.zone), rules.zone)


def _later(entry: Entry, about: About | None) -> Entry:
    return about.entry if about is not None and about.entry.time_us > entry.time_us else entry
