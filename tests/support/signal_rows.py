"""Signals as rows, for tests of what follows from them."""

from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from consumers.signals.alerts import follow

DAY = 20_619
"""15 June 2026."""
SLOW: dict[str, Any] = {
    "id": UUID("5f0d7a3e-6c0f-5c1e-8e7e-0a4c3c1f9d21"),
    "kind": "slow_pair",
    "rule": "H04",
    "sender": "cleveland-police",
    "receiver": "cps-north-east",
    "agency": "",
    "direction": "concern",
    "state": "open",
    "since": date(2026, 6, 1),
    "opened": date(2026, 6, 8),
    "ended": None,
    "last_judged": date(2026, 6, 14),
    "window_from": date(2026, 5, 15),
    "window_to": date(2026, 6, 12),
    "measure": "completed, against the usual pace",
    "effect_value": 0.5,
    "effect_low": 0.34,
    "effect_high": 0.71,
    "effect_unit": "times",
    "p": 0.0001,
    "p_adjusted": 0.001,
    "observed": 31,
    "expected": 62.0,
    "n": 120,
    "n_open": 60,
    "baseline_n": 500,
    "excess_days": 310.0,
    "share": 0.08,
    "arrivals_ratio": 1.0,
    "confidence": "high",
    "evidence": "[]",
    "sentence": "Police to CPS, charging decision: in the 20 open days to 12 June 2026 31 were completed.",
    "goes_away_if": "20 more completed in the same window",
    "versions": "{}",
}


async def stored(connection: asyncpg.Connection, **over: Any) -> UUID:
    """Store a signal, or another state of it, and return its id."""
    row = SLOW | over
    if row["state"] in {"closed", "withdrawn", "superseded", "rebased"}:
        row["ended"] = row["ended"] or row["last_judged"]
    await connection.execute("DELETE FROM silo_signal WHERE id = $1", row["id"])
    await connection.copy_records_to_table("silo_signal", records=[list(row.values())], columns=list(row))
    identity: UUID = row["id"]
    return identity


async def followed(connection: asyncpg.Connection, at: Any, day: int = DAY) -> int:
    """Let alerts follow the signals, in a transaction."""
    async with connection.transaction():
        return await follow(connection, lambda about: f"{about.flow or about.agency}", at, day)
