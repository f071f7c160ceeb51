"""Promise 1 on real servers: killed at chosen points, stalled, cut off, and every event is a row exactly once.

The runs of one store share their servers, log and database: each begins where the one before ended, publishes
new cases under load, acts out one fault and then judges everything since the first.
"""

import asyncio
import itertools
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from infra import exit_codes
from infra.clock import now
from infra.embedded import Servers, embedded
from infra.postgres import migrate
from infra.settings import Settings
from infra.topic_admin import apply
from models.rules import Rules
from publishers.sdk import Publisher
from publishers.synthetic.partnership import generate
from tests.support.judge import judge
from tests.support.profiles import shipped
from tests.support.servers import settings_for
from tests.support.system import System

pytestmark = [pytest.mark.servers, pytest.mark.faults, pytest.mark.timeout(240)]
ON_ROCKSDB = pytest.mark.parametrize("shared", ["rocksdb"], indirect=True)
EACH_STORE = pytest.mark.parametrize("shared", ["rocksdb", "memory"], indirect=True)
# Only timelines keeps states: the store makes no difference to the others.
EACH_PROCESSOR = pytest.mark.parametrize(
    ("shared", "process"),
    [("rocksdb", "intake"), ("rocksdb", "timelines"), ("memory", "timelines")],
    indirect=["shared"],
)
PROFILE = shipped("cleveland-and-durham")
RULES = Rules.of(PROFILE)
CASES = 60


class Partnership:
    """A running system, and how much was published to it since its first run."""

    def __init__(self, servers: Servers, settings: Settings) -> None:
        self.servers, self.system = servers, System(settings)
        self.published, self._seeds = 0, itertools.count(1)

    async def publish(self) -> None:
        """Publish some new cases, about a thousand events, as fast as the broker takes them."""
        async with Publisher(self.system.settings) as publisher:
            sent = [
                await publisher.send(event)
                for event in generate(PROFILE, CASES, next(self._seeds), until=now())
            ]
            await asyncio.gather(*sent)
        self.published += len(sent)

    async def judged(self, *, supervised: bool = False) -> None:
        """Wait for the end, and judge all runs so far."""
        await self.system.settled(supervised=supervised)
        self.system.stop_all()
        await judge(self.system.settings, RULES, self.published)


@pytest.fixture(scope="module")
def shared(request: pytest.FixtureRequest) -> Iterator[Partnership]:
    with (
        TemporaryDirectory(prefix="caseflow-", ignore_cleanup_errors=True) as name,
        asyncio.Runner() as runner,
    ):
        folder = Path(name)
        running = embedded(folder / "caseflow", Settings().cache)
        servers = runner.run(running.__aenter__())
        settings = settings_for(servers, folder / "data").model_copy(update={"store": request.param})
        runner.run(migrate(settings.database_url))
        runner.run(apply(settings))
        yield Partnership(servers, settings)
        runner.run(running.__aexit__(None, None, None))


@pytest.fixture
def partnership(shared: Partnership, fault_round: int) -> Iterator[Partnership]:
    yield shared
    shared.system.stop_all()


@EACH_PROCESSOR
@pytest.mark.parametrize("point", ["before transaction@2", "before commit@3", "after commit@2"])
async def test_a_processor_killed_around_a_transaction_loses_and_repeats_nothing(
    partnership: Partnership, process: str, point: str
) -> None:
    system = partnership.system
    for name in {"intake", "timelines", "projector"} - {process}:
        system.start(name)
    victim = system.start(process, fault=point)
    await partnership.publish()
    assert await victim.exit_code() == -signal.SIGKILL
    system.start(process)
    await partnership.judged()


@EACH_STORE
async def test_timelines_killed_during_recovery_recovers_all_the_same(partnership: Partnership) -> None:
    system = partnership.system
    await partnership.publish()
    system.start("intake")
    system.start("projector")
    first = system.start("timelines", fault="before commit@4")
    assert await first.exit_code() == -signal.SIGKILL
    # An empty store reads the whole changelog again: that is where the second one dies.
    second = system.start("timelines", fault="during recovery@1", worker=f"fresh-{partnership.published}")
    assert await second.exit_code() == -signal.SIGKILL
    system.start("timelines", worker=f"fresh-{partnership.published}")
    await partnership.judged()


@EACH_PROCESSOR
async def test_a_worker_killed_during_a_rebalance_leaves_its_partitions_to_the_other(
    partnership: Partnership, process: str
) -> None:
    system = partnership.system
    for name in {"intake", "timelines", "projector"} - {process}:
        system.start(name)
    system.start(process)
    victim = system.start(process, worker="two", fault="during rebalance@1")
    await partnership.publish()
    assert await victim.exit_code() == -signal.SIGKILL
    await partnership.judged()


@ON_ROCKSDB
@pytest.mark.parametrize(
    "point", ["projector: before database commit@2", "projector: after database commit@2"]
)
async def test_a_projector_killed_around_its_commit_stores_every_row_once(
    partnership: Partnership, point: str
) -> None:
    system = partnership.system
    system.start("intake")
    system.start("timelines")
    victim = system.start("projector", fault=point)
    await partnership.publish()
    assert await victim.exit_code() == -signal.SIGKILL
    system.start("projector")
    await partnership.judged()


@pytest.mark.parametrize(
    ("shared", "process"),
    [("rocksdb", "intake"), ("rocksdb", "timelines"), ("rocksdb", "projector"), ("memory", "timelines")],
    indirect=["shared"],
)
async def test_a_process_killed_at_a_random_moment_loses_and_repeats_nothing(
    partnership: Partnership, process: str, fault_round: int
) -> None:
    chance = random.Random(f"{process} {fault_round} {os.getpid()}")  # noqa: S311 - moments, not secrets
    system = partnership.system
    for name in {"intake", "timelines", "projector"} - {process}:
        system.start(name)
    publishing = asyncio.create_task(partnership.publish())
    for _ in range(2):
        victim = system.start(process)
        await asyncio.sleep(chance.uniform(1.5, 6.0))  # the moment is the point of this test
        victim.kill()
    system.start(process)
    await publishing
    await partnership.judged()


@EACH_PROCESSOR
async def test_a_worker_stopped_inside_a_transaction_is_fenced_when_it_continues(
    partnership: Partnership, process: str
) -> None:
    system = partnership.system
    for name in {"intake", "timelines", "projector"} - {process}:
        system.start(name)
    zombie = system.start(process, worker="zombie", fault="before commit@2 stop")
    await partnership.publish()
    await zombie.stopped()
    system.start(process, worker="two")
    await system.settled()  # the second worker has taken over, past the zombie's session timeout
    zombie.send(signal.SIGCONT)
    assert await zombie.exit_code() == exit_codes.HEALS
    await partnership.publish()
    await partnership.judged()


@ON_ROCKSDB
async def test_a_broker_that_is_killed_and_started_again_costs_time_and_no_event(
    partnership: Partnership,
) -> None:
    # Killed: an only broker that is stopped in the middle of a commit may lose its markers (docs/operating.md).
    system = partnership.system
    system.start_all()
    await partnership.publish()
    await partnership.servers.kafka.kill()
    await partnership.servers.kafka.start()
    await partnership.publish()
    await partnership.judged(supervised=True)


@ON_ROCKSDB
async def test_a_database_that_restarts_costs_time_and_no_event(partnership: Partnership) -> None:
    system = partnership.system
    system.start_all()
    await partnership.publish()
    await partnership.servers.postgres.kill()
    await partnership.servers.postgres.start()
    await partnership.publish()
    await partnership.judged()
