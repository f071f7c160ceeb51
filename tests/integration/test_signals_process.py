"""The signals process: judges what is due by its clock, one at a time, and goes on after a power cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import asyncpg
import pytest

from consumers.signals.run import run
from infra import clock
from infra.postgres import connect, migrate
from infra.settings import Settings
from infra.topic_admin import apply
from tests.support.servers import eventually
from tests.support.stopped_flow_rows import STOPS_ON, fill, half_a_year, profiles_with_it
from tests.support.system import System

pytestmark = pytest.mark.servers
LAST = STOPS_ON + timedelta(days=8)
"""The day before the one on which the process looks."""
MORNING = datetime(LAST.year, LAST.month, LAST.day, 6, tzinfo=UTC) + timedelta(days=1)
LAST_JUDGED = "SELECT max(day) FROM silo_memory"


@pytest.fixture
def that_morning() -> object:
    """Let the clock of this process show the morning after the last day."""
    clock.keep(clock.Pace(MORNING, datetime.now(UTC), 1))  # noqa: TID251 - the wall's, to set ours by
    yield
    clock.keep(None)


@pytest.fixture
async def filled(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    await migrate(settings.database_url)
    await apply(settings)
    connection = await connect(settings.database_url, "test")
    await fill(connection)
    yield connection
    await connection.close()


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[int]:
    """Run a process in this one until the block ends; gives the port of its health."""
    stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
    task = asyncio.create_task(run(settings, half_a_year(), stop=stop, listening=port.set_result))
    try:
        yield await port
    finally:
        stop.set()
        await task


async def said(port: int, path: str) -> str:
    def ask() -> str:
        try:
            with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
                return answer.read().decode()
        except OSError as error:
            return getattr(error, "read", lambda: b"")().decode()

    return await asyncio.to_thread(ask)


async def test_it_judges_up_to_yesterday_and_says_so(
    settings: Settings, filled: asyncpg.Connection, that_morning: object
) -> None:
    async with running(settings) as port:

        async def done() -> bool:
            return await filled.fetchval(LAST_JUDGED) == LAST

        await eventually(done, what="yesterday is judged")

        async def ready() -> bool:
            return await said(port, "health/ready") == "ok\n"

        await eventually(ready, what="it is ready")
        metrics = await said(port, "metrics")
    assert 'caseflow_signals_open{kind="stop"} 1.0' in metrics
    assert "caseflow_signals_days_total" in metrics
    assert await filled.fetchval("SELECT count(*) FROM silo_memory") == (LAST - date(2024, 7, 1)).days + 1


async def test_a_second_one_stands_by_and_takes_over(
    settings: Settings, filled: asyncpg.Connection, that_morning: object
) -> None:
    await filled.execute("DELETE FROM case_file")  # nothing to do: only who is at work matters
    async with running(settings) as first:

        async def at_work() -> bool:
            return await said(first, "health/ready") == "ok\n"

        await eventually(at_work, what="the first is at work")
        async with running(settings) as second:

            async def stands_by() -> bool:
                return "another signals process is at work" in await said(second, "health/ready")

            await eventually(stands_by, what="the second stands by")


async def test_what_is_on_its_way_is_waited_for(
    settings: Settings, filled: asyncpg.Connection, that_morning: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = ["intake must first store what was published by then"]
    asked: list[int] = []

    async def backlog(_: Settings, before_us: int) -> str | None:
        asked.append(before_us)
        return behind[0] if behind else None

    monkeypatch.setattr("consumers.signals.run.backlog", backlog)
    async with running(settings):
        await eventually(lambda: _true(len(asked) > 1), what="it asked more than once")
        assert await filled.fetchval(LAST_JUDGED) is None
        behind.clear()

        async def done() -> bool:
            return await filled.fetchval(LAST_JUDGED) == LAST

        await eventually(done, what="yesterday is judged")
        clock.keep(clock.Pace(MORNING + timedelta(days=1), datetime.now(UTC), 1))  # noqa: TID251 - the same

        async def next_done() -> bool:
            return await filled.fetchval(LAST_JUDGED) == LAST + timedelta(days=1)

        await eventually(next_done, what="the next day is judged")
    minute_before = int(MORNING.timestamp() - 60) * 1_000_000
    assert min(asked) >= minute_before, "what is usual is locked on the first day: nearly all must be stored"
    midnight = datetime(LAST.year, LAST.month, LAST.day, 23, tzinfo=UTC) + timedelta(days=1)
    assert asked[-1] == int(midnight.timestamp()) * 1_000_000, "local midnight in summer time"


async def _true(value: bool) -> bool:
    return value


@pytest.mark.faults
async def test_a_power_cut_in_the_middle_of_a_day_loses_and_doubles_nothing(
    settings: Settings, filled: asyncpg.Connection, tmp_path: Path, fault_round: int
) -> None:
    shown = f"{MORNING.isoformat()}/{clock.now().isoformat()}/1"
    changed = {"pace": shown, "profiles_dir": profiles_with_it(tmp_path / "profiles")}
    system = System(settings.model_copy(update=changed))
    try:
        cut = system.start("signals", fault=f"signals: before the commit@{fault_round + 9}")
        assert await cut.exit_code() == -9
        kept = await filled.fetchval("SELECT count(*) FROM silo_memory")
        assert kept == fault_round + 8
        again = system.start("signals")

        async def done() -> bool:
            assert again.child.poll() is None, again.log.read_text()
            return await filled.fetchval(LAST_JUDGED) == LAST

        await eventually(done, what="yesterday is judged")
    finally:
        system.stop_all()
    days = (LAST - date(2024, 7, 1)).days + 1
    assert await filled.fetchval("SELECT count(*) FROM silo_memory") == days
    assert (
        await filled.fetchval("SELECT count(*) FROM silo_signal WHERE kind = 'stop' AND state = 'open'") == 1
    )
    assert await filled.fetchval("SELECT count(*) FROM alert WHERE kind = 'stop'") == 1
