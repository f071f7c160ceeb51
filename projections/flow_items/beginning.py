"""On which local day did the partnership's cases begin? A case dated years early does not begin them."""

from typing import Final

import asyncpg
import numpy as np

from analysis.arrays import DAY_US
from analysis.judging.windows import first_day
from models.profile import Profile
from projections.flow_items.calendars import local_time

ENOUGH: Final = 100
"""Cases in as many weeks as a baseline takes: strays are fewer."""
BY_DAY: Final = """
SELECT timezone($1, to_timestamp(first_us / 1000000))::date - date '1970-01-01', count(*)
FROM case_file WHERE first_us BETWEEN $2 AND $3 GROUP BY 1
"""


async def first_case_day(connection: asyncpg.Connection, profile: Profile) -> int | None:
    """Return the local day on which the first case began; None: none did. Reads every case.

    Cases before the first weeks in which a hundred began are strays, and those dated outside the years of the
    calendars no cases at all.

    Args:
        connection: of the database.
        profile: that it was filled with.
    """
    local = local_time(profile.tz)
    known = int(local.starts[0]) + DAY_US, local.last_us - DAY_US
    rows = await connection.fetch(BY_DAY, profile.tz.key, *known)
    day, count = np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 2).T
    return first_day(np.repeat(day, count), profile.head.signals.baseline_weeks, ENOUGH)
