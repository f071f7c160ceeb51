"""Judging days: read what a quarter of them needs, evaluate day by day, keep each day in one transaction."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any, Final

import asyncpg

from analysis.judging.evaluation import Evaluated, evaluate
from analysis.judging.rebasing import Decision
from analysis.judging.signals import State
from consumers.signals.alerts import follow
from consumers.signals.days import days_to_judge, end_us, newest_due, readings
from infra import clock, faults, metrics
from models.instants import date_of, from_us, local_day
from models.profile import Profile
from projections.flow_items.assembling import LeftOut
from projections.flow_items.beginning import first_case_day
from projections.flow_items.queries import load
from projections.flow_items.reach import reach_over
from projections.silo_signals.naming import names_of
from projections.silo_signals.rebases import decisions, hold
from projections.silo_signals.remembered import memory
from projections.silo_signals.store import Stamp, keep_day
from projections.weekly.refresh import refresh

LAST_JUDGED: Final = "SELECT max(day) - date '1970-01-01' FROM silo_memory"
AS_OF: Final = "SELECT max(watermark_us) FROM consumer_offset"
IN_FLIGHT_US: Final = 60_000_000
"""What is on its way for no longer is on its way at all times."""
OPEN: Final = "SELECT kind, count(*) FROM silo_signal WHERE state = 'open' GROUP BY kind"


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the days of one partnership on a connection of the caller's, which must hold the right to evaluate."""

    profile: Profile

    async def refresh(self, connection: asyncpg.Connection) -> None:
        """Compute the weeks anew that changes of hand-offs have touched."""
        async with connection.transaction():
            await refresh(connection, self.profile)

    async def due(self, connection: asyncpg.Connection) -> range:
        """Return the days that are to be judged now, in order; empty where there are none.

        Time passes by the clock; in a profile of history by what has been imported, up to its as-of instant.
        """
        zone, settings = self.profile.tz, self.profile.head.signals
        newest = newest_due(clock.now(), settings.time_of_day, zone)
        if self.profile.head.clock.mode == "history":
            as_of_us = await connection.fetchval(AS_OF)
            if as_of_us is None:
                return range(0)
            newest = min(newest, local_day(as_of_us, zone) - 1)
        return await days_up_to(connection, self.profile, newest)

    async def stored_before_us(self, connection: asyncpg.Connection, day: int) -> int:
        """Return the instant before which all that was published must be stored for a day to be judged.

        That is the day's end; for the first day ever judged nearly now: an import may be under way, and what is
        usual is locked from it.
        """
        end = end_us(day, self.profile.tz)
        if await connection.fetchval(LAST_JUDGED) is not None:
            return end
        return max(end, clock.now_us() - IN_FLIGHT_US)

    async def judge(self, connection: asyncpg.Connection, days: range) -> AsyncGenerator[date, None]:
        """Judge days in order and yield each when it is stored; a crash repeats the one in hand.

        Alerts follow after the last of them: who was away hears of what still stands. It ends before the last where
        a rebase is recorded meanwhile: the days that are left are judged with it when they are asked for again.

        Args:
            connection: of the database, in no transaction.
            days: those that follow the last judged one, as `due` returns them.
        """
        before = await memory(connection)
        for part in readings(days):
            decided = await decisions(connection)
            reach = reach_over(before, self.profile, part, end_us(part[0], self.profile.tz), decided)
            with metrics.SIGNALS_SECONDS.labels("load").time():
                loaded = await load(connection, self.profile, reach)
            for day in part:
                with metrics.SIGNALS_SECONDS.labels("day").time():
                    evaluated = await asyncio.to_thread(
                        evaluate, loaded.world, end_us(day, self.profile.tz), before
                    )
                    stamp = stamp_of(self.profile, day, loaded.left_out)
                    if not await self._keep(connection, evaluated, stamp, decided, is_last=day == days[-1]):
                        return
                _count(evaluated)
                await self.measure(connection)
                before = evaluated.memory
                yield date_of(day)
            del loaded  # before the next part is read

    async def _keep(
        self,
        connection: asyncpg.Connection,
        evaluated: Evaluated,
        stamp: Stamp,
        decided: tuple[Decision, ...],
        *,
        is_last: bool,
    ) -> bool:
        """Store a day and return whether it is stored: not where somebody decided on a rebase meanwhile."""
        async with connection.transaction():
            await hold(connection)
            if await decisions(connection) != decided:
                return False
            await keep_day(connection, evaluated, stamp)
            faults.passing("signals: before the commit")
            if is_last:
                await follow(connection, names_of(self.profile).subject, clock.now(), evaluated.day)
        return True

    async def measure(self, connection: asyncpg.Connection) -> None:
        """Set the gauges from the tables: they are right after every restart."""
        judged = await connection.fetchval(LAST_JUDGED)
        if judged is not None:
            metrics.SIGNALS_JUDGED.set(from_us(end_us(judged, self.profile.tz)).timestamp())
        metrics.SIGNALS_OPEN.clear()
        for kind, count in await connection.fetch(OPEN):
            metrics.SIGNALS_OPEN.labels(kind).set(count)


async def days_up_to(connection: asyncpg.Connection, profile: Profile, newest: int) -> range:
    """Return the days from the last judged one to `newest`, in order."""
    judged = await connection.fetchval(LAST_JUDGED)
    first = None if judged is not None else await first_case_day(connection, profile)
    return days_to_judge(judged, first, newest, profile.head.signals.baseline_weeks)


def stamp_of(profile: Profile, day: int, left_out: LeftOut) -> Stamp:
    """Return what a day is judged with: the instant, the rules, the code, and how many hand-offs were left out."""
    versions = {"caseflow": version("caseflow"), "profile": profile.name, "rules": profile.judging_hash}
    now_us = end_us(day, profile.tz)
    return Stamp(now_us, profile.judging_hash, counts_of(left_out, day, now_us), versions)


def counts_of(left_out: LeftOut, day: int, now_us: int) -> dict[str, Any]:
    """Return how many hand-offs of the year up to a day no average may hold, by reason and flow."""
    return {
        reason: {"|".join(key): count for key, count in counts.items()}
        for reason, counts in left_out.counts(day, now_us).items()
    }


def _count(evaluated: Evaluated) -> None:
    metrics.SIGNALS_DAYS.inc()
    for one in evaluated.signals:
        if one.state not in (State.OPEN, State.CANDIDATE):
            metrics.SIGNALS_ENDED.labels(one.kind.value, one.state.value).inc()
    metrics.SIGNAL_TESTS.clear()
    for finding in evaluated.findings:
        metrics.SIGNAL_TESTS.labels(finding.kind.value, finding.status.value).inc()
