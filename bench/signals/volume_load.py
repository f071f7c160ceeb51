"""A great partnership loaded into an empty database: tables by COPY, keys and indexes after them."""

import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence

import asyncpg

from bench.signals import volume_hand_offs, volume_rows
from bench.signals.volume_hand_offs import HAND_OFF_COLUMNS
from bench.signals.volume_rows import EVENT_COLUMNS, Size
from bench.signals.volume_templates import Templates
from infra.postgres import connect, migrate

STEP_COLUMNS = (
    *(
        "id",
        "case_ref",
        "from_source",
        "from_event",
        "to_source",
        "to_event",
        "from_type",
        "to_type",
        "from_org",
    ),
    *("to_org", "kind", "wait_us", "foreseen_type", "foreseen_org", "version"),
    *("started_us", "ended_us", "started_known_us", "ended_known_us"),
)
AN_HOUR_S = 3600.0
KEYS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'p'
"""
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = $1 ORDER BY 1"
FEEDS = """
INSERT INTO feed (source, last_occurred_at, last_published_at, events, late_events, lag_sum_us, lag_count)
SELECT source, max(occurred_at), max(published_at), count(*), 0, 0, 0 FROM case_event GROUP BY source
"""
EVERY_WEEK = """
INSERT INTO weekly_change (rule, sender, receiver, week)
SELECT DISTINCT rule, sender, receiver,
    date_trunc('week', to_timestamp(at_us / 1000000.0) AT TIME ZONE 'UTC')::date
FROM hand_off CROSS JOIN LATERAL (VALUES (started_us), (stopped_us), (ended_us)) AS at (at_us)
WHERE at_us IS NOT NULL
"""
A_DAYS_WEEKS = """
INSERT INTO weekly_change (rule, sender, receiver, week)
SELECT DISTINCT rule, sender, receiver,
    date_trunc('week', to_timestamp(at_us / 1000000.0) AT TIME ZONE 'UTC')::date
FROM hand_off CROSS JOIN LATERAL (VALUES (started_us), (stopped_us), (ended_us)) AS at (at_us)
WHERE at_us IS NOT NULL AND greatest(started_known_us, stopped_known_us, ended_known_us) BETWEEN $1 AND $2
"""
Say = Callable[[str], None]


async def load(url: str, made: Templates, size: Size, say: Say) -> dict[str, int]:
    """Migrate a database and fill it, and return how many rows each table has.

    Takes minutes: rows come in the order of their publication or last change, so that what is recent lies together
    as it does where the projector wrote it. Raw durability is given up for the load alone.
    """
    await migrate(url)
    connection = await connect(url, "bench")
    try:
        await connection.execute("SET timezone = 'UTC'; SET synchronous_commit = off")
        await _fill(connection, "case_file", None, volume_rows.cases(made, size), say)
        await _fill(connection, "case_event", EVENT_COLUMNS, volume_rows.events(made, size), say)
        await _fill(connection, "step", STEP_COLUMNS, volume_rows.steps(made, size), say)
        await _fill(connection, "hand_off", HAND_OFF_COLUMNS, volume_hand_offs.hand_offs(made, size), say)
        say("counting feeds and weeks")
        await connection.execute(FEEDS, timeout=AN_HOUR_S)
        await connection.execute(EVERY_WEEK, timeout=AN_HOUR_S)
        await connection.execute("VACUUM ANALYZE", timeout=AN_HOUR_S)
        tables = ("case_file", "case_event", "step", "hand_off", "weekly_change")
        counts = [await connection.fetchval(f"SELECT count(*) FROM {name}") for name in tables]  # noqa: S608
        return dict(zip(tables, counts, strict=True))
    finally:
        await connection.close()


async def ask_for_weeks(url: str, since_us: int, until_us: int) -> None:
    """Ask for the weeks of all hand-offs told of between two instants, as the projector would have done."""
    connection = await connect(url, "bench")
    try:
        await connection.execute(A_DAYS_WEEKS, since_us, until_us)
    finally:
        await connection.close()


async def _fill(
    connection: asyncpg.Connection,
    table: str,
    columns: Sequence[str] | None,
    blocks: Iterator[bytes],
    say: Say,
) -> None:
    keys = await connection.fetch(KEYS, table)
    indexes = [
        row for row in await connection.fetch(INDEXES, table) if row[0] not in {key[0] for key in keys}
    ]
    for name, _ in keys:
        await connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        await connection.execute(f"DROP INDEX {name}")
    began, sent = time.monotonic(), 0

    async def told() -> AsyncIterator[bytes]:
        nonlocal sent
        for block in blocks:
            sent += len(block)
            say(f"{table}: {sent >> 20} MB in {time.monotonic() - began:.0f} s")
            yield block

    await connection.copy_to_table(table, source=told(), columns=columns, format="text", timeout=AN_HOUR_S)
    say(f"{table}: keys and indexes")
    for name, definition in keys:
        await connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}", timeout=AN_HOUR_S)
    for _, definition in indexes:
        await connection.execute(definition, timeout=AN_HOUR_S)
