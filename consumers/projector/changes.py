"""Records of `caseflow.changes` become rows of `case_file`, `step`, `hand_off` and `hand_off_change`.

Version guard: a record counts only if its version is greater than what its case already shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any
from uuid import UUID

import asyncpg
import orjson

SUMMARY = (
    "first_us",
    "last_us",
    "events",
    "precision",
    "stage",
    "last_type",
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

CREATE_INCOMING = (
    "CREATE TEMP TABLE incoming_case ON COMMIT DELETE ROWS AS SELECT * FROM case_file WITH NO DATA"
)
UPSERT_CASES = f"""
INSERT INTO case_file AS kept ({", ".join(CASE_COLUMNS)}) SELECT {", ".join(CASE_COLUMNS)} FROM incoming_case
ON CONFLICT (case_ref) DO UPDATE SET {", ".join(f"{c} = excluded.{c}" for c in CASE_COLUMNS[1:])}
WHERE kept.version < excluded.version
"""  # noqa: S608 - constants of this file

_summary = itemgetter(*SUMMARY)
_step = itemgetter(*STEP)
_hand_off = itemgetter(*HAND_OFF)
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One record of `caseflow.changes`, as rows. The state of a removed hand-off is `removed`."""

    case_ref: str
    version: int
    case: Row
    steps: dict[UUID, Row | None]
    hand_offs: dict[UUID, Row | None]
    judgements: list[Row]


@dataclass(slots=True)
class Net:
    """What several changes come to: per case and id only the last word counts."""

    cases: dict[str, Row] = field(default_factory=dict)
    steps: dict[UUID, Row | None] = field(default_factory=dict)
    hand_offs: dict[UUID, Row | None] = field(default_factory=dict)
    judgements: list[Row] = field(default_factory=list)
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
    judgements: list[Row] = [_removed(key, case, version) for key in hand_offs]
    for row in fields["hand_offs"]:
        key = UUID(row["id"])
        judged = (key, case, *_hand_off(row), version)
        hand_offs[key] = judged
        judgements.append(judged)
    row = (case, *_summary(summary), version, partition)
    return Change(case, version, row, steps, hand_offs, judgements)


def _removed(key: UUID, case: str, version: int) -> Row:
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
        total.judgements += one.judgements
        if one.case_ref in known:
            total.gone |= one.steps.keys() | one.hand_offs.keys()
    return total


async def write(connection: asyncpg.Connection, changes: Sequence[Change]) -> dict[str, int]:
    """Write changes and return the rows touched by table; runs inside the caller's transaction.

    Reads the shown versions without a lock: the caller holds the positions of these cases' partitions.
    """
    if not changes:
        return {}
    total = net(changes, await _shown(connection, {one.case_ref for one in changes}))
    if total.gone:
        gone = sorted(total.gone)
        await connection.execute("DELETE FROM step WHERE id = ANY($1::uuid[])", gone)
        await connection.execute("DELETE FROM hand_off WHERE id = ANY($1::uuid[])", gone)
    cases = [total.cases[key] for key in sorted(total.cases)]
    await connection.copy_records_to_table("incoming_case", records=cases, columns=CASE_COLUMNS)
    await connection.execute(UPSERT_CASES)
    return {
        "case_file": len(cases),
        "step": await _copy(connection, "step", STEP_COLUMNS, total.steps.values()),
        "hand_off": await _copy(connection, "hand_off", HAND_OFF_COLUMNS, total.hand_offs.values()),
        "hand_off_change": await _copy(connection, "hand_off_change", HAND_OFF_COLUMNS, total.judgements),
    }


async def _shown(connection: asyncpg.Connection, cases: set[str]) -> dict[str, int]:
    rows = await connection.fetch(
        "SELECT case_ref, version FROM case_file WHERE case_ref = ANY($1::text[])", sorted(cases)
    )
    return {row[0]: row[1] for row in rows}


async def _copy(
    connection: asyncpg.Connection, table: str, columns: Sequence[str], rows: Iterable[Row | None]
) -> int:
    present = [row for row in rows if row is not None]
    if present:
        await connection.copy_records_to_table(table, records=present, columns=columns)
    return len(present)
