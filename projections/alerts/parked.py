"""Messages about alerts that were given up: which, and letting them be tried again."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.alerts.outbox import WAKE, alert_delivery, alert_delivery_item


class ParkedRow(NamedTuple):
    """One message that nobody tries any more. `target` names an address; `alerts` counts what it tells of."""

    id: UUID
    route: str
    receiver: str
    channel: str
    target: str
    alerts: int
    attempts: int
    parked_at: datetime
    why: str


async def parked(connection: AsyncConnection) -> list[ParkedRow]:
    """Return every parked message, the newest first."""
    kept, item = alert_delivery.c, alert_delivery_item.c
    alerts = select(func.count(item.alert.distinct())).where(item.delivery == kept.id).scalar_subquery()
    asked = select(
        kept.id,
        kept.route,
        kept.receiver,
        kept.channel,
        kept.target,
        alerts,
        kept.attempts,
        kept.parked_at,
        func.coalesce(kept.last_error, ""),
    ).where(kept.state == "parked")
    rows = await connection.execute(asked.order_by(kept.parked_at.desc(), kept.id))
    return [ParkedRow(*row) for row in rows]


async def try_again(connection: AsyncConnection, messages: Sequence[UUID], at: datetime) -> int:
    """Let parked messages be sent from now on, with as much patience as new ones; return how many were parked."""
    fresh = {"state": "pending", "parked_at": None, "created_at": at, "next_try_at": at}
    chosen = alert_delivery.c.id.in_(messages) & (alert_delivery.c.state == "parked")
    done = await connection.execute(update(alert_delivery).where(chosen).values(fresh))
    await connection.execute(text(WAKE))
    return done.rowcount
