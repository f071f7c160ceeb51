"""What follows an event as far as the register settles it: a matter of the event, never of what came of it."""

from typing import NamedTuple

from models.instants import local_date
from models.register import Rule
from models.rules import Rules
from models.timeline import Entry


class Foreseen(NamedTuple):
    """The type of the event that is awaited next, and the agency that will tell of it; both or neither."""

    type: str | None
    org: str | None


NOTHING = Foreseen(None, None)


def foreseen(entry: Entry, rules: Rules) -> Foreseen:
    """Return what the register awaits after an event: settled if its rows have one stop and one agency for it.

    It is read from the event alone, so that a step that is over and one that goes on are foreseen alike: other
    waits of the case, later events and the clock have no say. The stop is told by the wait's owner if it may say
    such an event, else by the other side. What extends a wait begins none, and after what ends a case nothing is
    awaited.

    Source: docs/decisions/0016-open-steps-and-the-boundary.md.
    """
    openers = rules.openers.get(entry.type, ())
    if not openers or entry.extends is not None or rules.ends(entry.type):
        return NOTHING
    rows = [row for row in openers if row.start_of(entry.type, entry.judged) is not None]
    stops = {name for row in rows for name in row.stop_events}
    if len(stops) != 1:
        return NOTHING
    [stop] = stops
    orgs = {_teller(row, stop, entry, rules) for row in rows}
    org = orgs.pop()
    return NOTHING if orgs or org is None else Foreseen(stop, org)


def _teller(row: Rule, stop: str, start: Entry, rules: Rules) -> str | None:
    """Return the agency that will tell of a stop; None: it is a party, or one of several agencies."""
    may = rules.profile.event_types[stop].publishers
    roles = [role for role in row.owners if role in may]
    roles = roles or [role for role in (*row.sender, *row.receiver) if role in may]
    if not roles:
        return None
    org = rules.organisation(roles, start.owner, start.area, local_date(start.time_us, rules.zone))
    return org if org in rules.profile.agencies else None
