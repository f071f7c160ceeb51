"""Whose was the time of a period: which organisation's, or on the way between which two?"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time with its end left out: as instants, and as local dates x 86,400 s for cases cut to days.

    Nothing after `until_us` (or the date `until_day_us`) counts: it is not known yet.
    """

    first_us: int
    last_us: int
    first_day_us: int
    last_day_us: int
    until_us: int
    until_day_us: int


@dataclass(frozen=True, slots=True)
class Share:
    """The time of one pair in a period, in seconds; organisations are empty where unknown.

    `time_s` is the part of all steps and tails that lies in the period, `open_s` that of tails alone. `steps`,
    `wait_s` and `median_s` are of the steps that ended in it, with their whole length (None: there was none).
    """

    from_org: str
    to_org: str
    time_s: float
    open_s: float
    steps: int
    wait_s: float
    median_s: float | None

    @property
    def between(self) -> bool:
        """Whether this is time between two different, known organisations."""
        return "" not in (self.from_org, self.to_org) and self.from_org != self.to_org

    @property
    def inside(self) -> bool:
        """Whether this is time inside one organisation."""
        return self.from_org == self.to_org != ""


SHARES: Final = text("""
WITH edge (cut, first_at, last_at, until_at) AS (
    VALUES (false, CAST(:first_us AS bigint), CAST(:last_us AS bigint), CAST(:until_us AS bigint)),
        (true, CAST(:first_day_us AS bigint), CAST(:last_day_us AS bigint), CAST(:until_day_us AS bigint))
), span AS (
    SELECT from_org, to_org, started_us, ended_us, wait_us, false AS open, first_at, last_at, until_at
    FROM step JOIN case_file USING (case_ref) JOIN edge ON cut = coalesce(precision = 'day', false)
    UNION ALL
    SELECT tail_from, tail_to, last_us, until_at, NULL, true, first_at, last_at, until_at
    FROM case_file JOIN edge ON cut = coalesce(precision = 'day', false)
    WHERE tail_from IS NOT NULL OR tail_to IS NOT NULL
), clipped AS (
    SELECT coalesce(from_org, '') AS from_org, coalesce(to_org, '') AS to_org, open, wait_us,
        greatest(started_us, first_at) AS a, least(ended_us, last_at, until_at) AS b,
        NOT open AND ended_us >= first_at AND ended_us < last_at AS ended
    FROM span
)
SELECT from_org, to_org,
    (sum(greatest(b - a, 0)) / 1000000.0)::float8,
    (coalesce(sum(greatest(b - a, 0)) FILTER (WHERE open), 0) / 1000000.0)::float8,
    count(*) FILTER (WHERE ended),
    (coalesce(sum(wait_us) FILTER (WHERE ended), 0) / 1000000.0)::float8,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_us / 1000000.0::float8) FILTER (WHERE ended)
FROM clipped WHERE ended OR b > a
GROUP BY from_org, to_org ORDER BY from_org, to_org
""")


async def shares(connection: AsyncConnection, period: Period) -> list[Share]:
    """Return the time of every pair in a period, sorted by codes; every second of every case is in exactly one.

    The periods of a calendar add up to the whole: each part is cut at their edges.
    """
    asked = {name: getattr(period, name) for name in Period.__slots__}
    return [Share(*row) for row in await connection.execute(SHARES, asked)]
