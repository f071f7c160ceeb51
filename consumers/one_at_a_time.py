"""Work that one process of its kind does while the others stand by, and that waits for servers that are away."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import asyncpg

from consumers.failures import Verdict, sort
from consumers.stopping import set_within
from infra import metrics, postgres
from infra.log import logger

STANDBY_S: Final = 2.0
BACK_OFF_S: Final = (0.2, 0.5, 1.0, 2.0, 5.0)

Work = Callable[[asyncpg.Connection], Awaitable[None]]


@dataclass(slots=True)
class OneAtATime:
    """Who works and who stands by. `trouble` says why no work is done now, for readiness; None: all is well.

    Attributes:
        database_url: of the database whose advisory lock says who works.
        name: of the process, as the log and the database show it.
        lock: tries to take the lock for as long as a connection lasts; whether nobody else has it.
        hung_s: seconds without a turn after which the process counts as hung: waiting for a server is no hanging.
        statement_s: seconds that one statement may take.
    """

    database_url: str
    name: str
    lock: Callable[[asyncpg.Connection], Awaitable[bool]]
    hung_s: float
    statement_s: float
    trouble: str | None = "starting"
    _turned: float = field(default_factory=time.monotonic)
    _failed: int = 0

    async def run(self, work: Work, stop: asyncio.Event) -> None:
        """Do the work on the connection that holds the lock, until told to stop; begin anew when servers went away.

        Args:
            work: goes on until told to stop, and says `turned` whenever it has come round.
            stop: ends the run when set.

        Raises:
            Exception: what nobody knows how to handle: the process must end with it.
        """
        while not stop.is_set():
            try:
                async with self._active(stop) as connection:
                    if connection is not None:
                        await work(connection)
            except Exception as error:
                if sort(error) is not Verdict.RETRY:
                    raise
                self.trouble = f"{type(error).__name__}: {error}"
                logger(self.name).warning("will try again", error=self.trouble)
                metrics.RETRIES.labels(type(error).__name__).inc()
                self._turned = time.monotonic()
                await set_within(stop, BACK_OFF_S[min(self._failed, len(BACK_OFF_S) - 1)])
                self._failed += 1

    def turned(self) -> None:
        """Say that the work has come round: it is not hung, and what failed before has passed."""
        self._turned, self._failed, self.trouble = time.monotonic(), 0, None

    def hung(self) -> str | None:
        """Say that the work has not come round for too long, for liveness; None when it goes on."""
        seconds = time.monotonic() - self._turned
        return f"{self.name} has not come round for {seconds:.0f} s" if seconds > self.hung_s else None

    @asynccontextmanager
    async def _active(self, stop: asyncio.Event) -> AsyncIterator[asyncpg.Connection | None]:
        """Give a connection that holds the lock, once no other process does; None: stopped."""
        connection = await postgres.connect(
            self.database_url, f"caseflow-{self.name}", command_timeout=self.statement_s
        )
        try:
            while not await self.lock(connection):
                self._turned = time.monotonic()
                self.trouble = (
                    f"another {self.name} process is at work: this one takes over when that one ends"
                )
                if await set_within(stop, STANDBY_S):
                    yield None
                    return
            if not self._failed:
                self.trouble = None  # what failed has passed only when the work has come round
            yield connection
        finally:
            connection.terminate()  # which gives the lock back
