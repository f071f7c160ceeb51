"""The loop of the signals process: one at a time judges the days that are due; its steps are `_turn`."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field

import asyncpg

from consumers.failures import Verdict, sort
from consumers.signals.judging import Judge
from infra import metrics, postgres
from infra.log import logger
from projections.silo_signals.store import lock

NAME = "caseflow-signals"
LOOK_S = 2.0
"""How soon a day that has fallen due is noticed: the clock of a demonstration passes days in seconds."""
STANDBY_S = 2.0
HUNG_S = 1_800.0
"""Longer than the first judging of a great database takes."""
BACK_OFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)

log = logger("signals")


@dataclass(slots=True)
class Process:
    """One process's life. `trouble` says why it judges nothing now, for readiness; None: all is well.

    Attributes:
        database_url: of the database that is judged and written.
        judge: judges days on a connection.
        backlog: says what must still be stored of a day that ended at an instant; None: nothing.
    """

    database_url: str
    judge: Judge
    backlog: Callable[[int], Awaitable[str | None]]
    trouble: str | None = "starting"
    _waits_for: str | None = None
    _turned: float = field(default_factory=time.monotonic)

    async def run(self, stop: asyncio.Event) -> None:
        """Judge until told to stop; the day in hand is finished. Servers that are away are waited for.

        Raises:
            Exception: what nobody knows how to handle: the process must end with it.
        """
        failed = 0
        while not stop.is_set():
            try:
                async with self._active(stop) as connection:
                    while connection is not None and not stop.is_set():
                        self.trouble = None
                        await self._turn(connection, stop)
                        failed = 0
                        await _pause(stop, LOOK_S)
            except Exception as error:
                if sort(error) is not Verdict.RETRY:
                    raise
                self.trouble = f"{type(error).__name__}: {error}"
                log.warning("will try again", error=self.trouble)
                metrics.RETRIES.labels(type(error).__name__).inc()
                await _pause(stop, BACK_OFF_S[min(failed, len(BACK_OFF_S) - 1)])
                failed += 1

    def hung(self) -> str | None:
        """Say that no day was finished for half an hour, for liveness; None when the process goes round."""
        seconds = time.monotonic() - self._turned
        return f"the signals process has not come round for {seconds:.0f} s" if seconds > HUNG_S else None

    @asynccontextmanager
    async def _active(self, stop: asyncio.Event) -> AsyncIterator[asyncpg.Connection | None]:
        """Give a connection that holds the lock, once no other process does; None: stopped."""
        connection = await postgres.connect(self.database_url, NAME, command_timeout=HUNG_S)
        try:
            while not await lock(connection):
                self._turned = time.monotonic()
                self.trouble = "another signals process is at work: this one takes over when that one ends"
                if await _pause(stop, STANDBY_S):
                    yield None
                    return
            await self.judge.measure(connection)
            yield connection
        finally:
            connection.terminate()  # which gives the lock back

    async def _turn(self, connection: asyncpg.Connection, stop: asyncio.Event) -> None:
        self._turned = time.monotonic()
        await self.judge.refresh(connection)
        due = await self.judge.due(connection)
        if not due or await self._must_wait(await self.judge.stored_before_us(connection, due[-1])):
            return
        async with aclosing(self.judge.judge(connection, due)) as judged:
            async for day in judged:
                self._turned = time.monotonic()
                log.info("judged", day=day.isoformat())
                if stop.is_set():
                    return

    async def _must_wait(self, before_us: int) -> bool:
        """Return whether something from before an instant is on its way: no trouble of ours, logged once."""
        why = await self.backlog(before_us)
        if why is not None and why != self._waits_for:
            log.info("waits", why=why)
        self._waits_for = why
        return why is not None


async def _pause(stop: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()
