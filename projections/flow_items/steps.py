"""The steps between the events of cases, and how long cases last, as arrays."""

from typing import Any, Final

import asyncpg
import numpy as np
from numpy.typing import NDArray

from analysis.arrays import NEVER
from analysis.spans import CaseSpans
from analysis.steps import Steps
from models.profile import Profile
from projections.flow_items.binary import columns
from projections.flow_items.calendars import is_laid_out, local_time
from projections.flow_items.hand_offs import EVER
from projections.flow_items.numbers import number_of

STEP_FIELDS: Final = {
    "case": 8,
    "from_activity": 8,
    "to_activity": 8,
    "from_org": 8,
    "to_org": 8,
    "started": 8,
    "ended": 8,
    "cut": 2,
}
STEPS: Final = """
SELECT hashtextextended(s.case_ref, 0), hashtextextended(from_type, 0), hashtextextended(to_type, 0),
    hashtextextended(coalesce(from_org, ''), 0), hashtextextended(coalesce(to_org, ''), 0), started_us, ended_us,
    (cut.case_ref IS NOT NULL)::int::int2
FROM step s LEFT JOIN (SELECT case_ref FROM case_file WHERE precision = 'day') AS cut USING (case_ref)
WHERE started_us >= $1 OR started_us < $2
"""
SPAN_FIELDS: Final = {"first": 8, "last": 8, "cut": 2, "over": 2}
SPANS: Final = """
SELECT first_us, last_us, (precision = 'day')::int::int2, (num_nonnulls(tail_from, tail_to) = 0)::int::int2
FROM case_file
WHERE num_nonnulls(first_us, last_us, precision) = 3
    AND (last_us >= $1 OR num_nonnulls(tail_from, tail_to) > 0)
"""


async def steps(
    connection: asyncpg.Connection, profile: Profile, since_us: int, usual_until_us: int = EVER
) -> Steps:
    """Return the complete steps that began at an instant (UTC microseconds) or later, cases together.

    Those that began before `usual_until_us` come too.

    Codes are positions in the profile's event types and agencies, sorted by name; UNKNOWN for others. A step counts
    as known when it happened; tails have no step, since nobody can say what they await.
    """
    types, orgs = sorted(profile.event_types), sorted(profile.agencies)
    known = {
        name: list(map(number_of, types if name.endswith("activity") else orgs))
        for name in ("from_activity", "to_activity", "from_org", "to_org")
    }
    told = await columns(connection, STEPS, STEP_FIELDS, since_us, usual_until_us, coded=known)
    started, ended, inside = _local(told, profile, "started", "ended")
    order = np.lexsort((told["ended"], told["started"], told["case"]))
    order = order[inside[order]]
    code = {name: told[name][order].astype(np.int64) for name in known}
    return Steps(
        case=told["case"][order],
        started=started[order],
        started_known=told["started"][order],
        ended=ended[order],
        ended_known=told["ended"][order],
        foreseen=np.zeros(order.size, dtype=np.bool_),
        finer=np.zeros(order.size, dtype=np.int64),
        **code,
    )


async def spans(connection: asyncpg.Connection, profile: Profile, since_us: int) -> CaseSpans:
    """Return the spans of the cases that go on, or ended at an instant (UTC microseconds) or later."""
    told = await columns(connection, SPANS, SPAN_FIELDS, since_us)
    first, last, inside = _local(told, profile, "first", "last")
    over = told["over"].astype(np.bool_)
    return CaseSpans(first[inside], np.where(over, last, NEVER)[inside])


def _local(
    told: dict[str, NDArray[Any]], profile: Profile, *names: str
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return two columns in local time, and which rows lie in the known years; a cut case is local already.

    What ended within the hour that clocks show twice has not ended before it began.
    """
    local = local_time(profile.tz)
    one, other = (told[name] for name in names)
    inside = is_laid_out(local, one) & is_laid_out(local, other)
    cut = told["cut"].astype(np.bool_)
    safe = int(local.starts[0])
    begun, over = (np.where(cut, at, local.local(np.where(inside, at, safe))) for at in (one, other))
    return begun, np.maximum(over, begun), inside
