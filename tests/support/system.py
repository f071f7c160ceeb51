"""A whole caseflow in tests: its processes as children that may be killed, and the wait for its end by offsets."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from infra import exit_codes, topics
from infra.kafka_positions import Place, committed, waiting
from infra.postgres import connect
from infra.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = ("intake", "timelines", "projector")
"""Those that make rows of events; `alerts` sends what the rows raise."""
PROJECTED = (topics.EVENTS, topics.CHANGES, topics.DEAD_LETTERS)


@dataclass
class Worker:
    """One child process, ended at the latest with the system."""

    name: str
    child: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """End it as a power cut would."""
        self.child.kill()
        self.child.wait()

    def send(self, number: signal.Signals) -> None:
        """Send a signal: SIGSTOP and SIGCONT make a zombie."""
        self.child.send_signal(number)

    async def stopped(self, within_s: float = 60.0) -> None:
        """Wait until the process has stopped itself at a fault point."""
        deadline = time.monotonic() + within_s
        how = os.WSTOPPED | os.WNOWAIT | os.WNOHANG
        while os.waitid(os.P_PID, self.child.pid, how) is None:  # noqa: ASYNC222 - it does not wait
            assert time.monotonic() < deadline, f"{self.name} did not stop: {self.log.read_text()[-2000:]}"
            await asyncio.sleep(0.05)

    async def exit_code(self, within_s: float = 60.0) -> int:
        """Wait for the process to end by itself, and say how."""
        deadline = time.monotonic() + within_s
        while (code := self.child.poll()) is None:
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"{self.name} did not end within {within_s:.0f} s; see {self.log.read_text()[-2000:]}"
                )
            await asyncio.sleep(0.05)
        return code


@dataclass
class System:
    """Processes on given servers; every start gives a worker a store of its own name."""

    settings: Settings
    workers: list[Worker] = field(default_factory=list)

    def start(self, name: str, *, fault: str | None = None, worker: str = "one", **over: object) -> Worker:
        """Start a process; `fault` kills it at a point, `over` replaces settings."""
        wanted = {"fault": fault, "worker": worker, "max_poll_records": 150, **over}
        settings = self.settings.model_copy(update={k: v for k, v in wanted.items() if v is not None})
        log = self.settings.data / f"{name}-{len(self.workers)}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            child = subprocess.Popen(
                [sys.executable, "-P", "-m", "caseflow", "run", name],
                env=settings.environment(),
                cwd=ROOT,
                stdout=out,
                stderr=out,
            )
        self.workers.append(Worker(name, child, log))
        return self.workers[-1]

    def start_all(self) -> None:
        """Start one of each process."""
        for name in PROCESSES:
            self.start(name)

    def stop_all(self) -> None:
        """Kill every child that still runs."""
        for worker in self.workers:
            if worker.child.poll() is None:
                worker.send(signal.SIGCONT)
                worker.kill()
        self.workers.clear()

    def revive(self) -> None:
        """Start what has ended with a failure that a restart heals, as the supervisor does."""
        for worker in [w for w in self.workers if w.child.poll() == exit_codes.HEALS]:
            self.workers.remove(worker)
            self.start(worker.name)

    async def settled(self, within_s: float = 90.0, *, supervised: bool = False) -> None:
        """Wait until everything published has become rows, by offsets; fail with the processes' last words."""
        deadline = time.monotonic() + within_s
        while (behind := await self._behind()) is not None:
            if supervised:
                self.revive()
            dead = [w for w in self.workers if w.child.poll() not in (None, 0, -signal.SIGKILL)]
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"{behind}\n" + "\n".join(w.log.read_text()[-1500:] for w in dead or self.workers)
                )
            await asyncio.sleep(0.2)

    async def _behind(self) -> str | None:
        """Return which stage is not at its end, or None."""
        stages = (
            ("intake", topics.RAW, await committed(self.settings, topics.INTAKE_GROUP)),
            ("timelines", [topics.EVENTS], await committed(self.settings, topics.TIMELINES_GROUP)),
            ("the projector", PROJECTED, await positions(self.settings)),
        )
        for name, read, reached in stages:
            everywhere = {
                (t, n): reached.get((t, n), 0) for t in read for n in range(self.settings.partitions)
            }
            if any((await waiting(self.settings, everywhere)).values()):
                return f"{name} is behind"
        return None


async def positions(settings: Settings) -> dict[Place, int]:
    """Return the positions that the projector has stored beside its rows."""
    connection = await connect(settings.database_url, "test")
    try:
        rows = await connection.fetch("SELECT topic, part, next_offset FROM consumer_offset")
        return {(row["topic"], row["part"]): row["next_offset"] for row in rows}
    finally:
        await connection.close()
