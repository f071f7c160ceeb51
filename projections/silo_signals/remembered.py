"""What the evaluation of a day goes on from, as it was kept after the day before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import asyncpg
import orjson

from analysis.judging.memory import Baselines, Memory, tracked_content, tracked_of_content
from models.instants import date_of, number_of
from projections.silo_signals import baselines

LAST: Final = "SELECT day, content FROM silo_memory WHERE day <= $1 ORDER BY day DESC LIMIT 1"


async def memory(connection: asyncpg.Connection, day: int | None = None) -> Memory:
    """Return what was remembered after a local day, or after the last one judged before it; empty: none was.

    The baselines are those that were in force then: none before the first day that is judged.

    Args:
        connection: of the database.
        day: the local day; None: the last one judged.
    """
    row = await connection.fetchrow(LAST, date.max if day is None else date_of(day))
    if row is None:
        return Memory() if day is None else Memory(baselines=await baselines.in_force(connection, day))
    usual = await baselines.in_force(connection, number_of(row["day"]))
    return _memory(row["day"], orjson.loads(row["content"]), usual)


def memory_content(kept: Memory) -> dict[str, object]:
    """Return as JSON what is remembered beside the baselines, which have a table of their own."""
    cap_us = kept.baselines.cap_us
    return {"clocks": dict(kept.clocks), "tracked": tracked_content(kept), "boundary_cap_us": cap_us}


def _memory(day: date, content: Mapping[str, Any], usual: Baselines) -> Memory:
    cap_us = content["boundary_cap_us"]
    known = replace(usual, cap_us=cap_us)
    return Memory(number_of(day), content["clocks"], known, tracked_of_content(content["tracked"]))
