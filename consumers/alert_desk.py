"""What people do with alerts: acknowledge, resolve, snooze; with who and why, all of those named or none.

Looking at them is `projections.alerts.queries`. The projector resolves what a hand-off itself has ended.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from projections.alerts.outbox import WAKE, alert_outbox
from projections.alerts.queries import AlertRow, beginning_with, locked
from projections.alerts.table import alert, alert_audit

FEWEST_DIGITS = 4
"""Of an id: with fewer a slip of the hand would name another alert."""
_ENDED = frozenset({"resolved"})


class DeskError(Exception):
    """An alert cannot be decided upon in this way; nothing was changed."""


class Decision(NamedTuple):
    """Who decides, when, and why; acknowledging and snoozing need no reason."""

    by: str
    at: datetime
    why: str | None = None


async def named(connection: AsyncConnection, name: str) -> AlertRow:
    """Return the alert that an id, or the beginning of one, names.

    Raises:
        DeskError: it is no id; none begins so; more than one does.
    """
    digits = name.replace("-", "").lower()
    if not FEWEST_DIGITS <= len(digits) <= 32 or not set(digits) <= set("0123456789abcdef"):
        raise DeskError(
            f"{name} is no alert's id: `caseflow alerts list` shows them, {FEWEST_DIGITS} digits do"
        )
    found = await beginning_with(connection, digits)
    if not found:
        raise DeskError(f"no alert's id begins with {name}: `caseflow alerts list --all` shows them")
    if len(found) > 1:
        raise DeskError(
            f"more than one alert's id begins with {name}, {found[0].id} and {found[1].id}: give more digits"
        )
    return found[0]


async def acknowledge(engine: AsyncEngine, names: Sequence[str], decision: Decision) -> list[AlertRow]:
    """Say that somebody has these alerts in hand: they escalate no more. Return them as they were before.

    Raises:
        DeskError: one of them is unknown, acknowledged or resolved; nobody says who decides.
    """
    by = _name(decision)
    values = {"state": "acknowledged", "acknowledged_by": by, "acknowledged_at": decision.at}
    return await _decided(
        engine, names, decision, _Deed("acknowledged", values, {}, _ENDED | {"acknowledged"})
    )


async def snooze(
    engine: AsyncEngine, names: Sequence[str], decision: Decision, until: datetime
) -> list[AlertRow]:
    """Keep these alerts quiet until then: they escalate no earlier. One that becomes worse speaks up again.

    Raises:
        DeskError: one of them is unknown or resolved; `until` is past; nobody says who decides.
    """
    if until <= decision.at:
        raise DeskError(f"{until.isoformat(' ', 'minutes')} is past: name a time to come")
    deed = _Deed("snoozed", {"snoozed_until": until}, {"until": until.isoformat()}, _ENDED)
    return await _decided(engine, names, decision, deed)


async def resolve(engine: AsyncEngine, names: Sequence[str], decision: Decision) -> list[AlertRow]:
    """End these alerts; who was told of them will be told. Only a worse delay, or a new signal, raises another one.

    Raises:
        DeskError: one of them is unknown or resolved; nobody says who decides, or why.
    """
    why = (decision.why or "").strip()
    if not why:
        raise DeskError("say why: --why REASON; it stays with the alert")
    how = {"resolved_how": "person", "resolved_by": _name(decision), "resolved_why": why}
    values = {"state": "resolved", "resolved_at": decision.at} | how
    return await _decided(engine, names, decision, _Deed("resolved", values, {"how": "person"}, _ENDED))


class _Deed(NamedTuple):
    """What is done to alerts: its name in the audit, what it sets, its detail, and the states that forbid it."""

    what: str
    values: Mapping[str, Any]
    detail: Mapping[str, Any]
    forbidden: frozenset[str]


async def _decided(
    engine: AsyncEngine, names: Sequence[str], decision: Decision, deed: _Deed
) -> list[AlertRow]:
    """Change all these alerts, remember who and why, and tell those who were told, in one transaction."""
    by = _name(decision)
    async with engine.begin() as connection:
        rows = await locked(connection, {(await named(connection, name)).id for name in names})
        for row in rows:
            if row.state in deed.forbidden:
                raise DeskError(_already(row))
        values = {**deed.values, "changed_at": decision.at}
        await connection.execute(update(alert).where(alert.c.id.in_([r.id for r in rows])).values(values))
        kept = {"at": decision.at, "who": by, "what": deed.what, "why": decision.why, "detail": deed.detail}
        await connection.execute(insert(alert_audit), [{"alert": row.id, **kept} for row in rows])
        if deed.what == "resolved":
            await _tell(connection, rows, decision.at)
    return rows


async def _tell(connection: AsyncConnection, rows: Sequence[AlertRow], at: datetime) -> None:
    told = [{"alert": row.id, "what": "resolved", "level": row.level, "created_at": at} for row in rows]
    await connection.execute(insert(alert_outbox), told)
    await connection.execute(text(WAKE))


def _name(decision: Decision) -> str:
    by = decision.by.strip()
    if not by:
        raise DeskError("say who decides: --by NAME")
    if by == "caseflow":
        raise DeskError("caseflow is the name of what happens by itself: --by NAME names a person")
    return by


def _already(row: AlertRow) -> str:
    by = row.resolved_by if row.state == "resolved" else row.acknowledged_by
    how = f" ({row.resolved_how})" if row.state == "resolved" else ""
    return f"alert {str(row.id)[:8]}, {row.subject}, is {row.state} already, by {by}{how}"
