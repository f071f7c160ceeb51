"""The state of a case as bytes: compact, readable JSON, sufficient for every later judgement."""

from typing import NamedTuple

import orjson

from models.case import Case
from models.timeline import Entry

FORMAT = 2


class Stored(NamedTuple):
    """A case as it was stored: by which rules it was judged, and when it next changes by the clock alone."""

    case: Case
    rules_hash: str
    next_due_us: int | None


class FormatError(ValueError):
    """A state was written in a format that this version does not read."""


def encode_case(case: Case, rules_hash: str, next_due_us: int | None) -> bytes:
    """Return the bytes of a case's state; the same case gives the same bytes, whatever the order of arrival."""
    entries = [case.entries[identity] for identity in sorted(case.entries)]
    fields = {
        "format": FORMAT,
        "rules": rules_hash,
        "case": case.ref,
        "last_offset": case.last_offset,
        "imported": case.imported,
        "judged_us": case.judged_us,
        "next_due_us": next_due_us,
        "events": [tuple(entry) for entry in entries],  # orjson writes no named tuples
    }
    return orjson.dumps(fields)


def decode_case(value: bytes) -> Stored:
    """Read what `encode_case` wrote.

    Raises:
        FormatError: another version wrote it.
    """
    fields = orjson.loads(value)
    if fields.get("format") != FORMAT:
        raise FormatError(f"a case state has format {fields.get('format')!r}, this version reads {FORMAT}")
    entries = (Entry._make(entry) for entry in fields["events"])
    case = Case(
        fields["case"],
        {(entry.source, entry.id): entry for entry in entries},
        fields["judged_us"],
        fields["last_offset"],
        fields["imported"],
    )
    return Stored(case, fields["rules"], fields["next_due_us"])
