"""What does each agency tell, and how soon?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.feeds.table import feed


@dataclass(frozen=True, slots=True)
class FeedRow:
    """What one agency has told. Lags are seconds from occurrence to publication, None where unknown.

    Lag is unknown for imported history without a recorded time. `late_events` came behind a later event of
    the same case.
    """

    source: str
    events: int
    late_events: int
    last_occurred_at: datetime
    last_published_at: datetime | None
    lag_last_s: float | None
    lag_mean_s: float | None
    lag_max_s: float | None


async def feeds(connection: AsyncConnection) -> list[FeedRow]:
    """Return every agency that has told anything, sorted by code."""
    rows = await connection.execute(select(feed).order_by(feed.c.source))
    return [
        FeedRow(
            source=row.source,
            events=row.events,
            late_events=row.late_events,
            last_occurred_at=row.last_occurred_at,
            last_published_at=row.last_published_at,
            lag_last_s=_seconds(row.lag_last_us),
            lag_mean_s=float(row.lag_sum_us) / row.lag_count / 1e6 if row.lag_count else None,
            lag_max_s=_seconds(row.lag_max_us),
        )
        for row in rows
    ]


def _seconds(us: int | None) -> float | None:
    return None if us is None else us / 1e6
