"""From a receiver's queue to messages: what nobody needs to know is dropped, the rest is grouped.

All of it is one transaction, so that a crash leaves the queue as it was or its messages made.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from consumers import daily
from consumers.alerts import grouping
from consumers.alerts.grouping import MINUTE, Waiting
from consumers.alerts.message import Kind
from infra import topics
from infra.postgres import AnyConnection
from models.routes import AlertSettings, Channel, Route

SETTLED_UNTOLD = """
DELETE FROM alert_delivery_item i USING alert_outbox o, alert a
WHERE i.route = $1 AND i.receiver = $2 AND i.delivery IS NULL
    AND o.id = i.outbox AND o.what <> 'resolved' AND a.id = i.alert AND a.state = 'resolved'
"""
"""Resolved before anybody was told of it: that is no news any more."""
RESOLVED_UNTOLD = """
DELETE FROM alert_delivery_item i USING alert_outbox o
WHERE i.route = $1 AND i.receiver = $2 AND i.delivery IS NULL AND o.id = i.outbox AND o.what = 'resolved'
    AND NOT EXISTS (
        SELECT FROM alert_delivery_item told JOIN alert_outbox t ON t.id = told.outbox
            JOIN alert_delivery d ON d.id = told.delivery
        WHERE told.alert = i.alert AND told.route = i.route AND told.receiver = i.receiver
            AND t.what <> 'resolved' AND (d.state <> 'parked' OR d.may_have_left)
    )
"""
"""The resolution of what this receiver never heard of, and is not about to hear of."""
READY = """
SELECT i.outbox, i.alert
FROM alert_delivery_item i JOIN alert_outbox o ON o.id = i.outbox JOIN alert a ON a.id = i.alert
WHERE i.route = $1 AND i.receiver = $2 AND i.delivery IS NULL
    AND greatest(o.created_at, CASE WHEN a.state <> 'resolved' THEN a.snoozed_until END) <= $3
    AND CASE WHEN o.what = 'resolved' THEN EXISTS (
        SELECT FROM alert_delivery_item told JOIN alert_outbox t ON t.id = told.outbox
            JOIN alert_delivery d ON d.id = told.delivery
        WHERE told.alert = i.alert AND told.route = i.route AND told.receiver = i.receiver
            AND t.what <> 'resolved' AND (d.state = 'sent' OR d.state = 'parked' AND d.may_have_left)
    ) AND NOT EXISTS (
        SELECT FROM alert_delivery_item told JOIN alert_delivery d ON d.id = told.delivery
        WHERE told.alert = i.alert AND told.route = i.route AND told.receiver = i.receiver
            AND d.state = 'pending' AND d.may_have_left
    ) ELSE a.state <> 'resolved' END
ORDER BY i.outbox FOR UPDATE OF i
"""
"""What may be told now. A resolution waits until the raising has arrived, and nothing else is on its way."""
LATELY = """
SELECT count(*) FILTER (WHERE kind <> 'digest' AND created_at > $3) AS made,
    min(created_at) FILTER (WHERE kind <> 'digest' AND created_at > $3) AS first_made,
    count(*) FILTER (WHERE state = 'pending' AND next_try_at <= $3 + interval '3 minutes') AS under_way
FROM alert_delivery WHERE route = $1 AND receiver = $2 AND (created_at > $3 OR state = 'pending')
"""
"""Under way is what is tried again soon: `$3` is a minute ago, and no back-off is longer than two minutes. What a
snooze holds back is not, and takes nothing from what others may be told."""
MADE_ALREADY = "SELECT EXISTS (SELECT FROM alert_delivery WHERE id = $1)"
MAKE = """
INSERT INTO alert_delivery (id, route, receiver, channel, target, kind, next_try_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
"""
PUT_IN = """
UPDATE alert_delivery_item SET delivery = $1
WHERE route = $2 AND receiver = $3 AND outbox = ANY($4::bigint[])
"""


class Queue(NamedTuple):
    """One receiver of one route: what goes there never waits for what goes elsewhere."""

    route: Route
    receiver: str


@dataclass(frozen=True, slots=True)
class Formed:
    """How many messages were made, and before which instant looking again makes no sense (None: any)."""

    messages: int
    not_before: datetime | None = None


async def form(
    connection: AnyConnection, queue: Queue, settings: AlertSettings, zone: ZoneInfo, at: datetime
) -> Formed:
    """Make messages of what waits for one receiver, as many as it may get now; may be repeated at any time."""
    async with connection.transaction():
        await connection.execute(SETTLED_UNTOLD, queue.route.name, queue.receiver)
        await connection.execute(RESOLVED_UNTOLD, queue.route.name, queue.receiver)
        if queue.route.digest:
            return await _form_digest(connection, queue, settings, zone, at)
        return await _form_now(connection, queue, settings, at)


async def _form_now(connection: AnyConnection, queue: Queue, settings: AlertSettings, at: datetime) -> Formed:
    [lately] = await connection.fetch(LATELY, queue.route.name, queue.receiver, at - MINUTE)
    allowed = grouping.allowance(settings, lately["made"], lately["under_way"])
    if not allowed:
        limited = lately["made"] >= settings.at_most_per_minute
        return Formed(0, lately["first_made"] + MINUTE if limited else None)
    messages = grouping.messages_of(await _ready(connection, queue, at), settings, allowed)
    for notices in messages:
        several = len({one.alert for one in notices}) > 1
        made = grouping.message_id(queue.route.name, queue.receiver, notices)
        await _make(connection, queue, made, Kind.GROUPED if several else Kind.SINGLE, notices, at)
    return Formed(len(messages))


async def _form_digest(
    connection: AnyConnection, queue: Queue, settings: AlertSettings, zone: ZoneInfo, at: datetime
) -> Formed:
    due = daily.last_due(at, settings.digest_at, zone)
    day = daily.local_day_of(due, zone).isoformat()
    made = grouping.digest_id(queue.route.name, queue.receiver, day)
    tomorrow = daily.next_due(at, settings.digest_at, zone)
    if await connection.fetchval(MADE_ALREADY, made):
        return Formed(0, tomorrow)
    notices = await _ready(connection, queue, due)
    if notices:
        await _make(connection, queue, made, Kind.DIGEST, notices, at)
    return Formed(1 if notices else 0, tomorrow)


async def _ready(connection: AnyConnection, queue: Queue, until: datetime) -> tuple[Waiting, ...]:
    rows = await connection.fetch(READY, queue.route.name, queue.receiver, until)
    return tuple(Waiting(row["outbox"], str(row["alert"])) for row in rows)


async def _make(
    connection: AnyConnection,
    queue: Queue,
    message: str,
    kind: Kind,
    notices: tuple[Waiting, ...],
    at: datetime,
) -> None:
    route, receiver = queue
    target = topics.ALERTS if route.channel is Channel.KAFKA else route.target_for(receiver)
    await connection.execute(MAKE, message, route.name, receiver, route.channel, target, kind, at)
    await connection.execute(PUT_IN, message, route.name, receiver, [one.outbox for one in notices])
