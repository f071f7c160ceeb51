"""Work that one process does at a time: what it says of itself while servers are away."""

import asyncio

import asyncpg
import pytest

from consumers import one_at_a_time
from consumers.one_at_a_time import OneAtATime


class Connection:
    """Stands for a connection whose server is there."""

    def terminate(self) -> None:
        """End."""


async def free(connection: asyncpg.Connection) -> bool:
    assert connection
    return True


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> None:
    async def connect(*_: object, **__: object) -> Connection:
        return Connection()

    monkeypatch.setattr(one_at_a_time.postgres, "connect", connect)
    monkeypatch.setattr(one_at_a_time, "BACK_OFF_S", (0.001,))


def turns(hung_s: float = 60.0) -> OneAtATime:
    return OneAtATime("postgresql://nobody", "tests", free, hung_s, statement_s=1.0)


async def failing(one: OneAtATime, times: int) -> list[tuple[str | None, str | None]]:
    """Let the work fail some times; return what was said of trouble and hanging whenever it began."""
    stop = asyncio.Event()
    said: list[tuple[str | None, str | None]] = []

    async def work(_: asyncpg.Connection) -> None:
        said.append((one.trouble, one.hung()))
        if len(said) > times:
            stop.set()
            return
        raise OSError("the broker is away")

    await one.run(work, stop)
    return said


@pytest.mark.usefixtures("connected")
async def test_waiting_for_a_server_is_no_hanging() -> None:
    one = turns(hung_s=0.5)
    one._turned -= 3_600  # an hour in which nothing but failing attempts came round
    said = await failing(one, 3)
    assert [hung is None for _, hung in said] == [False, True, True, True]


@pytest.mark.usefixtures("connected")
async def test_it_is_not_ready_again_before_the_work_has_come_round() -> None:
    one = turns()
    (first, _), *later = await failing(one, 3)
    assert first is None  # it holds the lock and nothing has failed yet
    assert all("the broker is away" in str(trouble) for trouble, _ in later)
    one.turned()
    assert one.trouble is None


@pytest.mark.usefixtures("connected")
async def test_what_nobody_can_handle_ends_the_process() -> None:
    async def work(_: asyncpg.Connection) -> None:
        raise KeyError("a fault")

    with pytest.raises(KeyError, match="a fault"):
        await turns().run(work, asyncio.Event())
