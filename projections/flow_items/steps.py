"""The steps between the events of cases, open ones too, and how long cases last, as arrays."""

from typing import Final

import asyncpg
import numpy as np
from numpy.typing import NDArray

from analysis.arrays import NEVER
from analysis.spans import CaseSpans
from analysis.steps import Steps
from models.court_types import court_types
from models.profile import Profile
from projections.flow_items.binary import Columns, columns
from projections.flow_items.calendars import is_laid_out, local_time
from projections.flow_items.courts import courts_of, last_courts
from projections.flow_items.hand_offs import EVER
from projections.flow_items.numbers import number_of

CODES: Final = ("from_activity", "to_activity", "from_org", "to_org", "foreseen_activity", "foreseen_org")
STEP_FIELDS: Final = {
    "case": 8,
    **dict.fromkeys(CODES, 8),
    **dict.fromkeys(("started", "started_known", "ended", "ended_known"), 8),
    "cut": 2,
}
_STEPS_THAT: Final = """
SELECT hashtextextended(s.case_ref, 0), hashtextextended(from_type, 0), hashtextextended(to_type, 0),
    hashtextextended(coalesce(from_org, ''), 0), hashtextextended(coalesce(to_org, ''), 0),
    hashtextextended(coalesce(foreseen_type, ''), 0), hashtextextended(coalesce(foreseen_org, ''), 0),
    started_us, coalesce(started_known_us, started_us), ended_us, coalesce(ended_known_us, ended_us),
    (cut.case_ref IS NOT NULL)::int::int2
FROM step s LEFT JOIN (SELECT case_ref FROM case_file WHERE precision = 'day') AS cut USING (case_ref)
WHERE started_us <= $3 AND """
STEPS: Final = f"{_STEPS_THAT} (started_us >= $1 OR started_us < $2)"
EARLIER_COURTS: Final = f"""{_STEPS_THAT} started_us >= $2 AND started_us < $1 AND from_org = ANY($4)
    AND EXISTS (SELECT FROM case_file f WHERE f.case_ref = s.case_ref AND f.last_us >= $1)
"""
"""What courts said between both, of the cases that went on later: they say what a case was before by then."""
TAILS: Final = """
SELECT hashtextextended(case_ref, 0), hashtextextended(last_type, 0), hashtextextended('', 0),
    hashtextextended(coalesce(last_org, ''), 0), hashtextextended('', 0),
    hashtextextended(coalesce(foreseen_type, ''), 0), hashtextextended(coalesce(foreseen_org, ''), 0),
    last_us, coalesce(last_known_us, last_us), {never}::bigint, {never}::bigint, (precision = 'day')::int::int2
FROM case_file
WHERE num_nonnulls(tail_from, tail_to) > 0 AND (last_us >= $1 OR last_us < $2) AND last_us <= $3
"""
SPAN_FIELDS: Final = {"first": 8, "last": 8, "cut": 2, "over": 2}
SPANS: Final = """
SELECT first_us, last_us, (precision = 'day')::int::int2, (num_nonnulls(tail_from, tail_to) = 0)::int::int2
FROM case_file
WHERE num_nonnulls(first_us, last_us, precision) = 3
    AND (last_us >= $1 OR num_nonnulls(tail_from, tail_to) > 0)
"""


async def steps(
    connection: asyncpg.Connection,
    profile: Profile,
    since_us: int,
    usual_until_us: int = EVER,
    until_us: int = NEVER,
) -> Steps:
    """Return the steps that began at an instant (UTC microseconds) or later, cases together, open ones last.

    Those that began before `usual_until_us` come too, none that began after `until_us`. A case that goes on ends
    with an open step.

    Codes are positions in the profile's event types and agencies, sorted by name; UNKNOWN for others. What nobody
    knows the publication of counts as published when it happened. What is finer is the type of court that a case
    was last before, see `projections.flow_items.courts`; it does not depend on how far back is read.
    """
    types, orgs = sorted(profile.event_types), sorted(profile.agencies)
    known = {name: list(map(number_of, types if name.endswith("activity") else orgs)) for name in CODES}
    queries: list[tuple[str, tuple[object, ...]]] = [(STEPS, ()), (TAILS.format(never=NEVER), ())]
    if usual_until_us < since_us:
        queries.append((EARLIER_COURTS, (sorted(court_types(profile)),)))
    parts = [
        await columns(connection, query, STEP_FIELDS, since_us, usual_until_us, until_us, *more, coded=known)
        for query, more in queries
    ]
    told = {name: np.concatenate([part.pop(name) for part in parts]) for name in STEP_FIELDS}
    return _in_order(told, (told["started"] >= since_us) | (told["started"] < usual_until_us), profile)


def _in_order(told: Columns, asked: NDArray[np.bool_], profile: Profile) -> Steps:
    """Return the columns as steps, of rows those that were asked for; takes the columns apart to save memory.

    A step that began with what had ended its case is known with its end: until then nothing was awaited.
    """
    started, ended, inside = _local(told, profile, "started", "ended")
    court = courts_of(told["from_org"], profile)
    # By UTC: a local hour comes twice. What a court says comes last of what nobody can tell the order of.
    order = np.lexsort((court, told["ended"], told["started"], told["case"]))
    finer = last_courts(told["case"][order], court[order])
    kept = (inside & asked)[order]
    order, finer = order[kept], finer[kept]
    ending = np.array([profile.event_types[name].ends for name in sorted(profile.event_types)] + [False])
    reopened = ending[told["from_activity"]]
    np.maximum(told["started_known"], told["ended_known"], out=told["started_known"], where=reopened)
    code = {name: told.pop(name)[order] for name in CODES}
    return Steps(
        case=told.pop("case")[order],
        started=started[order],
        started_known=told.pop("started_known")[order],
        ended=ended[order],
        ended_known=told.pop("ended_known")[order],
        finer=finer,
        **code,
    )


async def spans(connection: asyncpg.Connection, profile: Profile, since_us: int) -> CaseSpans:
    """Return the spans of the cases that go on, or ended at an instant (UTC microseconds) or later."""
    told = await columns(connection, SPANS, SPAN_FIELDS, since_us)
    first, last, inside = _local(told, profile, "first", "last")
    over = told["over"].astype(np.bool_)
    return CaseSpans(first[inside], np.where(over, last, NEVER)[inside])


def _local(
    told: Columns, profile: Profile, *names: str
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return two columns in local time, and which rows lie in the known years; a cut case is local already.

    What ended within the hour that clocks show twice has not ended before it began. NEVER stays NEVER.
    """
    local = local_time(profile.tz)
    one, other = (told[name] for name in names)
    inside = is_laid_out(local, one) & (is_laid_out(local, other) | (other == NEVER))
    cut = told["cut"].astype(np.bool_)
    safe = int(local.starts[0])
    begun, over = (np.where(cut, at, local.local(np.where(inside, at, safe))) for at in (one, other))
    return begun, np.maximum(over, begun), inside
