"""The standard hand-offs of the database as flows."""

from typing import Final

import asyncpg

from analysis.arrays import NEVER
from analysis.items import Flow, FlowKey
from models.profile import Profile
from projections.flow_items.assembling import FIELDS, LeftOut, assembled
from projections.flow_items.binary import columns
from projections.flow_items.calendars import calendars_between, local_time
from projections.flow_items.flow_names import FlowNames
from projections.flow_items.numbers import number_of

SEPARATOR: Final = "\x1f"
EVER: Final = -NEVER
"""Before everything: the look-back of whoever reads all."""
# What was open or left, or started, since an instant. Served by the indexes on what left and on what started.
SINCE: Final = """
(stopped_us IS NULL AND ended_us IS NULL OR stopped_us >= $1 OR stopped_us IS NULL AND ended_us >= $1
    OR started_us >= $1)
"""
FLOWS: Final = """
SELECT rule, sender, receiver, coalesce(area, '') AS area, count(*) FILTER (WHERE state = 'negative') AS negative
FROM hand_off{where} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
# Rows of before the columns that say when a missing or void one ended count as ended at once.
ITEMS: Final = """
SELECT hashtextextended(concat_ws('{separator}', rule, sender, receiver, coalesce(area, '')), 0),
    hashtextextended(case_ref, 0), started_us, coalesce(started_known_us, started_us),
    coalesce(stopped_us, ended_us, CASE WHEN state IN ('missing', 'void') THEN started_us ELSE {never} END),
    coalesce(stopped_known_us, ended_known_us, stopped_us, ended_us,
        CASE WHEN state IN ('missing', 'void') THEN started_us ELSE {never} END),
    (CASE state WHEN 'met' THEN 1 WHEN 'met_late' THEN 1 WHEN 'missing' THEN 2 WHEN 'void' THEN 3 ELSE 0 END)::int2,
    coalesce(due_us, {never}), coalesce(returned_us, {never}), coalesce(returned_known_us, returned_us, {never})
FROM hand_off WHERE state <> 'negative'{where}
"""


async def flows(
    connection: asyncpg.Connection, profile: Profile, since_us: int = EVER
) -> tuple[dict[FlowKey, Flow], LeftOut]:
    """Return every flow, and what was left out of them; internal steps are flows from an agency to itself.

    Where nobody knows when something was published, it counts as known when it happened.

    Args:
        connection: of the database; run inside a transaction that sees one instant.
        profile: the partnership, for its calendars and time zone.
        since_us: only items that were open at this instant (UTC microseconds) or started later.
    """
    everything = since_us == EVER
    args = () if everything else (since_us,)
    found = await connection.fetch(FLOWS.format(where="" if everything else f" WHERE {SINCE}"), *args)
    names = FlowNames(profile)
    keys = [names.key(rule, sender, receiver, area or None) for rule, sender, receiver, area, _ in found]
    left_out = LeftOut()
    for key, row in zip(keys, found, strict=True):
        left_out.add_negative(key, row[4])
    numbers = [number_of(SEPARATOR.join(row[:4])) for row in found]
    where = "" if everything else f" AND {SINCE}"
    query = ITEMS.format(separator=SEPARATOR, never=NEVER, where=where)
    items = await columns(connection, query, FIELDS, *args, coded={"flow": numbers})
    return assembled(
        items, keys, local_time(profile.tz), calendars_between(profile, keys), left_out
    ), left_out
