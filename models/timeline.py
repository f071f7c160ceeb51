"""The order of a case's events, and the steps between them: independent of the order of arrival."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from pydantic import JsonValue

from models.identities import derived_id
from models.instants import cut_to_day


class Entry(NamedTuple):
    """What a case keeps of one event; fields as in `models.canonical.Recorded`.

    `judged` holds the attributes of `data` that the rules of the profile read.
    """

    source: str
    id: str
    hash: str
    type: str
    acting: str | None
    owner: str | None
    time_us: int
    precision: str
    sequence: int
    recorded_us: int | None
    published_us: int | None
    amends: str | None
    withdraws: str | None
    extends: str | None
    history: bool
    ahead: bool
    area: str | None
    judged: Mapping[str, JsonValue]


class Placed(NamedTuple):
    """An event at its place: `at_us` is its time, cut to local dates where the case is cut."""

    at_us: int
    entry: Entry


class StepKind(StrEnum):
    """To whom the time between two events belongs."""

    INSIDE = "inside"
    DISCOVERED = "discovered"
    UNKNOWN = "unknown"


class Step(NamedTuple):
    """The time between two consecutive events of a case: it belongs to one organisation or to one hand-off.

    `started_known_us` and `ended_known_us`: when its two events were published (None: nobody knows); what was
    amended was known so when its amendment was. `foreseen_type` and `foreseen_org`: what the register awaits after
    the first event, whatever came (None, None: it settles nothing).
    """

    from_source: str
    from_event: str
    to_source: str
    to_event: str
    from_type: str
    to_type: str
    from_org: str | None
    to_org: str | None
    started_us: int
    ended_us: int
    started_known_us: int | None
    ended_known_us: int | None
    foreseen_type: str | None
    foreseen_org: str | None

    @property
    def kind(self) -> StepKind:
        """Inside one organisation, a discovered hand-off between two, or unknown."""
        if self.from_org is None or self.to_org is None:
            return StepKind.UNKNOWN
        return StepKind.INSIDE if self.from_org == self.to_org else StepKind.DISCOVERED

    @property
    def wait_us(self) -> int:
        """Microseconds from the first event to the second; whole days in a case that is cut to dates."""
        return self.ended_us - self.started_us

    def id(self, case: str) -> str:
        """Return the identity of this step: it follows from the case and its two events."""
        return derived_id(case, "step", self.from_source, self.from_event, self.to_source, self.to_event)


class Withdrawn(NamedTuple):
    """An event that was taken back, and when the first withdrawal of it was published (None: nobody knows)."""

    entry: Entry
    known_us: int | None


@dataclass(frozen=True, slots=True)
class Current:
    """The events that now count: amended ones in their last version, withdrawn ones apart.

    `waiting` counts amendments and withdrawals whose root event has not arrived.
    """

    standing: tuple[Entry, ...]
    withdrawn: tuple[Withdrawn, ...]
    waiting: int


def current(entries: Sequence[Entry]) -> Current:
    """Apply amendments and withdrawals.

    An amendment replaces the whole content of its root; of several the greatest (recorded, sequence, id)
    wins; any withdrawal is final. The identity stays the root's.

    Source: docs/decisions/0001-what-was-settled-first.md, "Events 2".
    """
    if not any(entry.amends or entry.withdraws for entry in entries):
        return Current(tuple(entries), (), 0)
    roots = {(e.source, e.id): e for e in entries if not (e.amends or e.withdraws)}
    replaced = dict(roots)
    gone: dict[tuple[str, str], list[Entry]] = {}
    waiting = 0
    for entry in sorted(entries, key=_version):
        root = (entry.source, entry.withdraws or entry.amends or "")
        if not (entry.amends or entry.withdraws):
            continue
        if root not in roots:
            waiting += 1
        elif entry.withdraws:
            gone.setdefault(root, []).append(entry)
        else:
            replaced[root] = entry._replace(id=root[1], amends=None)
    standing = tuple(entry for root, entry in replaced.items() if root not in gone)
    withdrawn = tuple(Withdrawn(replaced[root], _first_known(gone[root])) for root in sorted(gone))
    return Current(standing, withdrawn, waiting)


def _first_known(entries: Iterable[Entry]) -> int | None:
    return min((e.published_us for e in entries if e.published_us is not None), default=None)


def _version(entry: Entry) -> tuple[int, int, str]:
    recorded = entry.recorded_us if entry.recorded_us is not None else entry.time_us
    return recorded, entry.sequence, entry.id


def is_cut(entries: Iterable[Entry]) -> bool:
    """Return whether any event is known to the day only: then all times of the case are cut to dates."""
    return any(entry.precision == "day" for entry in entries)


def place(entries: Iterable[Entry], precedence: Callable[[str], int], zone: tzinfo) -> tuple[Placed, ...]:
    """Return the events in the order of the case: time, precedence of the type, sequence, id, source.

    Source: docs/decisions/0001-what-was-settled-first.md, "Events 3".
    """
    standing = tuple(entries)
    if is_cut(standing):
        timed = [Placed(cut_to_day(e.time_us, zone), e) for e in standing]
    else:
        timed = [Placed(e.time_us, e) for e in standing]
    if len(timed) > 1:
        timed.sort(key=lambda p: (p.at_us, precedence(p.entry.type), *_order_of_equals(p.entry)))
    return tuple(timed)


def _order_of_equals(entry: Entry) -> tuple[int, str, str]:
    return entry.sequence, entry.id, entry.source


def alike(before: Sequence[object], after: Sequence[object]) -> int:
    """Return how many items at the beginning are the same: most events come last and change none before them."""
    pairs = zip(before, after, strict=False)
    return next((n for n, (old, new) in enumerate(pairs) if old != new), min(len(before), len(after)))


def steps(
    placed: Sequence[Placed], foreseen: Callable[[Entry], tuple[str | None, str | None]]
) -> tuple[Step, ...]:
    """Return the steps between consecutive events: their waits add up to last minus first exactly.

    Args:
        placed: the events in their order.
        foreseen: of an event, type and organisation of what is awaited after it.
    """
    return tuple(
        Step(
            a.entry.source,
            a.entry.id,
            b.entry.source,
            b.entry.id,
            a.entry.type,
            b.entry.type,
            a.entry.owner,
            b.entry.owner,
            a.at_us,
            b.at_us,
            a.entry.published_us,
            b.entry.published_us,
            *foreseen(a.entry),
        )
        for a, b in pairwise(placed)
    )
