"""How long do the steps between two organisations take?"""

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.mining.matrix import PairRow

# Percentiles interpolate linearly between the two nearest waits. Waits are whole microseconds: their sum is
# exact, and becomes seconds at the very end. Pairs without steps but with waiting cases come with count 0.
PAIRS = """
WITH tails AS (
    SELECT coalesce(tail_from, '') AS from_org, coalesce(tail_to, '') AS to_org, count(*) AS open
    FROM case_file WHERE (tail_from IS NOT NULL OR tail_to IS NOT NULL){of_case} GROUP BY 1, 2
), waits AS (
    SELECT coalesce(from_org, '') AS from_org, coalesce(to_org, '') AS to_org, count(*) AS count,
        (sum(wait_us) / count(*)::numeric / 1000000)::float8 AS mean,
        percentile_cont(ARRAY[0.5, 0.9, 0.95, 0.99]) WITHIN GROUP (ORDER BY wait_us / 1000000.0::float8) AS p,
        stddev_samp(wait_us / 1000000.0::float8) AS stdev,
        min(wait_us) / 1000000.0::float8 AS min,
        max(wait_us) / 1000000.0::float8 AS max,
        (sum(wait_us) / 1000000)::float8 AS sum
    FROM step{of_step} GROUP BY from_org, to_org
)
SELECT from_org, to_org, coalesce(count, 0), mean, p[1], p[2], p[3], p[4], stdev, min, max,
    coalesce(sum, 0.0), coalesce(open, 0)
FROM waits FULL JOIN tails USING (from_org, to_org) ORDER BY from_org, to_org
"""
OF_ALL: Final = text(PAIRS.format(of_case="", of_step=""))
OF_AREA: Final = text(
    PAIRS.format(
        of_case=" AND area = :area", of_step=" JOIN case_file USING (case_ref) WHERE case_file.area = :area"
    )
)


async def pairs(connection: AsyncConnection, area: str | None = None) -> list[PairRow]:
    """Return one row per pair of organisation codes, same and unknown ones included, sorted by codes.

    Only steps of the current timelines count, never standard hand-offs; a tail counts as `open` alone.
    Reads the whole table `step` once, from its index where that helps.

    Args:
        connection: of the database.
        area: only the cases of this area, by its code; None: all cases.
    """
    asked = OF_ALL if area is None else OF_AREA
    return [PairRow(*row) for row in await connection.execute(asked, {} if area is None else {"area": area})]
