"""Alerts that nobody has acknowledged in time rise by a level, which tells the next receiver."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import asyncpg

from infra import metrics

ESCALATE = """
WITH late AS (
    SELECT id FROM alert
    WHERE state = 'open' AND level = $2 - 1 AND raised_at <= $3
        AND (snoozed_until IS NULL OR snoozed_until <= $3)
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
), risen AS (
    UPDATE alert SET level = $2, changed_at = $1 FROM late WHERE alert.id = late.id RETURNING alert.id
), told AS (
    INSERT INTO alert_outbox (alert, what, level, created_at) SELECT id, 'escalated', $2, $1 FROM risen
), noted AS (
    INSERT INTO alert_audit (alert, at, who, what, why, detail)
    SELECT id, $1, 'caseflow', 'escalated', $4, jsonb_build_object('level', $2::integer) FROM risen
)
SELECT count(*) FROM risen
"""


async def escalate(
    connection: asyncpg.Connection, at: datetime, after_hours: Sequence[float]
) -> dict[int, int]:
    """Raise the level of alerts left alone too long, note it and put it in the outbox; all or nothing.

    The time counts from the raising, or from the end of a snooze that came after it. It is in the rows alone:
    a restart forgets nothing, and a repeat finds nothing more to do. An alert that another transaction holds
    is left for the next time.

    Args:
        connection: outside a transaction.
        at: now.
        after_hours: hours until level 1, level 2 and so on, rising.

    Returns:
        How many alerts rose, by their new level.
    """
    risen: dict[int, int] = {}
    async with connection.transaction():
        for level, hours in enumerate(after_hours, start=1):
            why = f"not acknowledged for {hours:g} hours"
            since = at - timedelta(hours=hours)
            risen[level] = await connection.fetchval(ESCALATE, at, level, since, why)
    for level, count in risen.items():
        metrics.ALERTS_ESCALATED.labels(level).inc(count)
    return risen
