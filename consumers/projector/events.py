"""Records of `caseflow.events` become rows of `case_event`, each identity once, and feeds are counted on."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import asyncpg
import orjson

from models.canonical import Recorded
from models.instants import from_us

COLUMNS = (
    "case_ref, source, event_id, type, stage, acting_org, owner_org, area, occurred_at, precision, sequence, "
    "recorded_at, published_at, amends, withdraws, extends, history, ahead, content_hash, data, notes, "
    "origin_topic, origin_partition, origin_offset, log_partition, log_offset"
)
CREATE_INCOMING = f"""
CREATE TEMP TABLE incoming_event ON COMMIT DELETE ROWS AS
SELECT {COLUMNS}, false AS late FROM case_event WITH NO DATA
"""  # noqa: S608 - constants of this file

# `fresh` are the rows really inserted; only they count. What happened before another, already known event of
# the same case is late: behind rows of earlier batches (the statement's snapshot) or of this one (`late`).
# Lag is unknown where the append time is (imported history), and meaningless for what lies ahead.
INSERT = f"""
WITH fresh AS (
    INSERT INTO case_event ({COLUMNS}) SELECT {COLUMNS} FROM incoming_event
    ON CONFLICT (case_ref, source, event_id) DO NOTHING
    RETURNING case_ref, source, occurred_at, published_at, ahead, log_partition, log_offset
), told AS (
    SELECT fresh.source, occurred_at, published_at,
        late OR occurred_at <
            (SELECT max(occurred_at) FROM case_event WHERE case_ref = fresh.case_ref) AS late,
        CASE WHEN NOT fresh.ahead
            THEN (extract(epoch FROM published_at - occurred_at) * 1000000)::bigint END AS lag_us
    FROM fresh JOIN (SELECT late, log_partition, log_offset FROM incoming_event) AS incoming
        USING (log_partition, log_offset)
), counted AS (
    INSERT INTO feed AS kept
    SELECT source, max(occurred_at), max(published_at), count(*), count(*) FILTER (WHERE late),
        (array_agg(lag_us ORDER BY published_at DESC) FILTER (WHERE lag_us IS NOT NULL))[1],
        coalesce(sum(lag_us), 0), count(lag_us), max(lag_us)
    FROM told GROUP BY source ORDER BY source
    ON CONFLICT (source) DO UPDATE SET
        last_occurred_at = greatest(kept.last_occurred_at, excluded.last_occurred_at),
        last_published_at = greatest(kept.last_published_at, excluded.last_published_at),
        events = kept.events + excluded.events,
        late_events = kept.late_events + excluded.late_events,
        lag_last_us = coalesce(excluded.lag_last_us, kept.lag_last_us),
        lag_sum_us = kept.lag_sum_us + excluded.lag_sum_us,
        lag_count = kept.lag_count + excluded.lag_count,
        lag_max_us = greatest(kept.lag_max_us, excluded.lag_max_us)
    RETURNING 1
)
SELECT count(*), (SELECT count(*) FROM counted) FROM told
"""  # noqa: S608 - constants of this file


class EventRow(NamedTuple):
    """One row of `case_event`, in the order of COLUMNS."""

    case_ref: str
    source: str
    event_id: str
    type: str
    stage: str
    acting_org: str | None
    owner_org: str | None
    area: str | None
    occurred_at: datetime
    precision: str
    sequence: int
    recorded_at: datetime | None
    published_at: datetime | None
    amends: str | None
    withdraws: str | None
    extends: str | None
    history: bool
    ahead: bool
    content_hash: str
    data: str
    notes: str
    origin_topic: str
    origin_partition: int
    origin_offset: int
    log_partition: int
    log_offset: int


def event_row(record: Recorded, partition: int, offset: int) -> EventRow:
    """Return the row of an event that stands at `offset` of a partition of `caseflow.events`.

    Raises:
        TypeError, OverflowError: a time is no number, or no time that a calendar has.
    """
    return EventRow(
        record.subject,
        record.source,
        record.id,
        record.type,
        record.type.partition(".")[0],
        record.acting,
        record.owner,
        record.area,
        from_us(record.time_us),
        record.precision,
        record.sequence,
        None if record.recorded_us is None else from_us(record.recorded_us),
        None if record.published_us is None else from_us(record.published_us),
        record.amends,
        record.withdraws,
        record.extends,
        record.history,
        record.ahead,
        record.hash,
        orjson.dumps(record.data).decode(),
        orjson.dumps(record.notes).decode(),
        *record.raw,
        partition,
        offset,
    )


def first_of_each(rows: Iterable[EventRow]) -> list[tuple[object, ...]]:
    """Return the first row of each identity, each with whether it is late among these rows, sorted by key.

    Rows come in log order per partition, and a case has one partition: the first is the first of the log.
    """
    kept: dict[tuple[str, str, str], tuple[object, ...]] = {}
    latest: dict[str, datetime] = {}
    for row in rows:
        if row[:3] not in kept:
            newest = latest.setdefault(row.case_ref, row.occurred_at)
            kept[row[:3]] = (*row, row.occurred_at < newest)
            if row.occurred_at > newest:
                latest[row.case_ref] = row.occurred_at
    return [kept[key] for key in sorted(kept)]


async def insert(connection: asyncpg.Connection, rows: Iterable[EventRow]) -> int:
    """Insert the events that are not there yet and count them into their feeds; return how many.

    Runs inside the caller's transaction; needs the temporary table of CREATE_INCOMING. Feed rows are shared
    by all partitions, so this goes last: their locks are held until the commit.
    """
    incoming = first_of_each(rows)
    if not incoming:
        return 0
    await connection.copy_records_to_table("incoming_event", records=incoming)
    return await _insert_copied(connection)


async def _insert_copied(connection: asyncpg.Connection) -> int:
    # `prepare` afresh: a plan kept from the empty table would scan the whole of the grown one.
    statement = await connection.prepare(INSERT, timeout=None)
    return int(await statement.fetchval())
