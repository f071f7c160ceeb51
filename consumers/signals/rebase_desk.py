"""People decide that from a day on something else is usual: recorded once, for days that are not judged yet."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import asyncpg

from analysis.arrays import WEEK
from analysis.engine.locking import FEWEST_DAYS
from analysis.findings import About
from analysis.judging.rebasing import Decision
from analysis.series.weekly import monday_of
from consumers.signals.judging import AS_OF, LAST_JUDGED
from infra import clock
from models.instants import date_of, local_day
from models.profile import Profile
from projections.silo_signals.baselines import CASEFLOW
from projections.silo_signals.rebases import decisions, hold, record

LONGEST_DAYS: Final = 104 * WEEK
"""Of the window of a baseline; as a profile has it."""
AHEAD_DAYS: Final = 53 * WEEK
"""A decision that begins later than in a year has a slip in its year."""


class RebaseError(Exception):
    """A rebase cannot be decided in this way; nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to decide: about what, since which Monday, from which window, who and why."""

    about: About
    since: int
    window: tuple[int, int]
    by: str
    why: str

    def is_already(self, one: Decision) -> bool:
        """Return whether a decision says the same."""
        return self == Wanted(one.about, one.since, one.window, one.by, one.why)


class Recorded(NamedTuple):
    """A decision as it stands; `anew`: it was recorded now, and not there before."""

    decision: Decision
    anew: bool


def check(wanted: Wanted, today: int) -> None:
    """Refuse what cannot be decided, with what to do instead.

    Raises:
        RebaseError: who or why is missing, or a day or the window does not fit.
    """
    if not wanted.by or wanted.by == CASEFLOW:
        raise RebaseError("a rebase is a person's decision: --by NAME names a person")
    if not wanted.why:
        raise RebaseError("say what explains the change: --why TEXT")
    if wanted.since > today + AHEAD_DAYS:
        raise RebaseError(f"{date_of(wanted.since)} is more than a year away: see whether the year is right")
    monday = monday_of(wanted.since)
    if monday != wanted.since:
        raise RebaseError(
            f"{date_of(wanted.since)} is no Monday: charts count weeks, so say --since {date_of(monday)} or "
            f"--since {date_of(monday + WEEK)}"
        )
    first, last = wanted.window
    days = last + 1 - first
    if monday_of(first) != first or days % WEEK or not FEWEST_DAYS <= days <= LONGEST_DAYS:
        raise RebaseError(
            f"{date_of(first)} to {date_of(last)} is no window for a baseline: it takes 26 to 104 whole weeks, "
            "from a Monday to a Sunday"
        )


async def planned(connection: asyncpg.Connection, profile: Profile, wanted: Wanted) -> Recorded:
    """Return the decision as it would be recorded now, or the same one as it is.

    It counts from the first local day that nobody can have judged, so that days judged anew are as they were: from
    today, in a profile of history from the day up to which was imported, and after the last one judged.
    """
    for one in reversed(await decisions(connection)):
        if one.about == wanted.about:
            if wanted.is_already(one):
                return Recorded(one, anew=False)
            break
    today = local_day(clock.now_us(), profile.tz)
    counts_from = max([wanted.since, *await _not_judged_yet(connection, profile, today)])
    told = (wanted.since, today, counts_from, wanted.window, wanted.by, wanted.why)
    return Recorded(Decision(wanted.about, *told), anew=True)


async def recorded(
    connection: asyncpg.Connection, profile: Profile, wanted: Wanted, *, shift_seen: bool | None
) -> Recorded:
    """Record a decision, and return it; the last one about the same is not recorded twice.

    One transaction, which waits for the day that is being stored.

    Args:
        connection: of the database, in no transaction.
        profile: that the database was filled with.
        wanted: checked.
        shift_seen: see `projections.silo_signals.rebases.record`.
    """
    async with connection.transaction():
        await hold(connection)
        found = await planned(connection, profile, wanted)
        if found.anew:
            await record(connection, found.decision, clock.now(), shift_seen=shift_seen)
    return found


async def _not_judged_yet(connection: asyncpg.Connection, profile: Profile, today: int) -> list[int]:
    judged = await connection.fetchval(LAST_JUDGED)
    after = [] if judged is None else [judged + 1]
    if profile.head.clock.mode == "live":
        return [today, *after]
    as_of_us = await connection.fetchval(AS_OF)
    return after if as_of_us is None else [local_day(as_of_us, profile.tz), *after]
