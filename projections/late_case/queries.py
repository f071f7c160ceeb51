"""Which case shows best what it means to be late?"""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.case_timeline.table import case_file
from projections.hand_offs.table import hand_off

READABLE_EVENTS = 20
LATE = ("overdue", "met_late", "missing")


async def late_case(connection: AsyncConnection) -> str | None:
    """Return the case with the most hand-offs that are late; None where nothing is.

    Cases that are short enough to be read go first; of equals the one that is late now, then the shorter one.
    """
    short = case_file.c.events <= READABLE_EVENTS
    overdue = func.count().filter(hand_off.c.state == "overdue")
    late = (
        select(hand_off.c.case_ref)
        .join(case_file, case_file.c.case_ref == hand_off.c.case_ref)
        .where(hand_off.c.state.in_(LATE))
        .group_by(hand_off.c.case_ref, case_file.c.events)
        .order_by(short.desc(), func.count().desc(), overdue.desc(), case_file.c.events, hand_off.c.case_ref)
        .limit(1)
    )
    return (await connection.execute(late)).scalar()


async def longest_waiting_case(connection: AsyncConnection) -> str | None:
    """Return the case that lay longest between organisations: what to show where no limits are known."""
    c = case_file.c
    longest = select(c.case_ref).where(c.between_us > 0).order_by(c.between_us.desc(), c.case_ref).limit(1)
    return (await connection.execute(longest)).scalar()


async def open_past_their_limit(connection: AsyncConnection, now_us: int) -> int:
    """Return how many hand-offs are open past limit and grace: a tick is still to judge them."""
    c = hand_off.c
    judged_late = select(func.count()).where(c.state == "open", c.overdue_us < now_us)
    return int((await connection.execute(judged_late)).scalar_one())
