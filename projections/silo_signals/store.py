"""What a judged day leaves in the database: signals, findings, baselines, and what the next day goes on from.

Every function runs inside the caller's transaction. Writing a day again replaces what the day had said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from analysis.judging.evaluation import Evaluated
from analysis.judging.signals import Signal
from models.instants import date_of
from projections.silo_signals import baselines
from projections.silo_signals.evidence import evidence_of
from projections.silo_signals.layout import Cells, finding_rows, signal_row
from projections.silo_signals.remembered import memory_content
from projections.silo_signals.table import silo_finding, silo_signal

LOCK: Final = 0x5110_51C4A1
"""The advisory lock that whoever evaluates holds."""
FINDING: Final = tuple(column.name for column in silo_finding.columns)
SIGNAL: Final = tuple(column.name for column in silo_signal.columns if column.name != "written_at")
UPSERT: Final = f"""
INSERT INTO silo_signal ({", ".join(SIGNAL)}) VALUES ({", ".join(f"${n}" for n in range(1, len(SIGNAL) + 1))})
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in SIGNAL[1:])}, written_at = now()
"""  # noqa: S608 - constants of this file
# A candidate that did not pass again is no signal, and leaves no row. What goes on is said by its day's evaluation.
DROP: Final = "DELETE FROM silo_signal WHERE state IN ('candidate', 'open') AND id <> ALL($1::uuid[])"
MEMORY: Final = """
INSERT INTO silo_memory (day, now_us, content, counts, versions) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (day) DO UPDATE SET now_us = excluded.now_us, content = excluded.content, counts = excluded.counts,
    versions = excluded.versions, evaluated_at = now()
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a day was judged with: its instant, and what must be known to repeat it.

    `counts`: what was left out of the data. `versions`: of the code and the profile.
    """

    now_us: int
    judging_hash: str
    counts: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


async def lock(connection: asyncpg.Connection) -> bool:
    """Take the right to evaluate until the connection ends, and return whether nobody else had it."""
    return bool(await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK))


async def keep_day(connection: asyncpg.Connection, evaluated: Evaluated, stamp: Stamp) -> None:
    """Keep all of a judged day: its findings, its signals, baselines locked on it, and the memory of it."""
    usual, decided = evaluated.memory.baselines, evaluated.decided
    await baselines.keep(connection, usual, evaluated.day, stamp.judging_hash, decided)
    await _keep_findings(connection, evaluated)
    await _keep_signals(connection, evaluated.signals, stamp)
    content = memory_content(evaluated.memory)
    row = (date_of(evaluated.day), stamp.now_us, *map(_json, (content, stamp.counts, stamp.versions)))
    await connection.execute(MEMORY, *row)


async def _keep_findings(connection: asyncpg.Connection, evaluated: Evaluated) -> None:
    await connection.execute("DELETE FROM silo_finding WHERE day = $1", date_of(evaluated.day))
    rows = [_cells(told, FINDING) for told in finding_rows(evaluated.findings, evaluated.day)]
    await connection.copy_records_to_table("silo_finding", records=rows, columns=FINDING)


async def _keep_signals(connection: asyncpg.Connection, signals: Sequence[Signal], stamp: Stamp) -> None:
    shown = await evidence_of(connection, signals, stamp.now_us)
    await connection.execute(DROP, [UUID(one.id) for one in signals])
    for one in sorted(
        signals, key=lambda one: one.ended is None
    ):  # one may follow another of its kind at once
        row = signal_row(one, shown[one.id], stamp.versions)
        await connection.execute(UPSERT, *_cells(row, SIGNAL))


def _cells(told: Cells, columns: Sequence[str]) -> list[object]:
    return [_json(told[name]) if isinstance(told[name], list | Mapping) else told[name] for name in columns]


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
