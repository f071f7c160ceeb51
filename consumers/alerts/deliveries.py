"""Deliveries in the database: taken before an attempt, marked after it; between the two anything may crash.

What an attempt may have carried away is fixed before it begins: a repeat after a crash has the same id and
the same content.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import asyncpg

from consumers.alerts.forming import Queue
from consumers.alerts.line import Line
from consumers.alerts.message import Kind, Message, ordered, restored, stored
from consumers.alerts.retry import Again, Parked, Sent, Step, back_off
from infra.postgres import AnyConnection
from models.instants import from_us

NEXT = """
SELECT id, channel, target, kind, content, attempts, may_have_left, created_at FROM alert_delivery
WHERE route = $1 AND receiver = $2 AND state = 'pending' AND next_try_at <= $3
ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
"""
SETTLED = """
DELETE FROM alert_delivery_item i USING alert_outbox o, alert a
WHERE i.delivery = $1 AND o.id = i.outbox AND o.what <> 'resolved' AND a.id = i.alert AND a.state = 'resolved'
"""
ASLEEP = """
UPDATE alert_delivery_item i SET delivery = NULL FROM alert a
WHERE i.delivery = $1 AND a.id = i.alert AND a.state <> 'resolved' AND a.snoozed_until > $2
"""
LINES = """
SELECT DISTINCT ON (a.id) a.*, o.what FROM alert_delivery_item i
JOIN alert_outbox o ON o.id = i.outbox JOIN alert a ON a.id = i.alert
WHERE i.delivery = $1 ORDER BY a.id, o.what = 'raised' DESC, o.id DESC
"""
"""One row per alert: that it was raised, where this is told now, else the newest that there is to tell."""
NOTHING_LEFT = "DELETE FROM alert_delivery WHERE id = $1"
HELD_UNTIL = """
SELECT min(a.snoozed_until) FROM alert_delivery_item i JOIN alert a ON a.id = i.alert WHERE i.delivery = $1
HAVING bool_and(a.state <> 'resolved' AND a.snoozed_until IS NOT NULL AND a.snoozed_until > $2)
"""
HOLD = "UPDATE alert_delivery SET next_try_at = $2 WHERE id = $1"
BEGIN = """
UPDATE alert_delivery SET content = $2, attempts = $3, next_try_at = $4, may_have_left = true WHERE id = $1
"""
SENT = """
UPDATE alert_delivery SET state = 'sent', sent_at = $2, last_error = $3 WHERE id = $1 AND state = 'pending'
"""
AGAIN = """
UPDATE alert_delivery SET next_try_at = $2, last_error = $3, may_have_left = $4
WHERE id = $1 AND state = 'pending'
"""
PARK = """
UPDATE alert_delivery SET state = 'parked', parked_at = $2, last_error = $3, may_have_left = $4
WHERE id = $1 AND state = 'pending'
"""


class Taken(NamedTuple):
    """A delivery whose next attempt has begun; `had_left`: an earlier one may have reached the target."""

    message: Message
    target: str
    attempt: int
    made_at: datetime
    had_left: bool


async def take(connection: AnyConnection, queue: Queue, zone: ZoneInfo, at: datetime) -> Taken | None:
    """Begin the next attempt that is due in a queue, and return it; None: nothing is due.

    What has certainly not left yet is told as it is now: without what was resolved or put off meanwhile.
    Committed when this returns; if the process dies now, the attempt is repeated after its back-off.
    """
    while True:
        async with connection.transaction():
            row = await connection.fetchrow(NEXT, queue.route.name, queue.receiver, at)
            if row is None:
                return None
            message = await _message_of(connection, row, queue, zone, at)
            if message is not None:
                return await _begun(connection, row, message, at)


async def mark(connection: AnyConnection, taken: Taken, step: Step, at: datetime) -> None:
    """Keep what became of an attempt; one that another dispatcher has marked already stays as it is."""
    message = taken.message.id
    match step:
        case Sent(note):
            await connection.execute(SENT, message, at, note)
        case Again(next_at, why, may_have_left):
            await connection.execute(AGAIN, message, next_at, why, taken.had_left or may_have_left)
        case Parked(why, may_have_left):
            await connection.execute(PARK, message, at, why, taken.had_left or may_have_left)


def line_of(row: asyncpg.Record, at: datetime, zone: ZoneInfo) -> Line:
    """Return an alert as a message of this instant tells it."""
    due = _local(row["due_us"], zone)
    deadline = _local(row["overdue_us"], zone)
    return Line(
        alert=str(row["id"]),
        what=row["what"],
        case=row["case_ref"],
        rule=row["rule"],
        title=row["title"],
        sender=row["sender"],
        receiver=row["receiver"],
        owner=row["owner"],
        area=row["area"],
        severity=row["severity"],
        level=row["level"],
        due=due.isoformat(timespec="seconds") if due else None,
        deadline=deadline.isoformat(timespec="milliseconds") if deadline else None,
        days_late=max(0, (at.astimezone(zone).date() - due.date()).days) if due else None,
        limit=row["time_limit"],
        certainty=row["certainty"],
        local_target=row["local_target"],
        signal=None if row["signal"] is None else str(row["signal"]),
        kind=row["kind"],
        sentence=row["sentence"],
        confidence=row["confidence"],
    )


async def _message_of(
    connection: AnyConnection, row: asyncpg.Record, queue: Queue, zone: ZoneInfo, at: datetime
) -> Message | None:
    """Return what to send; None where there is nothing to say any more, or nothing now."""
    if row["may_have_left"]:
        until = await connection.fetchval(HELD_UNTIL, row["id"], at)
        if until is not None:
            await connection.execute(HOLD, row["id"], until)
            return None
        return _message(row, queue, *restored(row["content"]))
    await connection.execute(SETTLED, row["id"])
    await connection.execute(ASLEEP, row["id"], at)
    lines = _lines(await connection.fetch(LINES, row["id"]), at, zone)
    if not lines:
        await connection.execute(NOTHING_LEFT, row["id"])
        return None
    return _message(row, queue, at.astimezone(zone).isoformat(timespec="milliseconds"), lines)


async def _begun(connection: AnyConnection, row: asyncpg.Record, message: Message, at: datetime) -> Taken:
    attempt = row["attempts"] + 1
    again_at = at + back_off(message.id, attempt)
    await connection.execute(BEGIN, row["id"], stored(message), attempt, again_at)
    return Taken(message, row["target"], attempt, row["created_at"], row["may_have_left"])


def _message(row: asyncpg.Record, queue: Queue, at: str, lines: tuple[Line, ...]) -> Message:
    return Message(str(row["id"]), queue.route.name, queue.receiver, Kind(row["kind"]), at, lines)


def _lines(rows: Iterable[asyncpg.Record], at: datetime, zone: ZoneInfo) -> tuple[Line, ...]:
    return ordered([line_of(row, at, zone) for row in rows])


def _local(time_us: int | None, zone: ZoneInfo) -> datetime | None:
    return None if time_us is None else from_us(time_us).astimezone(zone)
