"""How long did completed cases take, as official statistics count them?

The words of the shared vocabulary that this reads: `court.case-completed` with its four dates, and the court of the
last `court.hearing-listed`. A case is one defendant; of what it is charged with it tells one offence.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.arrays import NEVER, Ints
from analysis.offences import Courts, Offences
from models.profile import Profile

UNTOLD: Final = "court not told"
TYPES: Final = {"mags": "Magistrates", "crown": "Crown"}
"""Names of the types of court, by the role of who says that the case is completed."""
DATES: Final = ("offenceDate", "chargeDate", "firstListingDate", "completionDate")
EPOCH: Final = date(1970, 1, 1)
# What stands of each completion: its greatest amendment, else itself; none where it was withdrawn. Of several
# in a case the last one completed it.
COMPLETED: Final = text("""
WITH stands AS (
    SELECT DISTINCT ON (case_ref, source, coalesce(amends, event_id))
        case_ref, source, coalesce(amends, event_id) AS root, occurred_at, area, data
    FROM case_event WHERE type = 'court.case-completed' AND withdraws IS NULL
    ORDER BY case_ref, source, coalesce(amends, event_id), amends IS NULL,
        coalesce(recorded_at, occurred_at) DESC, sequence DESC, event_id DESC
)
SELECT DISTINCT ON (case_ref) case_ref, source, coalesce(s.area, f.area) AS area, data->>'offenceDate',
    data->>'chargeDate', data->>'firstListingDate', data->>'completionDate', (
        SELECT h.data->>'courtCode' FROM case_event h
        WHERE h.case_ref = s.case_ref AND h.type = 'court.hearing-listed' AND h.withdraws IS NULL
            AND coalesce(h.data->>'courtCode', '') <> ''
        ORDER BY h.occurred_at DESC, h.sequence DESC, h.event_id DESC LIMIT 1
    ) AS court
FROM stands s JOIN case_file f USING (case_ref)
WHERE NOT EXISTS (
    SELECT FROM case_event w WHERE w.case_ref = s.case_ref AND w.source = s.source AND w.withdraws = s.root
)
ORDER BY case_ref, occurred_at DESC, root
""")


async def offences(connection: AsyncConnection, profile: Profile) -> tuple[Offences, Courts]:
    """Return the offences of completed cases, and the courts that completed them.

    Days as the completion tells them; one that is not told, or is no date, is NEVER, and the offence is then in no
    average. Breaches are not told apart. Courts are named by their codes, and belong to the area of the cases that
    most of their completions say. Reads every event once: it is for reports.

    Args:
        connection: of the database.
        profile: the partnership, for its areas and the roles of its courts.
    """
    rows = [row for row in await connection.execute(COMPLETED) if _type(profile, row.source) is not None]
    courts = _courts(rows, profile)
    types, names = list(TYPES.values()), {name: number for number, name in enumerate(courts.names)}
    days = np.array([[_day(value) for value in row[3:7]] for row in rows], dtype=np.int64).reshape(-1, 4)
    offence, charge, first_listing, completion = days.T
    nothing = np.zeros(len(rows), dtype=np.int64)
    return Offences(
        defendant=np.arange(len(rows)),
        sequence=nothing,
        seriousness=nothing,
        breach=nothing.astype(np.bool_),
        court_type=_numbers([types.index(_type(profile, row.source) or "") for row in rows]),
        court=_numbers([names[_court(row)] for row in rows]),
        offence=offence,
        charge=charge,
        first_listing=first_listing,
        completion=completion,
    ), courts


def _courts(rows: Sequence[Any], profile: Profile) -> Courts:
    codes = [area.code for area in profile.areas]
    counted: dict[str, list[int]] = {}
    for row in rows:
        votes = counted.setdefault(_court(row), [0] * len(codes))
        if row.area in codes:
            votes[codes.index(row.area)] += 1
    names = tuple(sorted(counted))
    return Courts(
        types=tuple(TYPES.values()),
        areas=tuple(area.title for area in profile.areas),
        names=names,
        area_of=tuple(counted[name].index(max(counted[name])) for name in names),
        combined=profile.title,
    )


def _court(row: Any) -> str:  # noqa: ANN401 - a row of COMPLETED
    """Return the code of a court, two extra characters of a longer spelling left off; without one, its area's."""
    return str(row.court)[:5] if row.court else f"{UNTOLD} ({row.area})" if row.area else UNTOLD


def _type(profile: Profile, source: str) -> str | None:
    agency = profile.agencies.get(source)
    roles = frozenset[str]() if agency is None else agency.roles
    return next((name for role, name in TYPES.items() if role in roles), None)


def _day(told: str | None) -> int:
    try:
        return (date.fromisoformat(told or "") - EPOCH).days
    except ValueError:
        return NEVER


def _numbers(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
