"""What became of a hand-off: closed by its stop, no longer awaited, or still waited for as the clock has it."""

from collections.abc import Sequence
from typing import NamedTuple

from models.due import TIME_OF_DAY, Begun, Due, length_us, told_day
from models.hand_offs import HandOff, State, assuming, ended, first_moment_us, known_us
from models.instants import DAY_US, cut_to_day, midnight_us
from models.pairing import Instance
from models.register import Rule, WaitOwner
from models.rules import Rules
from models.timeline import Entry, Placed


class Proof(NamedTuple):
    """An event that proves that the stop never happened, and from when that is said (microseconds)."""

    entry: Entry
    gone_us: int

    @property
    def known_us(self) -> int:
        """When the proof was known to be one: published, and its grace over."""
        return max(self.entry.published_us or self.gone_us, self.gone_us)


def proof_of_missing(row: Rule, instance: Instance, placed: Sequence[Placed]) -> Proof | None:
    """Return the proof that counts first, between the start and a later one; each counts its grace after it."""
    if not row.missing:
        return None
    found = [
        Proof(event.entry, event.entry.time_us + clause.grace_days * DAY_US)
        for event in placed[instance.place + 1 : instance.replaced]
        for clause in row.missing
        if clause.matches(event.entry.type, event.entry.judged)
    ]
    return min(found, key=lambda proof: proof.gone_us, default=None)


def awaited(
    row: Rule,
    opened: HandOff,
    limit: Due,
    begun: Begun,
    proof: Proof | None,
    rules: Rules,
    judged_us: int | None,
) -> tuple[HandOff, list[int]]:
    """Return a hand-off without a stop as the clock has it, and the instants at which the clock changes it."""
    now_us = -1 if judged_us is None else judged_us
    at_us = [] if proof is None else [proof.gone_us]
    if proof is not None and now_us >= proof.gone_us:
        return ended(opened, State.MISSING, proof.entry.time_us, proof.known_us), []
    if opened.due_us is None or opened.overdue_us is None:
        return opened, at_us
    if row.optional:
        gone_us = opened.overdue_us + 1
        if now_us < gone_us:
            return opened, [*at_us, gone_us]
        return ended(opened, State.VOID, opened.due_us, gone_us), []
    tiers = _tiers(opened.overdue_us, length_us(begun, opened.due_us), rules)
    at_us.extend(tiers if limit.soon_us is None else (*tiers, limit.soon_us))
    reached = sum(now_us >= tier_us for tier_us in tiers)
    if reached:
        return opened._replace(state=State.OVERDUE, tier=reached - 1), at_us
    return opened._replace(due_soon=limit.soon_us is not None and now_us >= limit.soon_us), at_us


def _tiers(overdue_us: int, limit_us: int, rules: Rules) -> list[int]:
    """Return the first instants of the tiers of lateness, earliest first."""
    return [overdue_us + 1 + limit_us * percent // 100 for percent in rules.judging.tiers_percent]


def no_longer_awaited(row: Rule, opened: HandOff, over: Entry, proof: Proof | None) -> HandOff:
    """Return a hand-off that nobody needs any more: void, or missing if it was due, or proved missing, before."""
    if proof is not None and proof.gone_us <= over.time_us:
        return ended(opened, State.MISSING, proof.entry.time_us, proof.known_us)
    late = opened.due_us is not None and over.time_us > opened.due_us and not row.optional
    return ended(opened, State.MISSING if late else State.VOID, over.time_us, known_us(over))


def replaced(row: Rule, opened: HandOff, later: Entry, proof: Proof | None) -> HandOff:
    """Return a hand-off whose place a later start took: void, however late it was, and whatever was proved.

    It ended with the later start. Where its proof, or the limit of what is optional, had ended it before anybody
    knew of that one, it ended so: what was open on a past day stays what it was then.
    """
    ends = [(later.time_us, known_us(later))]
    if proof is not None:
        ends.append((proof.entry.time_us, proof.known_us))
    if row.optional and opened.due_us is not None and opened.overdue_us is not None:
        ends.append((opened.due_us, opened.overdue_us + 1))
    first = min(ends, key=lambda end: end[0] if end[1] is None else end[1])
    return ended(opened, State.VOID, *first)


def closed(
    row: Rule,
    opened: HandOff,
    limit: Due,
    begun: Begun,
    instance: Instance,
    proof: Proof | None,
    rules: Rules,
) -> HandOff:
    """Return the hand-off closed by its stop; between whole days the wait is whole local days.

    A clock that starts on a told date has not begun before it: what is done earlier has waited for nothing.
    A limit in hours is not judged where the stop is known to the day only.
    """
    assert instance.stop is not None  # noqa: S101 - only closed instances come here
    assert instance.stop_clause is not None  # noqa: S101 - a stop comes with its clause
    stop, clause = instance.stop.entry, instance.stop_clause
    told = told_day(stop.judged.get(clause.at)) if clause.at else None
    start_told = told_day(stop.judged.get(clause.start_at)) if clause.start_at else None
    from_us = begun.us if start_told is None else midnight_us(start_told, rules.zone)
    stopped_us = first_moment_us(stop, rules) if told is None else midnight_us(told, rules.zone)
    by_day = begun.whole_day or stop.precision == "day" or told is not None or start_told is not None
    wait_us = _wait(from_us, stopped_us, by_day, rules)
    if limit.in_hours and stop.precision == "day":
        opened = opened._replace(due_us=None, overdue_us=None, assumed=TIME_OF_DAY)
    for attribute, day in ((clause.at, told), (clause.start_at, start_told)):
        if attribute is not None and day is None:
            opened = opened._replace(assumed=assuming(opened.assumed, attribute))
    negative = instance.negative or (wait_us < 0 and stopped_us < instance.start.entry.time_us)
    area = stop.area or instance.start.entry.area
    sender = opened.sender
    if sender in row.sender:  # nobody could tell which agency has the role: whoever did it had
        sender = rules.organisation(row.sender, stop.owner, area, begun.day)
    receiver = sender if row.internal else rules.organisation(row.receiver, stop.owner, area, begun.day)
    return opened._replace(
        state=_state_when_closed(opened, stopped_us, negative=negative),
        sender=sender,
        receiver=receiver,
        owner=sender if row.owner is WaitOwner.SENDER else receiver,
        late_after_end=proof is not None and stop.time_us > proof.entry.time_us,
        started_us=from_us,
        stopped_us=stopped_us,
        wait_us=wait_us if negative else max(wait_us, 0),
        stop_source=stop.source,
        stop_event=stop.id,
        stopped_known_us=known_us(stop),
    )


def _wait(from_us: int, to_us: int, by_day: bool, rules: Rules) -> int:
    if by_day:
        return cut_to_day(to_us, rules.zone) - cut_to_day(from_us, rules.zone)
    return to_us - from_us


def _state_when_closed(opened: HandOff, stopped_us: int, *, negative: bool) -> State:
    """Return whether a stop came in time; too early for a floor or a window is outside the limit too."""
    if negative:
        return State.NEGATIVE
    late = opened.due_us is not None and stopped_us > opened.due_us
    too_early = opened.earliest_us is not None and stopped_us < opened.earliest_us
    return State.MET_LATE if late or too_early else State.MET
