"""What people decided to be usual: recorded once, read by every evaluation, never changed."""

from datetime import datetime
from typing import Final

import asyncpg

from analysis.judging.rebasing import Decision
from models.instants import date_of, number_of
from projections.silo_signals.columns import about_columns, about_of

DECIDING: Final = 0x5110_DEC1DE
"""The advisory lock under which a day is stored and a decision is recorded: never both at once."""
HOLD: Final = "SELECT pg_advisory_xact_lock($1)"
DECISIONS: Final = """
SELECT rule, sender, receiver, agency, since, decided_on, counts_from, first_day, last_day, decided_by, why
FROM silo_rebase ORDER BY number
"""
RECORD: Final = """
INSERT INTO silo_rebase (rule, sender, receiver, agency, since, decided_on, counts_from, first_day, last_day,
    decided_by, why, shift_seen, decided_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""


async def hold(connection: asyncpg.Connection) -> None:
    """Wait for the right to store a day or record a decision, which lasts until the caller's transaction ends."""
    await connection.execute(HOLD, DECIDING)


async def decisions(connection: asyncpg.Connection) -> tuple[Decision, ...]:
    """Return all decisions in the order in which they were recorded."""
    return tuple(_decision(row) for row in await connection.fetch(DECISIONS))


async def record(
    connection: asyncpg.Connection, one: Decision, at: datetime, *, shift_seen: bool | None
) -> None:
    """Record a decision, inside the caller's transaction, which must hold the right to.

    Args:
        connection: of the database.
        one: it must count from no day that is judged already.
        at: the instant at which it is recorded.
        shift_seen: whether a chart of the flow shows a sustained shift since then; None: a feed has no such chart.
    """
    days = [date_of(day) for day in (one.since, one.decided, one.counts_from, *one.window)]
    await connection.execute(RECORD, *about_columns(one.about), *days, one.by, one.why, shift_seen, at)


def _decision(row: asyncpg.Record) -> Decision:
    since, decided, counts_from, first, last = (number_of(day) for day in row[4:9])
    about = about_of(row["rule"], row["sender"], row["receiver"], row["agency"])
    return Decision(about, since, decided, counts_from, (first, last), row["decided_by"], row["why"])
