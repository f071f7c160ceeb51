"""The standard hand-offs of the database as flows."""

from typing import Final, NamedTuple

import asyncpg

from analysis.arrays import DAY_US, NEVER
from analysis.items import Flow, FlowKey
from models.profile import Profile
from projections.flow_items.assembling import FIELDS, NEGATIVE, LeftOut, assembled
from projections.flow_items.binary import columns
from projections.flow_items.calendars import FIRST, calendars_between, local_time
from projections.flow_items.flow_names import FlowNames
from projections.flow_items.numbers import number_of

SEPARATOR: Final = "\x1f"
EVER: Final = -NEVER
"""Before everything: the look-back of whoever reads all."""
BEFORE_ALL_US: Final = (FIRST + 2) * DAY_US
# What was open or left, or started, since an instant, and what is dated before all years: it is counted by when it
# was told. Served by the indexes on what left and on what started.
SINCE: Final = f"""
(stopped_us IS NULL AND ended_us IS NULL OR stopped_us >= $1 OR stopped_us IS NULL AND ended_us >= $1
    OR started_us >= $1 OR started_us < {BEFORE_ALL_US})
"""
FLOWS: Final = """
SELECT rule, sender, receiver, coalesce(area, '') AS area FROM hand_off{where}
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
# Rows of before the columns that say when a missing or void one ended count as ended at once.
ITEMS: Final = """
SELECT hashtextextended(concat_ws('{separator}', rule, sender, receiver, coalesce(area, '')), 0),
    hashtextextended(case_ref, 0), started_us, coalesce(started_known_us, started_us),
    coalesce(stopped_us, ended_us, CASE WHEN state IN ('missing', 'void') THEN started_us ELSE {never} END),
    coalesce(stopped_known_us, ended_known_us, stopped_us, ended_us,
        CASE WHEN state IN ('missing', 'void') THEN started_us ELSE {never} END),
    (CASE state WHEN 'met' THEN 1 WHEN 'met_late' THEN 1 WHEN 'missing' THEN 2 WHEN 'void' THEN 3
        WHEN 'negative' THEN {negative} ELSE 0 END)::int2,
    coalesce(due_us, {never}), coalesce(returned_us, {never}), coalesce(returned_known_us, returned_us, {never})
FROM hand_off{where}
"""


class Only(NamedTuple):
    """Which hand-offs are read: of one row of the register, of one area (empty: not told); None: of all."""

    rule: str | None = None
    area: str | None = None


ALL: Final = Only()


async def flows(
    connection: asyncpg.Connection, profile: Profile, since_us: int = EVER, only: Only = ALL
) -> tuple[dict[FlowKey, Flow], LeftOut]:
    """Return every flow, and what was left out of them; internal steps are flows from an agency to itself.

    Where nobody knows when something was published, it counts as known when it happened.

    Args:
        connection: of the database; run inside a transaction that sees one instant.
        profile: the partnership, for its calendars and time zone.
        since_us: only items that were open at this instant (UTC microseconds) or started later.
        only: of which row and which area.
    """
    where, args = _where(since_us, only)
    found = await connection.fetch(FLOWS.format(where=where), *args)
    names = FlowNames(profile)
    keys = [names.key(rule, sender, receiver, area or None) for rule, sender, receiver, area in found]
    numbers = [number_of(SEPARATOR.join(row)) for row in found]
    query = ITEMS.format(separator=SEPARATOR, never=NEVER, negative=NEGATIVE, where=where)
    items = await columns(connection, query, FIELDS, *args, coded={"flow": numbers})
    return assembled(items, keys, local_time(profile.tz), calendars_between(profile, keys))


def _where(since_us: int, only: Only) -> tuple[str, tuple[object, ...]]:
    """Return a condition, and its arguments from $1 on; nothing where all is wanted."""
    asked: list[tuple[str, object]] = [] if since_us == EVER else [(SINCE, since_us)]
    wanted = ((name, value) for name, value in only._asdict().items() if value is not None)
    asked += [(f"coalesce({name}, '') = ${{}}", value) for name, value in wanted]
    parts = [text.format(number) for number, (text, _) in enumerate(asked, start=1)]
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), tuple(value for _, value in asked)
