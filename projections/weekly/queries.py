"""How does each flow go, week by week?"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.weekly.table import weekly

WEEK = timedelta(weeks=1)
DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One flow in one local week, by its Monday.

    Look-back: `stopped`, `limited` (those with a limit), `late` (those past it), `same_day` and the waits are of
    what was stopped in the week, whenever it started. `started` and `negative` (stopped before they started, and
    in no other number) are of what started in it, `missing` and `void` of what ended in it without its stop. Waits
    are in days of 24 hours.
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
    def late_share(self) -> float | None:
        """Return the share (0 to 1) of what had a limit that was late; None where nothing had one."""
        return self.late / self.limited if self.limited else None


COUNTED = WeekRow.__match_args__[:12]
"""The fields that are columns as they are."""


async def weeks(
    connection: AsyncConnection,
    *,
    before: date,
    since: date | None = None,
    flow: tuple[str, str, str] | None = None,
) -> list[WeekRow]:
    """Return the weeks that ended by a day, sorted by flow and week; a week in which nothing happened has no row.

    Args:
        connection: of the database.
        before: the first local day that is not complete: the week it lies in is left out.
        since: the first Monday asked for; None: from the beginning.
        flow: rule, sender and receiver; None: all.
    """
    c = weekly.c
    asked = select(weekly).where(c.week <= before - WEEK).order_by(c.rule, c.sender, c.receiver, c.week)
    if since is not None:
        asked = asked.where(c.week >= since)
    if flow is not None:
        asked = asked.where(c.rule == flow[0], c.sender == flow[1], c.receiver == flow[2])
    return [
        WeekRow(
            **{name: getattr(row, name) for name in COUNTED},
            wait_median_days=None if row.wait_median_us is None else row.wait_median_us / DAY_US,
            wait_sum_days=float(row.wait_sum_us) / DAY_US,
        )
        for row in await connection.execute(asked)
    ]
