"""The dispatcher: one at a time brings alerts out; its steps are `_turn`, top to bottom."""

import asyncio
import time
from functools import partial

import asyncpg

from consumers.alerts.counts import count
from consumers.alerts.escalation import escalate
from consumers.alerts.grouping import patience_for
from consumers.alerts.post import Post
from consumers.alerts.queues import Partnership, Queues
from consumers.alerts.routing import route, unrouted
from consumers.one_at_a_time import OneAtATime
from consumers.stopping import set_within
from infra import clock, postgres
from projections.alerts.outbox import CHANNEL

NAME = "alerts"
ONE_AT_A_TIME = 5_270_010_002
"""The advisory lock of the active dispatcher; any constant would do."""
LOOK_S = 1.0
"""How soon a retry that is due, or a notification that was missed, is noticed."""
SELDOM_S = 5.0
END_S = 15.0
HUNG_S = 300.0
STATEMENT_S = 120.0
CONNECTIONS = 4


class Dispatcher:
    """One dispatcher's life: `turns` says how it is."""

    def __init__(self, database_url: str, partnership: Partnership, post: Post) -> None:
        """Take what the dispatcher works with: whose alerts, from where, and the channels they leave by."""
        self.turns = OneAtATime(database_url, NAME, _lock, HUNG_S, STATEMENT_S)
        self._database_url, self._partnership, self._post = database_url, partnership, post
        self._bell = asyncio.Event()
        self._seldom = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Bring alerts out until told to stop; attempts under way may end. A lost database is waited for.

        Raises:
            Exception: what nobody knows how to handle: the process must end with it.
        """
        await self.turns.run(partial(self._dispatch, stop), stop)

    async def _dispatch(self, stop: asyncio.Event, connection: asyncpg.Connection) -> None:
        await connection.add_listener(CHANNEL, lambda *_: self._bell.set())
        pool = await postgres.pool(self._database_url, f"caseflow-{NAME}", CONNECTIONS)
        queues = Queues(pool, self._partnership, self._post)
        try:
            while not stop.is_set():
                await self._turn(connection, queues)
                self.turns.turned()
                await set_within(self._bell, LOOK_S)
        finally:
            await queues.end(END_S)
            pool.terminate()  # closing politely would wait for a server that is gone

    async def _turn(self, connection: asyncpg.Connection, queues: Queues) -> None:
        settings = self._partnership.routes.alerts
        if time.monotonic() - self._seldom > SELDOM_S:
            await escalate(connection, clock.now(), settings.escalate_after_hours)
            await count(connection)
            self._seldom = time.monotonic()
        self._bell.clear()
        if await unrouted(connection, clock.now()):
            await self._quiet(connection)
            await route(connection, self._partnership.routes, clock.now())
        await queues.start(connection, clock.now())

    async def _quiet(self, connection: asyncpg.Connection) -> None:
        """Return when nothing new has come for a moment, so that what belongs together leaves together."""
        began = time.monotonic()
        while True:
            patience = patience_for(await unrouted(connection, clock.now()))
            left = began + patience.longest_s - time.monotonic()
            if left <= 0 or not await set_within(self._bell, min(patience.quiet_s, left)):
                return
            self._bell.clear()


async def _lock(connection: asyncpg.Connection) -> bool:
    return bool(await connection.fetchval("SELECT pg_try_advisory_lock($1)", ONE_AT_A_TIME))
