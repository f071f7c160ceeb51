"""A case: what is known of one defendant in one case, and how one more event changes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from models.canonical import Recorded
from models.rules import Rules
from models.timeline import Entry


@dataclass(frozen=True, slots=True)
class Case:
    """The events of one case and the clock it was last judged by; everything else follows from these.

    `entries` are keyed by identity (source, id); their order says nothing. `judged_us` is the latest time
    that is known to have passed for this case: of a tick, or of its own imported history. `imported` is the
    offset of its last event of an imported history: until the as-of tick behind it, only its own clock counts.
    """

    ref: str
    entries: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    judged_us: int | None = None
    last_offset: int = -1
    imported: int = -1


@dataclass(frozen=True, slots=True)
class Advanced:
    """The event is new: the case with it."""

    case: Case


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The event was known already, with this content."""


@dataclass(frozen=True, slots=True)
class Conflicting:
    """An event with this identity is known with other content; the first one stands."""

    known_hash: str


Outcome = Advanced | Unchanged | Conflicting


def entry_of(event: Recorded, rules: Rules) -> Entry:
    """Return what a case keeps of an event: no payload but the attributes that the rules read."""
    return Entry(
        event.source,
        event.id,
        event.hash,
        event.type,
        event.acting,
        event.owner,
        event.time_us,
        event.precision,
        event.sequence,
        event.recorded_us,
        event.published_us,
        event.amends,
        event.withdraws,
        event.extends,
        event.history,
        event.ahead,
        event.area,
        rules.judged(event.type, event.data),
    )


def evolve(case: Case, event: Recorded, rules: Rules) -> Outcome:
    """Add one event to a case; adding it again changes nothing, and the order of adding never matters.

    Imported history moves the case's own clock to the event's time: nobody waits there for a tick.
    """
    identity = (event.source, event.id)
    known = case.entries.get(identity)
    if known is not None:
        return Unchanged() if known.hash == event.hash else Conflicting(known.hash)
    judged = max_known(case.judged_us, event.time_us) if event.history else case.judged_us
    entries = {**case.entries, identity: entry_of(event, rules)}
    return Advanced(Case(case.ref, entries, judged, case.last_offset, case.imported))


def at_time(case: Case, now_us: int | None) -> Case:
    """Move the case's clock forward to a tick; an older tick changes nothing."""
    later = max_known(case.judged_us, now_us)
    return case if later == case.judged_us else replace(case, judged_us=later)


def max_known(a: int | None, b: int | None) -> int | None:
    """Return the later of two instants, either of which may be unknown."""
    if a is None or b is None:
        return b if a is None else a
    return max(a, b)
