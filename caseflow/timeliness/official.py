"""The official table of a partnership, with what a reader has to know beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.arrays import NEVER
from analysis.official.quarters import Quarter
from analysis.official.timeliness import Row, Timeliness, timeliness
from models.profile import Profile
from projections.timeliness.queries import completed


class Known(NamedTuple):
    """As of when: a local day; and the instant before which it was published, UTC microseconds, or None: now."""

    on: date
    before_us: int | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """The table, as known on a day.

    Attributes:
        table: of quarters that are over.
        known_on: the local day as of which it is known.
        undated: completed cases that do not tell when: in no quarter.
        told_until: the local day before which the courts' picture is complete; None: all that is known counts.
    """

    table: Timeliness
    known_on: date
    undated: int
    told_until: int | None

    def is_provisional(self, quarter: Quarter) -> bool:
        """Whether completions of a quarter may still be told."""
        return self.told_until is not None and quarter.after_day > self.told_until

    def of(self, quarter: Quarter) -> Sequence[Row]:
        """Return the rows of one quarter."""
        return [row for row in self.table.rows if row.quarter == quarter]


async def official(
    connection: AsyncConnection, profile: Profile, until: int, known: Known, told_until: int | None
) -> Official:
    """Return the official table.

    Args:
        connection: of the database.
        profile: the partnership.
        until: the local day up to which quarters count: the first that is not over.
        known: as of when.
        told_until: the local day before which the courts' picture is complete; None: nobody says.
    """
    offences, courts = await completed(connection, profile, known.before_us)
    undated = int(np.count_nonzero(offences.completion == NEVER))
    return Official(timeliness(offences, courts, until), known.on, undated, told_until)


def long_date(day: date) -> str:
    """Return a day as people write it: `30 June 2026`."""
    return f"{day.day} {day:%B %Y}"
