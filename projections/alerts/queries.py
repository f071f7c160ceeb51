"""Who was told that a hand-off is late, or of a silo signal, and what became of it?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models.routes import Severity
from models.signal_kinds import SignalKind
from projections.alerts.table import alert, alert_audit

DIGITS = 32
"""Of an id in hexadecimal."""


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert. It is told of a hand-off by its owner's name: who must act; times `_us` in microseconds.

    Either `hand_off` is known, and all that tells which it is, or `signal` with `kind`, `sentence` and
    `confidence`; `version` is the offset of the change, or the local day on which the signal was judged.
    """

    id: UUID
    hand_off: UUID | None
    case_ref: str | None
    rule: str | None
    title: str
    sender: str | None
    receiver: str | None
    owner: str
    internal: bool
    area: str | None
    severity: str | None
    level: int
    state: str
    due_us: int | None
    overdue_us: int | None
    time_limit: str | None
    certainty: str | None
    local_target: bool
    raised_at: datetime
    changed_at: datetime
    snoozed_until: datetime | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    resolved_how: str | None
    resolved_by: str | None
    resolved_why: str | None
    version: int
    signal: UUID | None = None
    kind: str | None = None
    sentence: str | None = None
    confidence: str | None = None

    @property
    def subject(self) -> str:
        """What it is about, in few words."""
        if self.kind is not None:
            return f"signal {SignalKind(self.kind).words}: {self.title}"
        return f"{self.rule} of case {self.case_ref}"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing that happened to an alert; `who` is a person, or `caseflow`."""

    at: datetime
    who: str
    what: str
    why: str | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which alerts are asked for; what is None is not asked. `open` leaves out those that are resolved.

    `kind` asks for those of a kind of signal.
    """

    open: bool = True
    owner: str | None = None
    rule: str | None = None
    severity: str | None = None
    area: str | None = None
    case_ref: str | None = None
    kind: str | None = None


async def listed(connection: AsyncConnection, asked: Asked, limit: int | None = None) -> list[AlertRow]:
    """Return the alerts asked for, the worst first, of equals the one due first; all of them without `limit`.

    Signals come before single hand-offs: each tells of many.
    """
    c = alert.c
    worst = case({one.value: rank for rank, one in enumerate(Severity)}, value=c.severity)
    found = (
        select(alert)
        .order_by(worst.desc().nulls_first(), c.due_us.nulls_first(), c.case_ref, c.id)
        .limit(limit)
    )
    if asked.open:
        found = found.where(c.state != "resolved")
    for name in ("owner", "rule", "severity", "area", "case_ref", "kind"):
        wanted = getattr(asked, name)
        if wanted is not None:
            found = found.where(c[name] == wanted)
    return [AlertRow(*row) for row in await connection.execute(found)]


async def beginning_with(connection: AsyncConnection, digits: str, limit: int = 2) -> list[AlertRow]:
    """Return up to `limit` alerts whose id begins with these hexadecimal digits, sorted by id.

    Args:
        connection: of the database.
        digits: 1 to 32 of 0-9 and a-f, without hyphens.
        limit: two are enough to see that a beginning names no single one.
    """
    first, last = (UUID(digits.ljust(DIGITS, filler)) for filler in "0f")
    asked = select(alert).where(alert.c.id.between(first, last)).order_by(alert.c.id).limit(limit)
    return [AlertRow(*row) for row in await connection.execute(asked)]


async def locked(connection: AsyncConnection, ids: Collection[UUID]) -> list[AlertRow]:
    """Return these alerts, and keep them until the transaction ends, in the order in which all lock them."""
    asked = select(alert).where(alert.c.id.in_(ids)).order_by(alert.c.id).with_for_update(key_share=True)
    return [AlertRow(*row) for row in await connection.execute(asked)]


async def history(connection: AsyncConnection, key: UUID) -> list[AuditRow]:
    """Return everything that happened to an alert, oldest first."""
    c = alert_audit.c
    asked = select(c.at, c.who, c.what, c.why, c.detail).where(c.alert == key).order_by(c.id)
    return [AuditRow(*row) for row in await connection.execute(asked)]


async def by_state(connection: AsyncConnection) -> dict[str, int]:
    """Return how many alerts there are in each state that any is in."""
    found = select(alert.c.state, func.count()).group_by(alert.c.state).order_by(alert.c.state)
    return {str(state): count for state, count in await connection.execute(found)}
