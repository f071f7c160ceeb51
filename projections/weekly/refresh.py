"""The weeks that changed, computed anew from the hand-offs: a late event changes the week in which it happened."""

from datetime import date
from typing import NamedTuple

import asyncpg

TAKE = """
WITH taken AS (DELETE FROM weekly_change RETURNING rule, sender, receiver, week)
SELECT DISTINCT rule, sender, receiver, week FROM taken ORDER BY 1, 2, 3, 4
"""
ASKED = """
unnest($1::text[], $2::text[], $3::text[], $4::date[]) WITH ORDINALITY
    AS asked (rule, sender, receiver, week, place)
"""
FORGET = f"""
DELETE FROM weekly USING {ASKED}
WHERE weekly.rule = asked.rule AND weekly.sender = asked.sender AND weekly.receiver = asked.receiver
    AND weekly.week = asked.week
"""  # noqa: S608 - constants of this file
# A week lasts from local midnight of its Monday to that of the next, however the clocks are changed meanwhile;
# waits are differences of local times too, as analysis.weekly has them. Rows are sorted by a number, not by names.
COMPUTE = f"""
WITH asked AS (SELECT * FROM {ASKED}
), weeks AS (
    SELECT week,
        (extract(epoch FROM week::timestamp AT TIME ZONE $5) * 1000000)::bigint AS from_us,
        (extract(epoch FROM (week + 7)::timestamp AT TIME ZONE $5) * 1000000)::bigint AS to_us
    FROM (SELECT DISTINCT week FROM asked) AS distinct_weeks
), happened AS (
    SELECT week, 'started' AS what, rule, sender, receiver, state, started_us, stopped_us, due_us
    FROM weeks JOIN hand_off h ON h.started_us >= from_us AND h.started_us < to_us
    UNION ALL
    SELECT week, 'stopped', rule, sender, receiver, state, started_us, stopped_us, due_us
    FROM weeks JOIN hand_off h ON h.stopped_us >= from_us AND h.stopped_us < to_us
    WHERE h.state IN ('met', 'met_late')
    UNION ALL
    SELECT week, 'ended', rule, sender, receiver, state, started_us, stopped_us, due_us
    FROM weeks JOIN hand_off h ON h.stopped_us IS NULL AND h.ended_us >= from_us AND h.ended_us < to_us
), counted AS (
    SELECT place,
        count(*) FILTER (WHERE what = 'started' AND state <> 'negative') AS started,
        count(*) FILTER (WHERE what = 'started' AND state = 'negative') AS negative,
        count(*) FILTER (WHERE what = 'stopped') AS stopped,
        count(due_us) FILTER (WHERE what = 'stopped') AS limited,
        count(*) FILTER (WHERE what = 'stopped' AND stopped_us > due_us) AS late,
        count(*) FILTER (WHERE what = 'stopped' AND began::date = closed::date) AS same_day,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed - began)::float8)
            FILTER (WHERE what = 'stopped') * 1000000 AS wait_median_us,
        coalesce(sum(extract(epoch FROM closed - began)) FILTER (WHERE what = 'stopped'), 0) * 1000000
            AS wait_sum_us,
        count(*) FILTER (WHERE what = 'ended' AND state = 'missing') AS missing,
        count(*) FILTER (WHERE what = 'ended' AND state = 'void') AS void
    FROM happened JOIN asked USING (rule, sender, receiver, week), LATERAL (SELECT
        (timestamptz 'epoch' + started_us * interval '1 microsecond') AT TIME ZONE $5 AS began,
        (timestamptz 'epoch' + stopped_us * interval '1 microsecond') AT TIME ZONE $5 AS closed
    ) AS local
    GROUP BY place
)
INSERT INTO weekly (rule, sender, receiver, week, started, negative, stopped, limited, late, same_day,
    wait_median_us, wait_sum_us, missing, void)
SELECT rule, sender, receiver, week, started, negative, stopped, limited, late, same_day, wait_median_us,
    wait_sum_us, missing, void
FROM counted JOIN asked USING (place)
"""  # noqa: S608 - constants of this file
AT_ONCE = 13
"""Weeks that are computed by one statement: it stays short, and its rows in memory."""


class Week(NamedTuple):
    """One week of one flow, by its Monday."""

    rule: str
    sender: str
    receiver: str
    week: date


async def refresh(connection: asyncpg.Connection, zone: str) -> list[Week]:
    """Compute every week anew that a change may have touched, and return these weeks.

    Runs inside the caller's transaction: what is computed is committed with the end of its being asked for. May be
    repeated; a change that is stored meanwhile asks again. Blocks no writer of hand-offs.

    Args:
        connection: of the database.
        zone: IANA name of the time zone in which weeks are counted.
    """
    changed = [Week(*row) for row in await connection.fetch(TAKE)]
    mondays = sorted({one.week for one in changed})
    for first in range(0, len(mondays), AT_ONCE):
        some = set(mondays[first : first + AT_ONCE])
        columns = list(zip(*(one for one in changed if one.week in some), strict=True))
        await connection.execute(FORGET, *columns)
        await connection.execute(COMPUTE, *columns, zone)
    return changed
