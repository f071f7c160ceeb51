"""Which objects an event touches, and how: cases, defendants, offences, hearings, organisations."""

from collections.abc import Iterator
from typing import NamedTuple

from models.profile import UNKNOWN_AGENCY
from projections.process_logs.entries import LoggedCase, LoggedEvent
from projections.process_logs.naming import Naming

AT_THE_BEGINNING = "1970-01-01T00:00:00Z"
"""The time of a value that holds from the first: the format wants one for every value of an object."""
OBJECT_TYPES: dict[str, tuple[str, ...]] = {
    "case": ("area", "precision"),
    "defendant": (),
    "offence": ("code",),
    "hearing": (),
    "organisation": ("name",),
}
"""Types of objects and their attributes, all of them text."""


class Related(NamedTuple):
    """An object, how an event or another object relates to it, and what is known of it."""

    type: str
    id: str
    qualifier: str
    attributes: dict[str, str]
    relates_to: tuple[tuple[str, str], ...] = ()
    """Objects by id, with the qualifier of the relationship."""


def objects_of(case: LoggedCase, event: LoggedEvent, naming: Naming) -> Iterator[Related]:
    """Give what an event relates to: each object once.

    A case is one defendant in one case, so each has a defendant of its own: identifiers that would join a person
    across cases are claims, never keys. An offence is one code charged against one defendant. An organisation is
    there as the holder of the case, else as the one that acted, else as the one that told of it.
    """
    ref = naming.reference("case", case.ref)
    known = {"area": case.area or "", "precision": "day" if case.cut else "instant"}
    yield Related("case", f"case:{ref}", "of", {name: text for name, text in known.items() if text})
    defendant = f"defendant:{ref}"
    yield Related("defendant", defendant, "about", {}, ((f"case:{ref}", "defendant of"),))
    if event.hearing:
        yield Related("hearing", f"hearing:{naming.reference('hearing', event.hearing)}", "at", {})
    if event.offence:
        charged = ((defendant, "charged against"),)
        yield Related("offence", f"offence:{ref}:{event.offence}", "names", {"code": event.offence}, charged)
    yield from _organisations(event, naming)


def _organisations(event: LoggedEvent, naming: Naming) -> Iterator[Related]:
    parts = (("held by", event.org), ("done by", event.acting), ("told by", event.source))
    seen: set[str] = set()
    for qualifier, code in parts:
        if code is not None and code != UNKNOWN_AGENCY and code not in seen:
            seen.add(code)
            yield Related("organisation", f"organisation:{code}", qualifier, {"name": naming.org(code)})
