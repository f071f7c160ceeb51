"""Up to when a partnership is known: now, or where it is history, the end of what was imported."""

from sqlalchemy.ext.asyncio import AsyncConnection

from infra.clock import now
from models.instants import DAY_US, to_us
from models.profile import Profile
from projections.case_timeline.span import span_us


async def known_until_us(connection: AsyncConnection, profile: Profile) -> int:
    """Return the instant up to which figures may count, UTC microseconds.

    Of a partnership whose clock is history, that is a day after its newest event: nothing waits since then, it is
    only not imported.
    """
    instant = to_us(now())
    if profile.clock_mode == "live":
        return instant
    span = await span_us(connection)
    return instant if span is None else min(instant, span[1] + DAY_US)
