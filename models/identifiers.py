"""The identifiers in an event's data: the right ones are written canonically, the wrong ones become empty.

Identifiers are claims about a case or a person, never a key of anything: a wrong one costs its own value and
leaves a note, and the event stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from models.identifier_forms import Kind, read_identifier

ATTRIBUTES: Mapping[str, Kind] = {
    "urn": Kind.URN,
    "asn": Kind.ASN,
    "pnc": Kind.PNC,
    "cro": Kind.CRO,
    "nomsNumber": Kind.NOMS,
    "removedNomsNumber": Kind.NOMS,
    "bookingId": Kind.BOOKING_ID,
    "bookingNumber": Kind.BOOKING_NUMBER,
    "crn": Kind.CRN,
    "sourceCrn": Kind.CRN,
    "targetCrn": Kind.CRN,
}
"""Attributes of `data` that hold one identifier."""
CLAIMS = "identifiers"
"""The attribute of `data` that holds a list of {"type", "value"}."""
MAX_NOTES = 20
"""An event with more oddities than that is told so once: a record must not grow by what is wrong in it."""

_TYPES: Mapping[str, Kind] = {
    **{kind.value.replace("-", ""): kind for kind in Kind},
    "ptiurn": Kind.URN,
    "nomsnumber": Kind.NOMS,
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd in an accepted event. It never holds the value: notes are read more widely than data.

    Attributes:
        type: which identifier it ought to be, as `Kind` names it.
        path: where it stands in `data`: "crn", "identifiers[2]".
        wrong: what is wrong, in words, and what was made of it.
    """

    type: str
    path: str
    wrong: str


def read_identifiers(data: dict[str, JsonValue], year: int) -> tuple[dict[str, JsonValue], tuple[Note, ...]]:
    """Return the data with every known identifier in canonical form, and a note for each odd one.

    A wrong identifier or placeholder becomes None. Types that are not known, and everything else, stay as they
    are. What is returned reads the same again, without a further change. `data` itself is not changed.

    Args:
        data: of an event, JSON content.
        year: this year, for the century of two-digit years.
    """
    known = ATTRIBUTES.keys() & data.keys()
    if not known and CLAIMS not in data:
        return data, ()
    notes: list[Note] = []
    read = dict(data)
    for name in sorted(known):
        read[name] = _value(ATTRIBUTES[name], data[name], name, year, notes)
    claims = data.get(CLAIMS)
    if isinstance(claims, list):
        read[CLAIMS] = [_claim(claim, f"{CLAIMS}[{at}]", year, notes) for at, claim in enumerate(claims)]
    return read, _few(notes)


def _claim(claim: JsonValue, path: str, year: int, notes: list[Note]) -> JsonValue:
    if not isinstance(claim, dict) or "value" not in claim:
        return claim
    kind = _kind_of(claim.get("type"))
    return claim if kind is None else {**claim, "value": _value(kind, claim["value"], path, year, notes)}


def _kind_of(told: JsonValue) -> Kind | None:
    """Return which identifier a type names, however it is written: NOMS, nomsNumber, booking-id, bookingId."""
    return _TYPES.get(told.lower().replace("-", "")) if isinstance(told, str) else None


def _value(kind: Kind, told: JsonValue, path: str, year: int, notes: list[Note]) -> JsonValue:
    found = read_identifier(kind, told, year)
    if found.odd is not None:
        notes.append(Note(kind.value, path, found.odd))
    return found.value


def _few(notes: Sequence[Note]) -> tuple[Note, ...]:
    if len(notes) <= MAX_NOTES:
        return tuple(notes)
    more = Note("several", CLAIMS, f"{len(notes) - MAX_NOTES} more are odd")
    return (*notes[:MAX_NOTES], more)
