"""How long did completed cases take, as official statistics count them?

The words of the shared vocabulary that this reads: `court.case-completed` with its four dates, and the court of the
last `court.hearing-listed` of whoever completed the case. A case is one defendant; of what it is charged with it
tells one offence.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.arrays import NEVER, Ints
from analysis.official.offences import Courts, Offences
from models.court_types import TYPES, court_types
from models.instants import from_us, number_of
from models.profile import Profile

UNTOLD_COURT: Final = "Court not told"
UNTOLD_AREA: Final = "Area not told"
CODE: Final = re.compile(r"([A-Z0-9]{5})(?:[A-Z0-9]{2})?")
"""How a court's code is spelt: the first five characters say the court house."""
# What stands of each completion and listing: its greatest amendment, else itself; none where it was withdrawn. Of
# several completions in a case the last one completed it. Nothing counts that was published after `known_at`.
COMPLETED: Final = text("""
WITH told AS (
    SELECT case_ref, source, type, coalesce(amends, event_id) AS root, event_id, amends, occurred_at, recorded_at,
        sequence, area, data
    FROM case_event
    WHERE type IN ('court.case-completed', 'court.hearing-listed') AND withdraws IS NULL
        AND (CAST(:known_at AS timestamptz) IS NULL OR coalesce(published_at, occurred_at) < :known_at)
), stands AS (
    SELECT DISTINCT ON (case_ref, source, root) * FROM told
    ORDER BY case_ref, source, root, amends IS NULL, coalesce(recorded_at, occurred_at) DESC, sequence DESC,
        event_id DESC
), kept AS (
    SELECT * FROM stands s WHERE NOT EXISTS (
        SELECT FROM case_event w WHERE w.case_ref = s.case_ref AND w.source = s.source AND w.withdraws = s.root
            AND (CAST(:known_at AS timestamptz) IS NULL OR coalesce(w.published_at, w.occurred_at) < :known_at)
    )
), completed AS (
    SELECT DISTINCT ON (case_ref) * FROM kept WHERE type = 'court.case-completed'
    ORDER BY case_ref, occurred_at DESC, root
)
SELECT DISTINCT ON (c.case_ref) c.case_ref, c.source, coalesce(c.area, (
        SELECT a.area FROM case_event a
        WHERE a.case_ref = c.case_ref AND a.area IS NOT NULL AND a.withdraws IS NULL
            AND (CAST(:known_at AS timestamptz) IS NULL OR coalesce(a.published_at, a.occurred_at) < :known_at)
        ORDER BY a.occurred_at DESC, a.sequence DESC, a.event_id DESC LIMIT 1
    )) AS area,
    c.data->>'offenceDate', c.data->>'chargeDate', c.data->>'firstListingDate', c.data->>'completionDate',
    l.data->>'courtCode' AS court
FROM completed c LEFT JOIN kept l ON l.case_ref = c.case_ref AND l.source = c.source
    AND l.type = 'court.hearing-listed' AND coalesce(l.data->>'courtCode', '') <> ''
    AND l.occurred_at <= c.occurred_at
ORDER BY c.case_ref, l.occurred_at DESC, l.sequence DESC, l.root
""")


class Completed(NamedTuple):
    """The offences of completed cases, and the courts that completed them."""

    offences: Offences
    courts: Courts


class _Place(NamedTuple):
    """Where a case was completed: what names the court (empty: not told), and its area (empty: not told)."""

    court: str
    area: str


async def completed(connection: AsyncConnection, profile: Profile, known_us: int | None = None) -> Completed:
    """Return the offences of completed cases, and the courts that completed them.

    Days as the completion tells them; one that is not told, or is no date, is NEVER, and the offence is then in no
    average. Breaches are not told apart. Courts have the names and areas of the profile; one that it does not name
    goes by its code, in the area that most of its cases have. What nobody told is named so. Reads every event of
    courts once: it is for reports.

    Args:
        connection: of the database.
        profile: the partnership, for its areas, its courts and the roles of its agencies.
        known_us: only what was published before this instant, UTC microseconds; None: everything.
    """
    known_at = None if known_us is None else from_us(known_us)
    found = await connection.execute(COMPLETED, {"known_at": known_at})
    kinds = court_types(profile)
    rows = [row for row in found if row.source in kinds]
    places = _places(rows, profile)
    courts = sorted(set(places), key=lambda place: (not place.court, place))
    number_of = {place: number for number, place in enumerate(courts)}
    days = np.array([[_day(value) for value in row[3:7]] for row in rows], dtype=np.int64).reshape(-1, 4)
    offence, charge, first_listing, completion = days.T
    nothing = np.zeros(len(rows), dtype=np.int64)
    return Completed(
        Offences(
            defendant=np.arange(len(rows)),
            sequence=nothing,
            seriousness=nothing,
            breach=nothing.astype(np.bool_),
            court_type=_numbers([kinds[row.source] for row in rows]),
            court=_numbers([number_of[place] for place in places]),
            offence=offence,
            charge=charge,
            first_listing=first_listing,
            completion=completion,
        ),
        _courts(courts, profile),
    )


def _places(rows: Sequence[Any], profile: Profile) -> list[_Place]:
    """Return the place of each case: of a court that the profile does not name, one area for all its cases."""
    known = {court.code: court.area for court in profile.head.courts}
    areas = {area.code for area in profile.areas}
    own = [row.area if row.area in areas else "" for row in rows]
    codes = [_code(row.court) for row in rows]
    said: dict[str, Counter[str]] = {}
    for (code, area), count in Counter(zip(codes, own, strict=True)).items():
        said.setdefault(code, Counter())[area] = count
    area_of = {code: known.get(code) or _most(votes) for code, votes in said.items() if code}
    return [_Place(code, area_of.get(code, area)) for code, area in zip(codes, own, strict=True)]


def _most(votes: Counter[str]) -> str:
    """Return the area that most cases of a court have; empty where none of them tells one, or two are even."""
    told = [(area, count) for area, count in votes.most_common() if area]
    return told[0][0] if told and (len(told) == 1 or told[0][1] > told[1][1]) else ""


def _courts(places: Sequence[_Place], profile: Profile) -> Courts:
    titles = {court.code: court.title for court in profile.head.courts}
    codes, regions = [*(area.code for area in profile.areas), ""], {area.region for area in profile.areas}
    return Courts(
        types=tuple(TYPES.values()),
        areas=(*(area.title for area in profile.areas), UNTOLD_AREA),
        regions=(*(area.region or "" for area in profile.areas), ""),
        names=tuple(titles.get(place.court, place.court) or UNTOLD_COURT for place in places),
        area_of=tuple(codes.index(place.area) for place in places),
        combined=profile.title,
        region=regions.pop() or "" if len(regions) == 1 else "",
    )


@lru_cache(1 << 12)
def _code(told: str | None) -> str:
    """Return the code of the court house; empty where none is told, or what is told is no code."""
    found = CODE.fullmatch((told or "").strip().upper())
    return "" if found is None else found[1]


@lru_cache(1 << 16)  # few days are told many times
def _day(told: str | None) -> int:
    try:
        return number_of(date.fromisoformat(told or ""))
    except ValueError:
        return NEVER


def _numbers(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
