"""The loop of the signals process: one at a time judges the days that are due; its steps are `_turn`."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from functools import partial

import asyncpg

from consumers.one_at_a_time import OneAtATime
from consumers.signals.judging import Judge
from consumers.stopping import set_within
from infra.log import logger
from projections.silo_signals.store import lock

NAME = "signals"
LOOK_S = 2.0
"""How soon a day that has fallen due is noticed: the clock of a demonstration passes days in seconds."""
HUNG_S = 1_800.0
"""Longer than the first judging of a great database takes."""

log = logger(NAME)


class Process:
    """One process's life: `turns` says how it is."""

    def __init__(
        self, database_url: str, judge: Judge, backlog: Callable[[int], Awaitable[str | None]]
    ) -> None:
        """Take what the process works with.

        Args:
            database_url: of the database that is judged and written.
            judge: judges days on a connection.
            backlog: says what must still be stored of a day that ended at an instant; None: nothing.
        """
        self.turns = OneAtATime(database_url, NAME, lock, HUNG_S, statement_s=HUNG_S)
        self._judge, self._backlog = judge, backlog
        self._waits_for: str | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Judge until told to stop; the day in hand is finished. Servers that are away are waited for.

        Raises:
            Exception: what nobody knows how to handle: the process must end with it.
        """
        await self.turns.run(partial(self._judging, stop), stop)

    async def _judging(self, stop: asyncio.Event, connection: asyncpg.Connection) -> None:
        await self._judge.measure(connection)
        while not stop.is_set():
            await self._turn(connection, stop)
            self.turns.turned()
            await set_within(stop, LOOK_S)

    async def _turn(self, connection: asyncpg.Connection, stop: asyncio.Event) -> None:
        await self._judge.refresh(connection)
        due = await self._judge.due(connection)
        if not due or await self._must_wait(await self._judge.stored_before_us(connection, due[-1])):
            return
        async with aclosing(self._judge.judge(connection, due)) as judged:
            async for day in judged:
                self.turns.turned()
                log.info("judged", day=day.isoformat())
                if stop.is_set():
                    return

    async def _must_wait(self, before_us: int) -> bool:
        """Return whether something from before an instant is on its way: no trouble of ours, logged once."""
        why = await self._backlog(before_us)
        if why is not None and why != self._waits_for:
            log.info("waits", why=why)
        self._waits_for = why
        return why is not None
