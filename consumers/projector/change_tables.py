"""Changes become rows of `case_file`, `step`, `hand_off` and `hand_off_change`; alerts and weeks follow."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import asyncpg

from consumers.projector import alerts, weeks
from consumers.projector.alert_decisions import Said
from consumers.projector.changes import CASE_COLUMNS, HAND_OFF_COLUMNS, STEP_COLUMNS, Change, Row, net
from consumers.projector.wholes import differences

CREATE_INCOMING = (
    "CREATE TEMP TABLE incoming_case ON COMMIT DELETE ROWS AS SELECT * FROM case_file WITH NO DATA"
)
UPSERT_CASES = f"""
INSERT INTO case_file AS kept ({", ".join(CASE_COLUMNS)}) SELECT {", ".join(CASE_COLUMNS)} FROM incoming_case
ON CONFLICT (case_ref) DO UPDATE SET {", ".join(f"{c} = excluded.{c}" for c in CASE_COLUMNS[1:])}
WHERE kept.version < excluded.version
"""  # noqa: S608 - constants of this file
REMOVE_HAND_OFFS = f"""
DELETE FROM hand_off WHERE id = ANY($1::uuid[]) RETURNING {", ".join(weeks.READ)}
"""  # noqa: S608 - constants of this room


async def write(connection: asyncpg.Connection, changes: Sequence[Change], at: datetime) -> dict[str, int]:
    """Write changes and the alerts they raise or end; return the rows touched by table.

    Runs inside the caller's transaction. Reads the shown versions without a lock: the caller holds the positions
    of these cases' partitions.

    Args:
        connection: with the temporary table of CREATE_INCOMING.
        changes: those of a case in log order.
        at: the present instant, at which alerts are raised.
    """
    written: Counter[str] = Counter()
    for number, (is_whole, run) in enumerate(groupby(changes, key=attrgetter("whole"))):
        if number:
            await connection.execute("DELETE FROM incoming_case")
        told = await differences(connection, run) if is_whole else list(run)
        written.update(await _write(connection, told, at))
    return written


async def _write(connection: asyncpg.Connection, changes: Sequence[Change], at: datetime) -> dict[str, int]:
    total = net(changes, await _shown(connection, {one.case_ref for one in changes}))
    before = await _remove(connection, sorted(total.gone)) if total.gone else []
    cases = [total.cases[key] for key in sorted(total.cases)]
    await connection.copy_records_to_table("incoming_case", records=cases, columns=CASE_COLUMNS)
    await connection.execute(UPSERT_CASES)
    written = {
        "case_file": len(cases),
        "step": await _copy(connection, "step", STEP_COLUMNS, total.steps.values()),
        "hand_off": await _copy(connection, "hand_off", HAND_OFF_COLUMNS, total.hand_offs.values()),
        "hand_off_change": await _copy(connection, "hand_off_change", HAND_OFF_COLUMNS, total.judgements),
    }
    present = [row for row in total.hand_offs.values() if row is not None]
    changed = weeks.of_rows(present) | weeks.touched(before)
    await _copy(connection, "weekly_change", weeks.WEEK_CHANGE, sorted(changed))
    said = [Said.of(row, importing=importing) for row, importing in total.last.values()]
    return written | await alerts.write(connection, said, at)


async def _remove(connection: asyncpg.Connection, gone: Sequence[UUID]) -> list[tuple[Any, ...]]:
    """Delete rows, to come back with new content or not at all; return what the hand-offs among them were."""
    await connection.execute("DELETE FROM step WHERE id = ANY($1::uuid[])", gone)
    return [tuple(row) for row in await connection.fetch(REMOVE_HAND_OFFS, gone)]


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
