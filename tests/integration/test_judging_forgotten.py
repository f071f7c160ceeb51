"""`caseflow rebuild --signals`: judged days and weeks are forgotten, and come back as they were."""

from datetime import timedelta

import asyncpg
import pytest

from caseflow.errors import CommandError
from caseflow.rebuilding.signals import forgotten, nobody_judges
from consumers.signals.days import number_of
from consumers.signals.judging import Judge, days_up_to
from infra.settings import Settings
from projections.silo_signals.store import lock
from tests.support.silo_days import stored
from tests.support.stopped_flow_rows import STOPS_ON, fill, half_a_year

pytestmark = pytest.mark.servers
PROFILE = half_a_year()
LAST = STOPS_ON + timedelta(days=9)
WEEKS = (
    "SELECT rule, sender, receiver, week, started, stopped, wait_median_us FROM weekly ORDER BY 1, 2, 3, 4"
)


async def judged(connection: asyncpg.Connection) -> None:
    """Do what the signals process does, up to a day on which a stop is open."""
    judge = Judge(PROFILE)
    await judge.refresh(connection)
    while days := await days_up_to(connection, PROFILE, number_of(LAST)):
        async for _ in judge.judge(connection, days):
            pass


async def test_days_and_weeks_that_were_forgotten_come_back_as_they_were(
    connection: asyncpg.Connection, settings: Settings
) -> None:
    await fill(connection)
    async with nobody_judges(settings) as judging:
        await forgotten(judging)  # the rows were loaded without asking for their weeks
    await judged(connection)
    live, weeks = await stored(connection), await connection.fetch(WEEKS)
    assert weeks
    async with nobody_judges(settings) as judging:
        days = await forgotten(judging)
    assert days == len(live["silo_memory"])
    assert await connection.fetchval("SELECT count(*) FROM silo_memory") == 0
    assert not await connection.fetch(WEEKS)
    await judged(connection)
    assert await stored(connection) == live
    assert await connection.fetch(WEEKS) == weeks


async def test_nothing_is_forgotten_while_somebody_judges(
    connection: asyncpg.Connection, settings: Settings
) -> None:
    assert await lock(connection)
    with pytest.raises(CommandError, match="the signals process is at work"):
        async with nobody_judges(settings):
            pass
