"""A whole caseflow on servers of its own, whose alerts all go to one receiver; every process separate."""

import asyncio
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from bench.delays.recalls import ROW, cases_of, load_of, publish, recall_decided
from bench.delays.receiver import Receiver
from bench.process import Measured, ProcessFailedError, family_cpu_seconds, running
from infra import exit_codes
from infra.clock import now_us
from infra.embedded import Servers
from infra.settings import Settings

READY_S = 90.0
_LOOK_S = 0.05
_CASEFLOW = Path(sys.executable).with_name("caseflow")
_OPEN = "SELECT count(*) FROM hand_off WHERE rule = $1 AND state = 'open' AND case_ref LIKE $2"
_ALERTS = "SELECT case_ref, overdue_us, state FROM alert WHERE rule = $1 AND case_ref LIKE $2"


@dataclass
class Rig:
    """What a measurement needs of it. A process is there once, by its name."""

    settings: Settings
    servers: Servers
    receiver: Receiver
    database: asyncpg.Connection
    scratch: Path
    grace_us: int
    processes: dict[str, Measured] = field(default_factory=dict)
    restarts: list[str] = field(default_factory=list)
    _ends: dict[str, AsyncExitStack] = field(default_factory=dict)

    async def start(self, name: str) -> None:
        """Start a process."""
        stack = self._ends[name] = AsyncExitStack()
        child = running(
            name, [_CASEFLOW, "run", name], self.scratch, self.settings.environment(), heard=False
        )
        self.processes[name] = await stack.enter_async_context(child)

    async def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        process = self.processes.pop(name)
        process.child.send_signal(signal.SIGKILL)
        await process.child.wait()
        await self._ends.pop(name).aclose()

    async def end(self) -> None:
        """End every process."""
        await asyncio.gather(*(stack.aclose() for stack in self._ends.values()))

    async def open_recalls(self, deadlines: dict[str, int]) -> None:
        """Publish a recall per case, overdue at its instant, and wait until caseflow waits for each request."""
        [load] = {load_of(ref) for ref in deadlines}
        events = [recall_decided(ref, deadline, self.grace_us) for ref, deadline in deadlines.items()]
        await publish(self.settings, events)

        async def all_open() -> bool:
            return int(await self.database.fetchval(_OPEN, ROW, cases_of(load))) == len(deadlines)

        await self.until(all_open, READY_S, f"the recalls of {load} are open")
        if now_us() >= min(deadlines.values()):
            raise RuntimeError(
                f"the first deadline of {load} passed before all was ready: measure on a quiet machine"
            )

    async def alerts(self, load: str) -> list[asyncpg.Record]:
        """Return case, deadline and state of every alert of a load."""
        return list(await self.database.fetch(_ALERTS, ROW, cases_of(load)))

    async def until_told(self, load: str, count: int, within_s: float) -> None:
        """Wait until so many cases of a load were told, or the time is over: the figures then say so."""
        deadline = time.monotonic() + within_s
        while len(self.receiver.first_told(load)) < count and time.monotonic() < deadline:
            await self._restart()
            await asyncio.sleep(_LOOK_S)

    async def until_instant(self, instant_us: int) -> None:
        """Wait until an instant has passed."""
        while now_us() < instant_us:
            await self._restart()
            await asyncio.sleep(min(_LOOK_S, max(0.0, (instant_us - now_us()) / 1e6)))

    async def until(self, condition: Callable[[], Awaitable[bool]], within_s: float, what: str) -> None:
        """Wait until a condition holds.

        Raises:
            ProcessFailedError: a process ended in a way that no restart heals, or the time is over.
        """
        deadline = time.monotonic() + within_s
        while not await condition():
            await self._restart()
            if time.monotonic() > deadline:
                raise ProcessFailedError(f"not within {within_s:.0f} s: {what}; logs in {self.scratch}")
            await asyncio.sleep(_LOOK_S)

    def cpu_seconds(self) -> dict[str, float]:
        """Return the CPU seconds used so far by every process and server; empty without /proc."""
        pids = {name: process.pid for name, process in self.processes.items()}
        pids |= {"kafka": self.servers.kafka.child.pid, "postgres": self.servers.postgres.child.pid}
        used = {name: family_cpu_seconds(pid) for name, pid in pids.items()}
        return {name: seconds for name, seconds in used.items() if seconds is not None}

    async def _restart(self) -> None:
        """Start again what ended with a failure that a restart heals, as `caseflow up` does."""
        for name, process in list(self.processes.items()):
            if process.child.returncode == exit_codes.HEALS:
                self.restarts.append(name)
                await self._ends.pop(name).aclose()
                await self.start(name)
            else:
                process.check_alive()
