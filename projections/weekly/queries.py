"""How does each flow go, week by week?"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.items import FlowKey
from analysis.perspective import Perspective
from projections.weekly.table import weekly, weekly_change

DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One flow in one local week, by its Monday; of several flows together an end is empty where it differs.

    Look-back: `stopped`, `limited` (those with a limit), `late` (those past it), `same_day` and the waits are of
    what was stopped in the week, whenever it started. `started` and `negative` (stopped before they started, and
    in no other number) are of what started in it, `missing` and `void` of what ended in it without its stop. Waits
    are in days of 24 hours; the median is None where nothing was stopped, and of several flows together.
    """

    rule: str
    sender: str
    receiver: str
    week: date
    started: int
    stopped: int
    limited: int
    late: int
    same_day: int
    missing: int
    void: int
    negative: int
    wait_median_days: float | None
    wait_sum_days: float

    @property
    def key(self) -> FlowKey:
        """Whose week it is."""
        return FlowKey(self.rule, self.sender, self.receiver)

    @property
    def view(self) -> Perspective:
        """Completed in the period."""
        return Perspective.LOOK_BACK


COUNTED = WeekRow.__match_args__[:12]
"""The fields that are columns as they are."""


class Waiting(NamedTuple):
    """A week that a change of hand-offs may have touched, not computed anew yet: of what a sender hands over."""

    rule: str
    sender: str
    week: date


async def weeks(connection: AsyncConnection, rule: str) -> list[WeekRow]:
    """Return the weeks of one row of the register, sorted by flow and week; one in which nothing happened has none.

    The week under way is among them: `projections.weekly.series.every_week` leaves out what is not over.
    """
    c = weekly.c
    asked = select(weekly).where(c.rule == rule).order_by(c.sender, c.receiver, c.week)
    return [
        WeekRow(
            **{name: getattr(row, name) for name in COUNTED},
            wait_median_days=None if row.wait_median_us is None else row.wait_median_us / DAY_US,
            wait_sum_days=float(row.wait_sum_us) / DAY_US,
        )
        for row in await connection.execute(asked)
    ]


async def waiting(connection: AsyncConnection, rule: str | None = None) -> set[Waiting]:
    """Return the weeks whose figures may be old, of one row of the register or of all.

    The signals process computes them anew within seconds. Of an event near a week's edge both weeks are here.
    """
    c = weekly_change.c
    asked = select(c.rule, c.sender, c.week).distinct()
    if rule is not None:
        asked = asked.where(c.rule == rule)
    return {Waiting(*row) for row in await connection.execute(asked)}
