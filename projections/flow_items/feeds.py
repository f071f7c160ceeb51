"""What each agency published, and when, as arrays."""

from datetime import datetime
from typing import Any, Final

import asyncpg
import numpy as np
from numpy.typing import NDArray

from analysis.arrays import DAY_US, NEVER
from analysis.feeds import Feed
from analysis.local_time import LocalTime
from models.instants import to_us
from models.profile import Profile
from projections.flow_items.binary import Columns, columns
from projections.flow_items.calendars import is_laid_out, local_time
from projections.flow_items.hand_offs import EVER
from projections.flow_items.numbers import number_of

EPOCH_2000_US: Final = 946_684_800_000_000
"""The instant from which PostgreSQL counts the microseconds of a timestamp."""
FIELDS: Final = {"source": 8, "type": 8, "occurred": 8, "published": 8, "by_day": 2}
EVENTS: Final = """
SELECT hashtextextended(source, 0), hashtextextended(type, 0), occurred_at, published_at,
    (precision = 'day')::int::int2
FROM case_event WHERE published_at IS NOT NULL
"""
AT: Final = "timestamptz 'epoch' + ${}::bigint * interval '1 microsecond'"
UNTIL: Final = f" AND published_at <= {AT.format(1)}"
RECENT: Final = f" AND (published_at >= {AT.format(2)} OR published_at < {AT.format(3)})"
"""Two ranges, so that of the years between them nothing is read."""
BEFORE: Final = (
    f" AND published_at < {AT.format(2)} AND published_at >= {AT.format(3)} AND source = ANY($4::text[])"
)
LAST: Final = " AND published_at = $1 AND source = $2"
FIRST: Final = "SELECT (extract(epoch FROM min(published_at)) * 1000000)::bigint FROM case_event"
SPOKEN: Final = "SELECT source, last_published_at FROM feed WHERE last_published_at IS NOT NULL"
RESUMED: Final = f"""
SELECT source, max(published_at) FROM case_event
WHERE published_at < {AT.format(1)} AND source = ANY($2::text[]) GROUP BY source
"""  # noqa: S608 - constants of this file
EVER_AFTER_US: Final = 250_000_000_000_000_000
"""The year 9892: nothing is published later, and PostgreSQL can still tell it."""


async def feeds(
    connection: asyncpg.Connection,
    profile: Profile,
    since_us: int = EVER,
    whole: tuple[str, ...] = (),
    usual_until_us: int = EVER,
    until_us: int = NEVER,
) -> dict[str, Feed]:
    """Return the feed of every agency of the profile that published something, by its code.

    Events without a time of publication (history whose recorded time nobody told) are not in a feed, nor are the
    few dated, or said to be published, outside the years of the calendars.

    Args:
        connection: of the database; run inside a transaction that sees one instant.
        profile: the partnership.
        since_us: only what was published from this instant on (UTC microseconds), and the last word of an agency
            that has been silent since.
        whole: agencies whose feed is read from its beginning all the same.
        usual_until_us: also what was published before this instant; not after `since_us`.
        until_us: only what was published by this instant.
    """
    agencies, types = sorted(profile.agencies), tuple(sorted(profile.event_types))
    known = {"source": list(map(number_of, agencies)), "type": list(map(number_of, types))}
    until_us, before_us = min(until_us, EVER_AFTER_US), max(min(usual_until_us, since_us), 0)
    reads: list[tuple[str, tuple[object, ...]]] = [(UNTIL, (until_us,))]
    if since_us != EVER:
        reads = [(UNTIL + RECENT, (until_us, since_us, before_us))]
        reads += [(UNTIL + BEFORE, (until_us, since_us, before_us, whole))] if whole else []
    parts = [await columns(connection, EVENTS + where, FIELDS, *args, coded=known) for where, args in reads]
    if since_us != EVER:
        recent = parts[0]["published"] + EPOCH_2000_US >= since_us
        spoke = {agencies[code] for code in np.unique(parts[0]["source"][recent]) if code >= 0}
        for source, last in await _last_words(connection, since_us, set(agencies) - spoke - set(whole)):
            if to_us(last) >= before_us:
                parts.append(await columns(connection, EVENTS + LAST, FIELDS, last, source, coded=known))
    told = {name: np.concatenate([part[name] for part in parts]) for name in FIELDS}
    return by_agency(told, agencies, types, local_time(profile.tz))


async def _last_words(
    connection: asyncpg.Connection, before_us: int, silent: set[str]
) -> list[tuple[str, datetime]]:
    """Return who of these agencies spoke last before an instant, and when; of those who spoke later events tell."""
    newest = {source: at for source, at in await connection.fetch(SPOKEN) if source in silent}
    later = [source for source, at in newest.items() if to_us(at) >= before_us]
    resumed = await connection.fetch(RESUMED, before_us, later) if later else []
    return [(source, at) for source, at in newest.items() if source not in later] + [
        (source, at) for source, at in resumed
    ]


async def first_published_us(connection: asyncpg.Connection) -> int | None:
    """Return when the first event was published (UTC microseconds); None: none was. Reads every event."""
    found: int | None = await connection.fetchval(FIRST)
    return found


def by_agency(
    told: Columns, agencies: list[str], types: tuple[str, ...], local: LocalTime
) -> dict[str, Feed]:
    """Return the feeds of rows of FIELDS, in codes and microseconds since 2000; takes the columns apart."""
    for name in ("occurred", "published"):
        told[name] += EPOCH_2000_US
    inside = is_laid_out(local, told["occurred"]) & is_laid_out(local, told["published"])
    inside &= told["type"] >= 0
    by_source = np.argsort(told["source"], kind="stable")
    edges = np.searchsorted(told["source"][by_source], np.arange(len(agencies) + 1))
    found = {}
    for number, agency in enumerate(agencies):
        mine = by_source[edges[number] : edges[number + 1]]
        mine = mine[inside[mine]]
        if mine.size:
            found[agency] = _feed(agency, told, mine, types, local)
    return found


def _feed(
    agency: str, told: Columns, places: NDArray[np.intp], types: tuple[str, ...], local: LocalTime
) -> Feed:
    """Return one feed; what is known to the day only happened at its local midnight."""
    by_day: NDArray[Any] = told["by_day"][places].astype(np.bool_)
    occurred_utc, published = told["occurred"][places], told["published"][places]
    occurred = local.local(occurred_utc)
    return Feed.of(
        agency,
        np.where(by_day, occurred // DAY_US * DAY_US, occurred),
        published,
        published - occurred_utc,
        by_day,
        told["type"][places].astype(np.int64),
        types,
    )
