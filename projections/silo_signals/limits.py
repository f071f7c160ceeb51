"""The limits of weekly charts, locked: kept once, and never moved."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from analysis.items import FlowKey
from analysis.judging.memory import ChartKey
from analysis.series.weekly import Measure
from analysis.series.xmr_rules import Limits
from models.identities import derived_id
from models.instants import date_of, number_of

LOCKED: Final = """
SELECT rule, sender, receiver, measure, since, centre, mean_range, points FROM silo_limits WHERE locked_for <= $1
"""
KEEP: Final = """
INSERT INTO silo_limits (id, rule, sender, receiver, measure, since, centre, mean_range, points, locked_for)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
"""


async def limits(connection: asyncpg.Connection, by: date) -> dict[ChartKey, Limits]:
    """Return the limits that were locked by the evaluation of a local day."""
    found = {}
    for rule, sender, receiver, measure, since, *lines in await connection.fetch(LOCKED, by):
        monday = None if since is None else number_of(since)
        key = ChartKey(FlowKey(rule, sender, receiver), Measure[measure.upper()], monday)
        found[key] = Limits(*lines)
    return found


async def keep_limits(connection: asyncpg.Connection, locked: Mapping[ChartKey, Limits], day: int) -> None:
    """Keep the limits that are not there yet, locked on a local day, inside the caller's transaction."""
    known = await limits(connection, date.max)
    rows = [_row(key, one, day) for key, one in locked.items() if key not in known]
    await connection.executemany(KEEP, rows)


def _row(key: ChartKey, one: Limits, day: int) -> tuple[object, ...]:
    name, since = key.measure.name.lower(), None if key.since is None else date_of(key.since)
    identity = UUID(derived_id("silo-limits", *key.flow, name, str(since or "")))
    return identity, *key.flow, name, since, one.centre, one.mean_range, one.points, date_of(day)
