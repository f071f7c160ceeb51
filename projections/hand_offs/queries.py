"""How do the standard hand-offs stand?"""

from dataclasses import dataclass

from sqlalchemy import false, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models.limits import Certainty
from projections.case_timeline.table import case_file
from projections.hand_offs.table import hand_off

LOCAL_TARGETS = frozenset(one.value for one in Certainty if one.is_local_target)
"""Certainties of limits that nobody has confirmed: they show as a local target, never as the limit."""
TIERS = 3
"""Of what is overdue."""
STATES = ("open", "met", "met_late", "overdue", "missing", "void", "negative")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One row of the register, between one sender and one receiver: how many hand-offs are in which state.

    `due_soon` is a part of `open`, and `tiers` the parts of `overdue`, the mildest first. `local_target`: at least
    one of them was judged by a limit that nobody has confirmed.
    """

    rule: str
    title: str
    sender: str
    receiver: str
    states: dict[str, int]
    due_soon: int
    tiers: tuple[int, ...]
    local_target: bool

    @property
    def count(self) -> int:
        """Return how many hand-offs there are in all."""
        return sum(self.states.values())


async def by_rule(connection: AsyncConnection, area: str | None = None) -> list[RuleRow]:
    """Return the counts by state, sorted by rule, sender and receiver; every state is there, if with 0.

    Args:
        connection: of the database.
        area: only of the cases of this area, by its code; None: of all cases.
    """
    c = hand_off.c
    group = (c.rule, c.sender, c.receiver)
    parts = [c.state == state for state in STATES] + [c.due_soon] + [c.tier == tier for tier in range(TIERS)]
    local = func.coalesce(func.bool_or(c.certainty.in_(LOCAL_TARGETS)), false())
    counts = [func.count().filter(part) for part in parts]
    asked = select(*group, func.max(c.title), local, *counts).group_by(*group).order_by(*group)
    if area is not None:
        asked = asked.where(c.case_ref.in_(select(case_file.c.case_ref).where(case_file.c.area == area)))
    return [_row(*row) for row in await connection.execute(asked)]


def _row(rule: str, sender: str, receiver: str, title: str, local_target: bool, *counts: int) -> RuleRow:
    states = dict(zip(STATES, counts, strict=False))
    due_soon, *tiers = counts[len(STATES) :]
    return RuleRow(rule, title, sender, receiver, states, due_soon, tuple(tiers), local_target)
