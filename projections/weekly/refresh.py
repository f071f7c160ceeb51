"""The weeks that changed, computed anew from the hand-offs: a late event changes the week in which it happened."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import NamedTuple

import asyncpg

from models.profile import Profile
from projections.flow_items.flow_names import FlowNames

TAKE = """
WITH taken AS (DELETE FROM weekly_change RETURNING rule, sender, week)
SELECT DISTINCT rule, sender, week FROM taken ORDER BY week, rule, sender
"""
FORGET = """
DELETE FROM weekly USING unnest($1::text[], $2::text[]) AS asked (rule, sender)
WHERE weekly.rule = asked.rule AND weekly.sender = asked.sender AND weekly.week = $3
"""
# One week at a time, so that its rows are found by index. It lasts from local midnight of its Monday to that of the
# next, however the clocks are changed meanwhile; waits are differences of local times too, as in
# analysis.series.weekly. Between whom a flow is, only the profile can say: ends and areas come apart, and are put
# together here.
COUNT = """
WITH edges AS (
    SELECT (extract(epoch FROM $1::date::timestamp AT TIME ZONE $2) * 1000000)::bigint AS from_us,
        (extract(epoch FROM ($1::date + 7)::timestamp AT TIME ZONE $2) * 1000000)::bigint AS to_us
), happened AS (
    SELECT 'started' AS what, rule, sender, receiver, coalesce(area, '') AS area, state, started_us, stopped_us,
        due_us
    FROM hand_off WHERE started_us >= (SELECT from_us FROM edges) AND started_us < (SELECT to_us FROM edges)
    UNION ALL
    SELECT 'stopped', rule, sender, receiver, coalesce(area, ''), state, started_us, stopped_us, due_us
    FROM hand_off WHERE stopped_us >= (SELECT from_us FROM edges) AND stopped_us < (SELECT to_us FROM edges)
        AND state IN ('met', 'met_late')
    UNION ALL
    SELECT 'ended', rule, sender, receiver, coalesce(area, ''), state, started_us, stopped_us, due_us
    FROM hand_off WHERE stopped_us IS NULL AND ended_us >= (SELECT from_us FROM edges)
        AND ended_us < (SELECT to_us FROM edges)
)
SELECT rule, sender, receiver, area,
    count(*) FILTER (WHERE what = 'started' AND state <> 'negative') AS started,
    count(*) FILTER (WHERE what = 'started' AND state = 'negative') AS negative,
    count(due_us) FILTER (WHERE what = 'stopped') AS limited,
    count(*) FILTER (WHERE what = 'stopped' AND stopped_us > due_us) AS late,
    count(*) FILTER (WHERE what = 'stopped' AND began::date = closed::date) AS same_day,
    count(*) FILTER (WHERE what = 'ended' AND state = 'missing') AS missing,
    count(*) FILTER (WHERE what = 'ended' AND state = 'void') AS void,
    coalesce(
        array_agg((extract(epoch FROM closed - began) * 1000000)::bigint) FILTER (WHERE what = 'stopped'), '{}'
    ) AS waits
FROM happened JOIN unnest($3::text[], $4::text[]) AS asked (rule, sender) USING (rule, sender), LATERAL (SELECT
    (timestamptz 'epoch' + started_us * interval '1 microsecond') AT TIME ZONE $2 AS began,
    (timestamptz 'epoch' + stopped_us * interval '1 microsecond') AT TIME ZONE $2 AS closed
) AS local
GROUP BY rule, sender, receiver, area
"""
# No local time is further than 14 h from UTC; weeks are numbered from the Monday in whose week 1970 began.
ASK_ALL = """
INSERT INTO weekly_change (rule, sender, receiver, week)
SELECT DISTINCT rule, sender, receiver, date '1969-12-29' + 7 * div(div(at_us + shift, 86400000000) + 3, 7)::int
FROM hand_off, unnest(ARRAY[started_us, stopped_us, ended_us]) AS at_us,
    unnest(ARRAY[-50400000000, 50400000000]) AS shift
WHERE at_us IS NOT NULL
"""
COUNTED = ("started", "negative", "limited", "late", "same_day", "missing", "void")
COLUMNS = ("rule", "sender", "receiver", "week", *COUNTED, "stopped", "wait_median_us", "wait_sum_us")


class Week(NamedTuple):
    """One week of what a sender hands over by one row of the register, by its Monday."""

    rule: str
    sender: str
    week: date


async def refresh(connection: asyncpg.Connection, profile: Profile) -> list[Week]:
    """Compute every week anew that a change may have touched, and return these weeks.

    Flows are named as signals name them. Runs inside the caller's transaction: what is computed is committed with
    the end of its being asked for. May be repeated; a change that is stored meanwhile asks again. Blocks no writer
    of hand-offs.

    Args:
        connection: of the database.
        profile: the partnership, for its time zone and who has which role.
    """
    changed = [Week(*row) for row in await connection.fetch(TAKE)]
    names = FlowNames(profile)
    for monday, some in groupby(changed, attrgetter("week")):
        await _compute(connection, monday, profile.head.time_zone, list(some), names)
    return changed


async def ask_all(connection: asyncpg.Connection) -> None:
    """Forget every week, and ask for all of them to be computed anew, inside the caller's transaction."""
    await connection.execute("DELETE FROM weekly")
    await connection.execute(ASK_ALL)


async def _compute(
    connection: asyncpg.Connection, monday: date, zone: str, asked: Sequence[Week], names: FlowNames
) -> None:
    pairs = [one.rule for one in asked], [one.sender for one in asked]
    await connection.execute(FORGET, *pairs, monday)
    counts: dict[tuple[str, str, str], list[int]] = {}
    waits: dict[tuple[str, str, str], list[int]] = {}
    for rule, sender, receiver, area, *counted, waited in await connection.fetch(COUNT, monday, zone, *pairs):
        key = names.key(rule, sender, receiver, area or None)
        sums = counts.setdefault(key, [0] * len(COUNTED))
        counts[key] = [a + b for a, b in zip(sums, counted, strict=True)]
        waits.setdefault(key, []).extend(waited)
    rows = [
        (*key, monday, *sums, len(waits[key]), median(waits[key]) if waits[key] else None, sum(waits[key]))
        for key, sums in counts.items()
    ]
    await connection.copy_records_to_table("weekly", records=rows, columns=COLUMNS)
