"""Judgements that raise alerts, written as the projector does it, and the alerts that there are then."""

from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from consumers.projector import work
from infra import topics
from projections.alerts.queries import AlertRow, Asked, listed
from tests.support import wires
from tests.support.consumer_records import record

COPIED = """
INSERT INTO alert
SELECT (jsonb_populate_record(alert, jsonb_build_object('id', $1::uuid, 'hand_off', $2::uuid))).* FROM alert LIMIT 1
"""
"""Copies the only alert: under another id, for another hand-off."""


async def write(connection: asyncpg.Connection, *values: bytes) -> None:
    rows = work.decide([record(value, topic=topics.CHANGES) for value in values])
    assert rows.refusals == []
    async with connection.transaction():
        await work.write(connection, rows)


def judged(
    version: int, state: str = "overdue", *, importing: bool = False, case: str = "C1", **over: Any
) -> bytes:
    """Return a change that says only how the hand-off of a case is judged now."""
    if state in {"met", "met_late", "negative"}:
        over |= {"stopped_us": wires.START_US + 40 * wires.DAY_US}
    return wires.change(case, version, importing=importing, hand_offs=[wires.hand_off(case, state, **over)])


async def told(connection: asyncpg.Connection, question: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await connection.fetch(question)]


async def alerts(connection: asyncpg.Connection) -> list[tuple[Any, ...]]:
    return await told(
        connection, "SELECT severity, state, resolved_how FROM alert ORDER BY version, raised_at, state DESC"
    )


async def outbox(connection: asyncpg.Connection) -> list[str]:
    return [row["what"] for row in await connection.fetch("SELECT what FROM alert_outbox ORDER BY id")]


async def audit(connection: asyncpg.Connection) -> list[str]:
    return [row["what"] for row in await connection.fetch("SELECT what FROM alert_audit ORDER BY id")]


async def only(people: AsyncEngine, *, open_: bool = True) -> AlertRow:
    async with people.connect() as reading:
        (row,) = await listed(reading, Asked(open=open_))
    return row
