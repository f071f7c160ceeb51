"""Promise 3 on real servers: overdue by the clock, and never past the backlog."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

import pytest

from infra.clock import now
from infra.postgres import connect
from infra.settings import Settings
from models.envelope import Event
from models.rules import Rules
from publishers.sdk import Publisher
from tests.support.profiles import shipped
from tests.support.servers import eventually
from tests.support.system import System

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
LIMIT = timedelta(hours=24)  # of H40: a recall decision becomes a request within 24 hours
RULES = Rules.of(shipped("cleveland-and-durham"))
GRACE = timedelta(microseconds=RULES.graces_us["H40"])
SOON = timedelta(seconds=45)


FORGOTTEN, ANSWERED = "ZZ17A0000160/1", "ZZ17A0000161/1"


def recall_decided(case: str, overdue: datetime) -> Event:
    """A recall whose request is overdue, grace and all, from this instant on."""
    return Event(
        id="decided",
        source="/agency/probation-north-east",
        type="caseflow.probation.recall-decided.v1",
        subject=case,
        time=overdue - GRACE - LIMIT,
        data={"recallType": "standard"},
    )


def request_received(case: str, time: datetime) -> Event:
    return Event(
        id="received",
        source="/agency/ppcs",
        type="caseflow.release.recall-request-received.v1",
        subject=case,
        time=time,
        data={"recallType": "standard"},
    )


async def publish(settings: Settings, *events: Event) -> None:
    async with Publisher(settings) as publisher:
        for event in events:
            await publisher.publish(event)


async def judgements(settings: Settings, case: str) -> list[str]:
    """Return the states that H40 was judged to have, oldest first; that it became due soon is no other state."""
    connection = await connect(settings.database_url, "test")
    try:
        rows = await connection.fetch(
            "SELECT state FROM hand_off_change WHERE rule = 'H40' AND case_ref = $1 ORDER BY version", case
        )
        return [state for state, _ in groupby(row["state"] for row in rows)]
    finally:
        await connection.close()


async def test_a_hand_off_becomes_overdue_by_the_clock_alone_but_no_stop_in_the_backlog_is_overtaken_by_it(
    system: System,
) -> None:
    system.start("timelines")
    system.start("projector")
    intake = system.start("intake")
    overdue = now() + SOON
    await publish(system.settings, *(recall_decided(case, overdue) for case in (FORGOTTEN, ANSWERED)))
    for case in (FORGOTTEN, ANSWERED):
        await eventually(partial(told, system, case, ["open"]), 60, "the hand-off is open")
    intake.kill()
    assert now() < overdue, "this machine was too slow to act the backlog out"
    await publish(system.settings, request_received(ANSWERED, now() - GRACE))
    await eventually(
        lambda: has_passed(overdue + timedelta(seconds=3)), 60, "the limit has passed by the wall clock"
    )
    assert await judgements(system.settings, ANSWERED) == ["open"], (
        "the clock ran past what intake had not read"
    )
    system.start("intake")
    await system.settled()
    assert await judgements(system.settings, ANSWERED) == ["open", "met"]
    await eventually(lambda: told(system, FORGOTTEN, ["open", "overdue"]), 60, "the clock has judged it")


async def told(system: System, case: str, states: list[str]) -> bool:
    return await judgements(system.settings, case) == states


async def has_passed(instant: datetime) -> bool:
    await asyncio.sleep(0)
    return now() > instant
