"""Which hand-offs are late, in all, between two organisations, and of one?"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.hand_offs.table import hand_off

Key = tuple[str, str, str, str | None]
"""A hand-off by its row, its case, its start's id and whom it is about."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One hand-off that was met or is past its limit: when it started (microseconds), and whether it is late."""

    started_us: int
    late: bool


async def late_keys(connection: AsyncConnection, by_us: int) -> set[Key]:
    """Return the hand-offs that were done late, or overdue at an instant: none that became overdue later."""
    c = hand_off.c
    overdue = and_(c.state == "overdue", c.overdue_us < by_us)
    found = select(c.rule, c.case_ref, c.start_event, c.about).where(or_(c.state == "met_late", overdue))
    return {(rule, case, start, about) for rule, case, start, about in await connection.execute(found)}


async def judged_between(
    connection: AsyncConnection, senders: Collection[str], receivers: Collection[str]
) -> list[Judged]:
    """Return the hand-offs from any of the one to any of the other that were met or are overdue, oldest first."""
    c = hand_off.c
    between = and_(c.sender.in_(senders), c.receiver.in_(receivers))
    return await _judged(connection, between)


async def judged_of(connection: AsyncConnection, owners: Collection[str]) -> list[Judged]:
    """Return the hand-offs that these had to bring about and that were met or are overdue, oldest first."""
    return await _judged(connection, hand_off.c.owner.in_(owners))


async def _judged(connection: AsyncConnection, which: ColumnElement[bool]) -> list[Judged]:
    c = hand_off.c
    known = and_(which, c.state.in_(("met", "met_late", "overdue")), c.due_us.is_not(None))
    found = select(c.started_us, c.state != "met").where(known).order_by(c.started_us, c.id)
    return [Judged(*row) for row in await connection.execute(found)]
