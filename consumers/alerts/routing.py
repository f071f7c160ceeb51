"""From the outbox to queues: which notice goes to which receivers, by the profile's routes.

One transaction marks a notice as routed and queues it for everyone whom it concerns: a crash leaves both or
neither.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from models.routes import Notice, RouteList, Severity, What
from models.signal_kinds import SignalKind

AT_ONCE = 5_000

_AWAKE = "(a.state = 'resolved' OR a.snoozed_until IS NULL OR a.snoozed_until <= $1)"
COUNT = f"""
SELECT count(*) FROM alert_outbox o JOIN alert a ON a.id = o.alert WHERE o.routed_at IS NULL AND {_AWAKE}
"""  # noqa: S608 - joined from constants of this file
TAKE = f"""
SELECT o.id, o.alert, o.what, o.level, a.owner, a.rule, a.severity, a.area, a.kind
FROM alert_outbox o JOIN alert a ON a.id = o.alert
WHERE o.routed_at IS NULL AND {_AWAKE}
ORDER BY o.id LIMIT $2 FOR UPDATE OF o SKIP LOCKED
"""  # noqa: S608 - the same
QUEUE = """
INSERT INTO alert_delivery_item (outbox, route, receiver, alert)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::uuid[]) ON CONFLICT DO NOTHING
"""
FOLLOW = """
INSERT INTO alert_delivery_item (outbox, route, receiver, alert)
SELECT DISTINCT o.id, told.route, told.receiver, told.alert
FROM alert_outbox o JOIN alert_delivery_item told ON told.alert = o.alert WHERE o.id = ANY($1::bigint[])
ON CONFLICT DO NOTHING
"""
"""A resolution goes where the raising went, or is about to go: not where today's routes would send it."""
ROUTED = "UPDATE alert_outbox SET routed_at = $2 WHERE id = ANY($1::bigint[])"


class Queued(NamedTuple):
    """One notice in the queue of one receiver of one route."""

    outbox: int
    route: str
    receiver: str
    alert: UUID


async def unrouted(connection: asyncpg.Connection, at: datetime) -> int:
    """Return how many notices wait to be routed; those of snoozed alerts do not."""
    return int(await connection.fetchval(COUNT, at))


async def route(connection: asyncpg.Connection, routes: RouteList, at: datetime) -> int:
    """Queue what waits in the outbox, and return how many notices that were; nothing twice, in any event."""
    total = 0
    while True:
        async with connection.transaction():
            taken = await connection.fetch(TAKE, at, AT_ONCE)
            await _queue(connection, taken, routes)
            await connection.execute(ROUTED, [row["id"] for row in taken], at)
        total += len(taken)
        if len(taken) < AT_ONCE:
            return total


def queued_by(rows: Iterable[asyncpg.Record], routes: RouteList) -> Iterator[Queued]:
    """Yield a notice once for every route that wants it."""
    for row in rows:
        notice = _notice(row)
        for one in routes.wanting(notice):
            yield Queued(row["id"], one.name, one.receiver_of(notice.owner), row["alert"])


def _notice(row: asyncpg.Record) -> Notice:
    severity, kind = row["severity"], row["kind"]
    return Notice(
        What(row["what"]),
        row["owner"],
        row["rule"],
        None if severity is None else Severity(severity),
        row["area"],
        row["level"],
        None if kind is None else SignalKind(kind),
    )


async def _queue(connection: asyncpg.Connection, taken: Sequence[asyncpg.Record], routes: RouteList) -> None:
    queued = list(queued_by(taken, routes))
    if queued:
        await connection.execute(QUEUE, *map(list, zip(*queued, strict=True)))
    resolved = [row["id"] for row in taken if row["what"] == What.RESOLVED]
    if resolved:
        await connection.execute(FOLLOW, resolved)
