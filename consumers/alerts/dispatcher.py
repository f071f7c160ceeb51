"""The dispatcher: one at a time brings alerts out; its steps are `_turn`, top to bottom."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import asyncpg

from consumers.alerts.counts import count
from consumers.alerts.escalation import escalate
from consumers.alerts.grouping import patience_for
from consumers.alerts.post import Post
from consumers.alerts.queues import Partnership, Queues
from consumers.alerts.routing import route, unrouted
from consumers.failures import Verdict, sort
from infra import clock, metrics, postgres
from infra.log import logger
from projections.alerts.outbox import CHANNEL

NAME = "caseflow-alerts"
ONE_AT_A_TIME = 5_270_010_002
"""The advisory lock of the active dispatcher; any constant would do."""
LOOK_S = 1.0
"""How soon a retry that is due, or a notification that was missed, is noticed."""
STANDBY_S = 2.0
SELDOM_S = 5.0
END_S = 15.0
HUNG_S = 300.0
CONNECTIONS = 4
BACK_OFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)

log = logger("alerts")


@dataclass(slots=True)
class Dispatcher:
    """One dispatcher's life. `trouble` says why it does no work now, for readiness; None: all is well."""

    database_url: str
    partnership: Partnership
    post: Post
    trouble: str | None = "starting"
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _turned: float = field(default_factory=time.monotonic)
    _seldom: float = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Bring alerts out until told to stop; attempts under way may end. A lost database is waited for.

        Raises:
            Exception: what nobody knows how to handle: the process must end with it.
        """
        failed = 0
        while not stop.is_set():
            try:
                async with self._active(stop) as connection:
                    if connection is not None:
                        failed = 0
                        await self._dispatch(connection, stop)
            except Exception as error:
                if sort(error) is not Verdict.RETRY:
                    raise
                self.trouble = f"{type(error).__name__}: {error}"
                log.warning("will try again", error=self.trouble)
                metrics.RETRIES.labels(type(error).__name__).inc()
                await _pause(stop, BACK_OFF_S[min(failed, len(BACK_OFF_S) - 1)])
                failed += 1

    def hung(self) -> str | None:
        """Say that the dispatcher has not come round for minutes, for liveness; None when it turns."""
        seconds = time.monotonic() - self._turned
        return f"the dispatcher has not come round for {seconds:.0f} s" if seconds > HUNG_S else None

    @asynccontextmanager
    async def _active(self, stop: asyncio.Event) -> AsyncIterator[asyncpg.Connection | None]:
        """Give a connection that holds the lock and listens, once no other dispatcher does; None: stopped."""
        connection = await postgres.connect(self.database_url, NAME)
        try:
            while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", ONE_AT_A_TIME):
                self._turned = time.monotonic()
                self.trouble = "another dispatcher is at work: this one takes over when that one ends"
                if await _pause(stop, STANDBY_S):
                    yield None
                    return
            await connection.add_listener(CHANNEL, lambda *_: self._bell.set())
            yield connection
        finally:
            connection.terminate()  # which gives the lock back

    async def _dispatch(self, connection: asyncpg.Connection, stop: asyncio.Event) -> None:
        pool = await postgres.pool(self.database_url, NAME, CONNECTIONS)
        queues = Queues(pool, self.partnership, self.post)
        try:
            while not stop.is_set():
                await self._turn(connection, queues)
                await _rung(self._bell, LOOK_S)
        finally:
            await queues.end(END_S)
            pool.terminate()  # closing politely would wait for a server that is gone

    async def _turn(self, connection: asyncpg.Connection, queues: Queues) -> None:
        settings = self.partnership.routes.alerts
        self._turned = time.monotonic()
        if self._turned - self._seldom > SELDOM_S:
            await escalate(connection, clock.now(), settings.escalate_after_hours)
            await count(connection)
            self._seldom = self._turned
        self._bell.clear()
        if await unrouted(connection, clock.now()):
            await self._quiet(connection)
            await route(connection, self.partnership.routes, clock.now())
        await queues.start(connection, clock.now())
        self.trouble = None

    async def _quiet(self, connection: asyncpg.Connection) -> None:
        """Return when nothing new has come for a moment, so that what belongs together leaves together."""
        began = time.monotonic()
        while True:
            patience = patience_for(await unrouted(connection, clock.now()))
            left = began + patience.longest_s - time.monotonic()
            if left <= 0 or not await _rung(self._bell, min(patience.quiet_s, left)):
                return
            self._bell.clear()


async def _rung(bell: asyncio.Event, within_s: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(bell.wait(), within_s)
    return bell.is_set()


async def _pause(stop: asyncio.Event, seconds: float) -> bool:
    return await _rung(stop, seconds)
