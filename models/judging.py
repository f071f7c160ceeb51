"""Every hand-off of a case, judged: a function of its events, the register and a clock."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from models.due import NO_LIMIT, due
from models.hand_offs import HandOff, State, begun_at, ended, opened
from models.outcomes import awaited, closed, no_longer_awaited, proof_of_missing, replaced
from models.pairing import Instance, pair
from models.register import Rule
from models.rules import Rules
from models.timeline import Placed, Withdrawn, alike


class Replaced(NamedTuple):
    """A start whose place a later one took, and what it came to: events after that one change nothing of it."""

    instance: Instance
    hand_off: HandOff


class RowJudged(NamedTuple):
    """What one row comes to in a case at a clock.

    The same events give the same hand-offs until the clock passes `next_us` (None: for good). `replaced`, by the
    place of its start and whom it is about, holds while `seen`, the events that the row looked at, begin alike.
    """

    judged_us: int | None
    hand_offs: tuple[HandOff, ...]
    next_us: int | None
    seen: tuple[Placed, ...] = ()
    replaced: Mapping[tuple[int, str | None], Replaced] = MappingProxyType({})

    def holds_at(self, judged_us: int | None) -> bool:
        """Return whether the same events at this clock give the same."""
        passed = self.next_us is not None and judged_us is not None and judged_us >= self.next_us
        return judged_us == self.judged_us or not passed


class Before(NamedTuple):
    """An earlier judgement of a case: its events in their order, and what came of each row."""

    placed: tuple[Placed, ...]
    rows: Mapping[str, RowJudged]


class Judged(NamedTuple):
    """All hand-offs of a case, and the next instant at which one of them changes by the clock alone.

    `rows` is the same by row, kept so that the next event has only the rows judged anew that look at it.
    """

    hand_offs: tuple[HandOff, ...]
    next_due_us: int | None
    rows: Mapping[str, RowJudged]


NOTHING_JUDGED = Judged((), None, {})
NEVER_JUDGED = Before((), {})


def judge(
    case: str,
    placed: Sequence[Placed],
    withdrawn: Iterable[Withdrawn],
    rules: Rules,
    judged_us: int | None,
    before: Before = NEVER_JUDGED,
) -> Judged:
    """Judge every hand-off that the register opens in this case.

    Args:
        case: its reference, of which the ids are made.
        placed: its events in their order.
        withdrawn: starts that were taken back.
        rules: the register and what it refers to.
        judged_us: the clock, microseconds (None: no clock yet); not before that of `before`.
        before: an earlier judgement of this case: rows that still hold are taken as they are.
    """
    rows: dict[str, RowJudged] = {}
    changed = _types_of_difference(before.placed, placed)
    for row in rules.opened_by(p.entry.type for p in placed):
        known = before.rows.get(row.id)
        if known is None or not (row.event_types.isdisjoint(changed) and known.holds_at(judged_us)):
            seen = tuple([p for p in placed if p.entry.type in row.event_types])
            known = _judge_row(case, row, seen, rules, judged_us, known)
        rows[row.id] = known
    hand_offs = [hand_off for row_judged in rows.values() for hand_off in row_judged.hand_offs]
    for gone in withdrawn:
        hand_offs.extend(_void(case, gone, placed, rules))
    if not hand_offs:
        return NOTHING_JUDGED
    next_us = min((row.next_us for row in rows.values() if row.next_us is not None), default=None)
    return Judged(_linked(hand_offs, rules), next_us, rows)


def _judge_row(
    case: str,
    row: Rule,
    placed: tuple[Placed, ...],
    rules: Rules,
    judged_us: int | None,
    before: RowJudged | None,
) -> RowJudged:
    hand_offs: list[HandOff] = []
    changes_at: list[int] = []
    settled: dict[tuple[int, str | None], Replaced] = {}
    known = _still_known(row, before, placed)
    for instance in pair(row, placed):
        key = instance.place, None if instance.about is None else instance.about.value
        if key in known and known[key].instance == instance:
            hand_off, at_us = known[key].hand_off, list[int]()
        else:
            hand_off, at_us = _judge_one(case, row, instance, placed, rules, judged_us)
        if instance.replaced is not None:
            settled[key] = Replaced(instance, hand_off)
        if instance.replaced is None or _ever_began(hand_off):
            hand_offs.append(hand_off)
        changes_at.extend(us for us in at_us if judged_us is None or us > judged_us)
    return RowJudged(
        judged_us,
        tuple(hand_offs),
        min(changes_at, default=None),
        placed if settled else (),
        settled,
    )


def _ever_began(replaced: HandOff) -> bool:
    """Return whether a replaced start was waited on: not where that was known before its clock began."""
    return replaced.ended_known_us is None or replaced.ended_known_us > replaced.started_us


def _still_known(
    row: Rule, before: RowJudged | None, placed: Sequence[Placed]
) -> Mapping[tuple[int, str | None], Replaced]:
    """Return the replaced starts of an earlier judgement that no event of a difference comes before or among."""
    if before is None or not before.replaced or row.anchor is not None:  # an anchor may come later
        return {}
    same = alike(before.seen, placed)
    return {key: one for key, one in before.replaced.items() if (one.instance.replaced or 0) < same}


def _types_of_difference(before: Sequence[Placed], now: Sequence[Placed]) -> set[str]:
    """Return the types of the events at which two orders of a case differ: mostly the one that came last."""
    same = alike(before, now)
    return {placed.entry.type for placed in (*before[same:], *now[same:])}


def _judge_one(
    case: str,
    row: Rule,
    instance: Instance,
    placed: Sequence[Placed],
    rules: Rules,
    judged_us: int | None,
) -> tuple[HandOff, list[int]]:
    """Return the hand-off, and the instants at which it changes if nothing else happens."""
    begun = begun_at(instance, rules)
    limit = due(row, instance, begun, placed, rules)
    new = opened(case, row, instance, begun, rules, limit)
    proof = proof_of_missing(row, instance, placed)
    if instance.replaced is not None:
        return replaced(row, new, placed[instance.replaced].entry, proof), []
    if instance.over is not None:
        return no_longer_awaited(row, new, instance.over.entry, proof), []
    if instance.stop is not None:
        return closed(row, new, limit, begun, instance, proof, rules), []
    return awaited(row, new, limit, begun, proof, rules, judged_us)


def _void(case: str, withdrawn: Withdrawn, placed: Sequence[Placed], rules: Rules) -> list[HandOff]:
    """Return what a withdrawn start leaves: hand-offs that never were, and so ended where they began."""
    gone = Placed(withdrawn.entry.time_us, withdrawn.entry)
    found = []
    for row in rules.opened_by([withdrawn.entry.type]):
        around = [gone] if row.for_each is None else [gone, *placed]
        for instance in pair(row, around):
            if instance.start is gone:
                new = opened(case, row, instance, begun_at(instance, rules), rules, NO_LIMIT)
                found.append(ended(new, State.VOID, new.started_us, withdrawn.known_us))
    return found


def _linked(hand_offs: Sequence[HandOff], rules: Rules) -> tuple[HandOff, ...]:
    """Return the hand-offs with their chains: each names the one whose stop is its start."""
    if not any(hand_off.rule in rules.chained for hand_off in hand_offs):
        return tuple(hand_offs)
    stops = {(h.rule, h.stop_source, h.stop_event): h.id for h in hand_offs if h.stop_event is not None}
    return tuple(
        h if before is None else h._replace(follows=before)
        for h, before in ((h, _before(h, stops, rules)) for h in hand_offs)
    )


def _before(hand_off: HandOff, stops: dict[tuple[str, str | None, str], str], rules: Rules) -> str | None:
    for rule in rules.chained.get(hand_off.rule, ()):
        known = stops.get((rule, hand_off.start_source, hand_off.start_event))
        if known is not None:
            return known
    return None
