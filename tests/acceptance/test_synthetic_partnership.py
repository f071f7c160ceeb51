"""The synthetic partnership through a whole caseflow, killed twice on the way: every late hand-off, no other."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from infra.clock import Pace, now
from infra.postgres import engine
from infra.settings import Settings
from models.instants import to_us
from projections.late_case.queries import open_past_their_limit
from projections.late_hand_offs.queries import late_keys
from publishers.sdk import Publisher, prepare
from publishers.synthetic.partnership import tell, truth
from publishers.synthetic.world import World
from tests.support.profiles import shipped
from tests.support.servers import eventually
from tests.support.system import System

pytestmark = [pytest.mark.servers, pytest.mark.timeout(290)]
PROFILE = shipped("cleveland-and-durham")
CASES, SEED = 5_000, 11
BATCHES = 4


async def test_every_late_hand_off_is_found_and_none_invented_after_two_kills(system: System) -> None:
    """The clock stands at the instant up to which the truth is known."""
    until = now()
    world = World(PROFILE, SEED, CASES)
    standing = Pace(until, until + timedelta(days=1), 1)
    system.settings = system.settings.model_copy(update={"pace": str(standing)})
    victims = {name: system.start(name, max_poll_records=2_000) for name in ("timelines", "projector")}
    system.start("intake", max_poll_records=2_000)
    arrivals = list(tell(world, until))
    part = len(arrivals) // BATCHES + 1
    for number in range(BATCHES):
        await publish(system.settings, arrivals[number * part : (number + 1) * part])
        victim = {1: "timelines", 2: "projector"}.get(number)
        if victim is not None:
            victims[victim].kill()
            system.start(victim, max_poll_records=2_000)
    await system.settled(within_s=200)
    expected = {(t.rule, t.case, t.start_event, t.about) for t in truth(world, until) if t.late}
    reader = engine(system.settings.database_url)
    async with reader.connect() as connection:
        await eventually(
            lambda: all_judged(connection, to_us(until)), 60, "the clock has judged what is overdue"
        )
        found = await late_keys(connection, to_us(until))
    await reader.dispose()
    assert len(expected) > CASES / 4
    assert Counter(rule for rule, *_ in expected - found) == Counter(), "missed"
    assert Counter(rule for rule, *_ in found - expected) == Counter(), "invented"


async def publish(settings: Settings, arrivals: list) -> None:
    """Publish what arrives, in its order."""
    async with Publisher(settings) as publisher:
        bulk = publisher.bulk()
        for number, arrival in enumerate(arrivals):
            await bulk.add(prepare(arrival.event, PROFILE))
            if number % 500 == 0:
                await asyncio.sleep(0)
        await bulk.flush()


async def all_judged(connection: AsyncConnection, by_us: int) -> bool:
    left = await open_past_their_limit(connection, by_us)
    await connection.rollback()
    return left == 0
