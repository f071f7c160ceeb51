"""How do the standard hand-offs stand?"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.hand_offs.table import hand_off

STATES = ("open", "met", "met_late", "overdue", "missing", "void", "negative")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One row of the register, between one sender and one receiver: how many hand-offs are in which state."""

    rule: str
    title: str
    sender: str
    receiver: str
    states: dict[str, int]

    @property
    def count(self) -> int:
        """Return how many hand-offs there are in all."""
        return sum(self.states.values())


async def by_rule(connection: AsyncConnection) -> list[RuleRow]:
    """Return the counts by state, sorted by rule, sender and receiver; every state is there, if with 0."""
    columns = (hand_off.c.rule, func.max(hand_off.c.title), hand_off.c.sender, hand_off.c.receiver)
    counts = [func.count().filter(hand_off.c.state == state) for state in STATES]
    grouped = select(*columns, *counts).group_by(hand_off.c.rule, hand_off.c.sender, hand_off.c.receiver)
    rows = await connection.execute(grouped.order_by(hand_off.c.rule, hand_off.c.sender, hand_off.c.receiver))
    return [
        RuleRow(rule, title, sender, receiver, dict(zip(STATES, found, strict=True)))
        for rule, title, sender, receiver, *found in rows
    ]
