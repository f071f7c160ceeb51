"""Records of `caseflow.changes` as rows, and what several of them come to; no I/O.

Version guard: a record counts only if its version is greater than what its case already shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson

SUMMARY = (
    "first_us",
    "last_us",
    "events",
    "precision",
    "stage",
    "last_type",
    "last_org",
    "last_known_us",
    "foreseen_type",
    "foreseen_org",
    "area",
    "tail_from",
    "tail_to",
    "elapsed_us",
    "inside_us",
    "between_us",
    "unknown_us",
    "next_due_us",
    "waiting",
    "ahead",
)
STEP = (
    "from_source",
    "from_event",
    "to_source",
    "to_event",
    "from_type",
    "to_type",
    "from_org",
    "to_org",
    "kind",
    "started_us",
    "ended_us",
    "wait_us",
    "started_known_us",
    "ended_known_us",
    "foreseen_type",
    "foreseen_org",
)
HAND_OFF = (
    "rule",
    "title",
    "sender",
    "receiver",
    "owner",
    "state",
    "started_us",
    "stopped_us",
    "due_us",
    "wait_us",
    "limit",
    "certainty",
    "start_source",
    "start_event",
    "stop_source",
    "stop_event",
    "internal",
    "area",
    "tier",
    "due_soon",
    "late_after_end",
    "earliest_us",
    "overdue_us",
    "standard_due_us",
    "assumed",
    "about",
    "follows",
    "started_known_us",
    "stopped_known_us",
    "ended_us",
    "ended_known_us",
    "returned_us",
    "returned_known_us",
)
NOTHING_COUNTS = dict.fromkeys(SUMMARY) | dict.fromkeys(
    ("events", "elapsed_us", "inside_us", "between_us", "unknown_us", "waiting", "ahead"), 0
)
"""The summary of a case of which no event counts (all withdrawn, or only amendments of unknown events)."""

CASE_COLUMNS = ("case_ref", *SUMMARY, "version", "log_partition")
STEP_COLUMNS = ("id", "case_ref", *STEP, "version")
HAND_OFF_COLUMNS = tuple(
    "time_limit" if c == "limit" else c for c in ("id", "case_ref", *HAND_OFF, "version")
)

_summary = itemgetter(*SUMMARY)
_step = itemgetter(*STEP)
_hand_off = itemgetter(*HAND_OFF)
_STATE, _ENDED_US = HAND_OFF_COLUMNS.index("state"), HAND_OFF_COLUMNS.index("ended_us")
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One record of `caseflow.changes`, as rows. The state of a removed hand-off is `removed`.

    `importing`: imported history made it, before the end of its import. `whole`: it is all that holds of the case,
    and takes the place of what is stored of it.
    """

    case_ref: str
    version: int
    importing: bool
    case: Row
    steps: dict[UUID, Row | None]
    hand_offs: dict[UUID, Row | None]
    judgements: dict[UUID, Row]
    whole: bool = False
    settled_us: int | None = None

    def alerts_nobody(self, row: Row) -> bool:
        """Return whether a judgement is one of an import: made before its end, or of what was over by then."""
        ended = row[_ENDED_US]
        over = isinstance(ended, int) and self.settled_us is not None and ended <= self.settled_us
        return self.importing or (over and row[_STATE] == "missing")


@dataclass(slots=True)
class Net:
    """What several changes come to: per case and id only the last word counts."""

    cases: dict[str, Row] = field(default_factory=dict)
    steps: dict[UUID, Row | None] = field(default_factory=dict)
    hand_offs: dict[UUID, Row | None] = field(default_factory=dict)
    judgements: list[Row] = field(default_factory=list)
    last: dict[UUID, tuple[Row, bool]] = field(default_factory=dict)
    """The last judgement of each hand-off, removed ones too, and whether an import made it."""
    gone: set[UUID] = field(default_factory=set)
    """Ids of earlier batches whose rows must go, to come back with new content or not at all."""


def change(value: bytes, partition: int) -> Change:
    """Read one record. Rows are tuples in the order of the column lists of this module.

    Raises:
        KeyError, TypeError, ValueError: it is not what timelines writes.
    """
    fields: dict[str, Any] = orjson.loads(value)
    case, version = fields["case"], fields["version"]
    summary = NOTHING_COUNTS if fields["summary"] is None else fields["summary"]
    steps: dict[UUID, Row | None] = dict.fromkeys(map(UUID, fields["steps_removed"]))
    for row in fields["steps_added"]:
        key = UUID(row["id"])
        steps[key] = (key, case, *_step(row), version)
    hand_offs: dict[UUID, Row | None] = dict.fromkeys(map(UUID, fields["hand_offs_removed"]))
    judgements: dict[UUID, Row] = {key: removed(key, case, version) for key in hand_offs}
    for row in fields["hand_offs"]:
        key = UUID(row["id"])
        hand_offs[key] = judgements[key] = (key, case, *_hand_off(row), version)
    row = (case, *_summary(summary), version, partition)
    whole = fields.get("whole", False)
    settled_us = fields.get("settled_us")
    return Change(case, version, fields["importing"], row, steps, hand_offs, judgements, whole, settled_us)


def removed(key: UUID, case: str, version: int) -> Row:
    """Return what is said of a hand-off that is no longer there."""
    fields = dict.fromkeys(HAND_OFF) | {"state": "removed"}
    return (key, case, *fields.values(), version)


def net(changes: Iterable[Change], known: dict[str, int]) -> Net:
    """Return what the changes come to, given the version that each known case already shows.

    Changes of a case come in log order. One whose version is not greater than what is shown is left out.
    """
    total = Net()
    shown = dict(known)
    for one in changes:
        if one.version <= shown.get(one.case_ref, -1):
            continue
        shown[one.case_ref] = one.version
        total.cases[one.case_ref] = one.case
        total.steps |= one.steps
        total.hand_offs |= one.hand_offs
        total.judgements += one.judgements.values()
        total.last |= {key: (row, one.alerts_nobody(row)) for key, row in one.judgements.items()}
        if one.case_ref in known or one.whole:
            total.gone |= one.steps.keys() | one.hand_offs.keys()
    return total
