"""The projector on a real Kafka and a real PostgreSQL, killed, stalled and cut off: every row exactly once."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from aiokafka import TopicPartition

from consumers.failures import PositionLostError
from consumers.projector.run import GROUP, run
from infra import kafka, topics
from infra.postgres import connect, migrate
from infra.settings import Settings
from models.canonical import Tick, encode_record
from tests.support import wires
from tests.support.servers import eventually, fresh_servers, settings_for

pytestmark = pytest.mark.servers
CASES = 300
EVENTS_PER_CASE = 4


@pytest.fixture
async def ready(settings: Settings) -> Settings:
    """Give settings whose database is migrated and whose topics are empty."""
    await migrate(settings.database_url)
    await wires.fresh_topics(settings)
    return settings.model_copy(update={"max_poll_records": 500})


@asynccontextmanager
async def projecting(settings: Settings) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(run(settings, stop=stop))
    yield task
    stop.set()
    await task


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    connection = await connect(settings.database_url, "test")
    yield connection
    await connection.close()


async def started(settings: Settings, fault: str = "") -> asyncio.subprocess.Process:
    place = (settings.bootstrap, settings.database_url, fault)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.run_projector", *place, stderr=asyncio.subprocess.PIPE
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    _, said = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, said.decode()


async def fill(settings: Settings, first: int = 0, cases: int = CASES) -> None:
    """Append events, changes and one dead letter per partition, ten transactions per topic and partition."""
    for part in range(2):
        mine = [f"C{n}" for n in range(first, first + cases) if n % 2 == part]
        for some in (mine[n::10] for n in range(10)):
            told = [wires.event(case, n) for n in range(EVENTS_PER_CASE) for case in some]
            await wires.append(
                settings, topics.EVENTS, part, [(one.subject, encode_record(one)) for one in told]
            )
            changed = [wires.change(case, 9, steps_added=[wires.step(case, 1, "a", "b")]) for case in some]
            await wires.append(settings, topics.CHANGES, part, [("case", one) for one in changed])
        await wires.append(settings, topics.DEAD_LETTERS, part, [("key", f"{first}".encode())])


async def complete(settings: Settings, group: str = GROUP) -> bool:
    """Say whether every position has reached the end of its log, the last marker included."""
    async with kafka.consumer(settings) as asking, database(settings) as connection:
        partitions = [TopicPartition(topic, part) for topic in wires.PROJECTED for part in range(2)]
        ends = await asking.end_offsets(partitions)
        rows = await connection.fetch("SELECT * FROM consumer_offset WHERE grp = $1", group)
    stored = {TopicPartition(row["topic"], row["part"]): row["next_offset"] for row in rows}
    return bool(stored == ends)


async def assert_every_row_once(settings: Settings, cases: int = CASES, letters: int = 2) -> None:
    async with database(settings) as connection:
        assert await connection.fetchval("SELECT count(*) FROM case_event") == cases * EVENTS_PER_CASE
        assert await connection.fetchval("SELECT sum(events) FROM feed") == cases * EVENTS_PER_CASE
        assert await connection.fetchval("SELECT count(*) FROM case_file") == cases
        assert await connection.fetchval("SELECT count(*) FROM step") == cases
        assert await connection.fetchval("SELECT count(*) FROM dead_letter") == letters
        assert await connection.fetchval("SELECT max(seen) FROM dead_letter") == 1


async def test_all_that_is_appended_becomes_rows_and_no_lag_remains(ready: Settings) -> None:
    await fill(ready)
    await wires.append(ready, topics.EVENTS, 1, [("~clock", encode_record(Tick(77)))])
    async with projecting(ready):
        await eventually(lambda: complete(ready), what="positions at the ends")
    await assert_every_row_once(ready)
    async with database(ready) as connection:
        ticked = await connection.fetchrow("SELECT topic, part FROM consumer_offset WHERE watermark_us = 77")
    assert ticked is not None
    assert tuple(ticked) == (topics.EVENTS, 1)


@pytest.mark.parametrize("point", ["projector: before database commit", "projector: after database commit"])
async def test_a_kill_around_the_commit_loses_nothing_and_doubles_nothing(
    ready: Settings, point: str
) -> None:
    await fill(ready)
    killed = await started(ready, f"{point}@3")
    assert (await ended(killed))[0] == -signal.SIGKILL
    async with projecting(ready):
        await eventually(lambda: complete(ready), what="positions at the ends")
    await assert_every_row_once(ready)


async def test_sigterm_ends_cleanly_and_the_next_start_goes_on(ready: Settings) -> None:
    await fill(ready)
    process = await started(ready)
    await eventually(lambda: complete(ready), what="positions at the ends")
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0
    await fill(ready, first=CASES)
    async with projecting(ready):
        await eventually(lambda: complete(ready), what="positions at the ends")
    await assert_every_row_once(ready, 2 * CASES, letters=4)


async def test_a_stalled_projector_that_comes_back_is_harmless(ready: Settings) -> None:
    zombie = await started(ready)
    await fill(ready)
    await eventually(lambda: complete(ready), what="the first fill")
    zombie.send_signal(signal.SIGSTOP)
    try:
        async with projecting(ready):
            await fill(ready, first=CASES)
            await eventually(lambda: complete(ready), 60, "the second one takes over")
            zombie.send_signal(signal.SIGCONT)
            await fill(ready, first=2 * CASES)
            await eventually(lambda: complete(ready), 60, "both together")
    finally:
        if zombie.returncode is None:
            zombie.send_signal(signal.SIGCONT)
            zombie.send_signal(signal.SIGTERM)
    code, said = await ended(zombie)
    assert code == 0 or "FencedError" in said, f"it rejoined, or the database refused it: {code}\n{said}"
    await assert_every_row_once(ready, 3 * CASES, letters=6)


async def test_a_record_that_the_database_refuses_becomes_a_letter_and_the_others_rows(
    ready: Settings,
) -> None:
    told = [wires.event(f"C{n}", 0) for n in range(50)]
    told[10] = wires.event("C10", 0, sequence="first")
    told[20] = wires.event("C20", 0, data={"name": "a\0b"})
    told[30] = wires.event("C30", 0, precision="week")
    values = [(one.subject, encode_record(one)) for one in told]
    values[40] = ("C40", b"no json")
    await wires.append(ready, topics.EVENTS, 0, values)
    async with projecting(ready):

        async def all_letters() -> bool:
            async with database(ready) as connection:
                return bool(await connection.fetchval("SELECT count(*) = 4 FROM dead_letter"))

        await eventually(all_letters, what="four dead letters")
        await eventually(lambda: complete(ready), what="positions at the ends")
    async with database(ready) as connection:
        found = await connection.fetch(
            "SELECT position, process, reason, step, case_ref, seen FROM dead_letter ORDER BY 1"
        )
        assert [tuple(row) for row in found] == [
            (10, "projector", "not-storable", "store", "C10", 1),
            (20, "projector", "not-storable", "store", "C20", 1),
            (30, "projector", "not-storable", "store", "C30", 1),
            (40, "projector", "wrong-shape", "decode", "C40", 1),
        ]
        assert await connection.fetchval("SELECT count(*) FROM case_event") == 46


async def test_a_position_past_the_end_of_the_log_stops_with_a_clear_message(ready: Settings) -> None:
    async with database(ready) as connection:
        await connection.execute(
            "INSERT INTO consumer_offset (grp, topic, part, next_offset, epoch) VALUES ($1, $2, 0, 900, 1)",
            GROUP,
            topics.EVENTS,
        )
    with pytest.raises(
        PositionLostError, match=r"caseflow.events-0: the database has stored up to 900, the log ends"
    ):
        await asyncio.wait_for(run(ready, stop=asyncio.Event()), 30)


async def test_servers_that_restart_cost_time_and_nothing_else(tmp_path: Path) -> None:
    async with fresh_servers(tmp_path) as servers:
        ready = settings_for(servers, tmp_path / "data").model_copy(update={"max_poll_records": 500})
        await migrate(ready.database_url)
        await wires.fresh_topics(ready)
        process = await started(ready)
        await fill(ready)
        await servers.postgres.kill()
        await servers.postgres.start()
        await eventually(lambda: complete(ready), 60, "after the database's restart")
        await fill(ready, first=CASES)
        await servers.kafka.kill()
        await servers.kafka.start()
        await fill(ready, first=2 * CASES)
        await eventually(lambda: complete(ready), 90, "after the broker's restart")
        assert process.returncode is None, "the projector waited both out"
        process.send_signal(signal.SIGTERM)
        assert (await ended(process))[0] == 0
        await assert_every_row_once(ready, 3 * CASES, letters=6)
