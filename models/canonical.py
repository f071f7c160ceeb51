"""A record of the canonical log: an accepted event with everything resolved that later stages need."""

from dataclasses import dataclass
from sys import intern

import orjson
from pydantic import JsonValue

from models.identifiers import Note

TICK_TYPE = "clock.tick"
CLOCK_KEY = b"~clock"


@dataclass(frozen=True, slots=True)
class Recorded:
    """One accepted event. Times are microseconds since 1970 UTC; agencies are codes of the profile.

    `published_us` is the append time of the raw record (of imported history: the recorded time, or unknown).
    `ahead` marks a time up to 24 hours after the append time. `raw` is the origin: topic, partition, offset.
    `owner` None means that nobody knows who held the case. `data` is as published, except that identifiers are
    written canonically and wrong ones are empty; what was odd about them is in `notes`. `hash` is of what was
    told.
    """

    id: str
    source: str
    type: str
    subject: str
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
    acting: str | None
    owner: str | None
    area: str | None
    hash: str
    raw: tuple[str, int, int]
    data: dict[str, JsonValue]
    extensions: dict[str, JsonValue]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """Time as an event: nothing that happened before `time_us` is still on its way. `as_of` ends an import."""

    time_us: int
    as_of: bool = False


def encode_record(record: Recorded | Tick) -> bytes:
    """Return the JSON of a record of `caseflow.events`."""
    if isinstance(record, Tick):
        return orjson.dumps({"type": TICK_TYPE, "time_us": record.time_us, "as_of": record.as_of})
    return orjson.dumps(record)


def decode_record(value: bytes) -> Recorded | Tick:
    """Read what `encode_record` wrote; fields added by a later version are ignored.

    Raises:
        KeyError, TypeError, ValueError: the log holds something that intake did not write.
    """
    fields = orjson.loads(value)
    if fields["type"] == TICK_TYPE:
        return Tick(fields["time_us"], fields.get("as_of", False))
    topic, partition, offset = fields["raw"]
    return Recorded(
        fields["id"],
        intern(fields["source"]),  # few names in many cases kept at hand: one copy of each
        intern(fields["type"]),
        fields["subject"],
        fields["time_us"],
        fields["precision"],
        fields["sequence"],
        fields["recorded_us"],
        fields["published_us"],
        fields["amends"],
        fields["withdraws"],
        fields["extends"],
        fields["history"],
        fields["ahead"],
        _one_copy(fields["acting"]),
        _one_copy(fields["owner"]),
        _one_copy(fields["area"]),
        fields["hash"],
        (topic, partition, offset),
        fields["data"],
        fields.get("extensions", {}),
        tuple([Note(note["type"], note["path"], note["wrong"]) for note in fields.get("notes", ())]),
    )


def _one_copy(name: str | None) -> str | None:
    return None if name is None else intern(name)
