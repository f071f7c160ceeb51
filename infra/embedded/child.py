"""A server process under its guard: started, asked to stop, killed, watched."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from infra.embedded.errors import EmbeddedServerError

GUARD = Path(__file__).with_name("guard.py")
POLL_S = 0.03


@dataclass(slots=True)
class Child:
    """One server process. `folder` holds its lock with the process id, and `output` what it printed."""

    name: str
    folder: Path
    stop_signal: str
    user: str = ""
    output: Path = field(init=False)
    _guard: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        """Name the file of what the server prints before and beside its own log."""
        self.output = self.folder / "output.log"

    @property
    def running(self) -> bool:
        """Return whether the server process lives."""
        return self._guard is not None and self._guard.poll() is None

    @property
    def pid(self) -> int:
        """Return the server's own process id (not its guard's), for as long as it runs.

        Raises:
            EmbeddedServerError: it does not run.
        """
        text = self._lock.read_text().strip() if self.running else ""
        if not text:
            raise EmbeddedServerError(f"{self.name} does not run, so it has no process id")
        return int(text)

    def start(self, command: list[str]) -> None:
        """Start the process; does not wait until it answers.

        It has a session of its own, so that Ctrl-C reaches the supervisor alone, which stops it in its turn.

        Raises:
            EmbeddedServerError: it runs already.
        """
        if self.running:
            raise EmbeddedServerError(
                f"{self.name} runs already in {self.folder}: stop it before a new start"
            )
        self._reap()
        self._lock.write_text("")
        guarded = [sys.executable, "-I", "-S", str(GUARD), str(self._lock), self.stop_signal, self.user, "--"]
        with self.output.open("wb") as output:
            self._guard = subprocess.Popen(  # noqa: S603 - the command is our own
                [*guarded, *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    async def ready(self, answers: Callable[[], Awaitable[bool]], within_s: float) -> None:
        """Return as soon as `answers` says yes.

        Raises:
            EmbeddedServerError: the process ended, or did not answer in time (it is killed then); the message
                carries the end of its output.
        """
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            if not self.running:
                self._reap()
                raise EmbeddedServerError(f"{self.name} ended while it started: {self.said()}")
            if await answers():
                return
            await asyncio.sleep(POLL_S)
        await self.kill()
        raise EmbeddedServerError(f"{self.name} did not answer within {within_s:.0f} s: {self.said()}")

    async def stop(self, within_s: float = 30.0) -> None:
        """Ask the server to stop and wait for its end; kill it when it takes longer. May be repeated."""
        if self._guard is None:
            return
        if self._guard.stdin:
            self._guard.stdin.close()  # the guard takes the end of its input for our wish
        if not await self._ended(within_s):
            await self.kill()
        self._reap()

    async def kill(self) -> None:
        """Kill the server with SIGKILL, as a power cut would, and wait for its end. May be repeated."""
        if self._guard is None:
            return
        with contextlib.suppress(EmbeddedServerError, ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        if not await self._ended(5.0):
            self._guard.kill()
        self._reap()

    def said(self, lines: int = 12) -> str:
        """Return the end of what the server printed."""
        text = self.output.read_text(errors="replace").strip().splitlines() if self.output.exists() else []
        return "\n".join(["(its last lines, from " + str(self.output) + ")", *text[-lines:]])

    @property
    def _lock(self) -> Path:
        return self.folder / "running"

    def _reap(self) -> None:
        """Wait for the guard, which ends or has ended, and close what is open between us."""
        if self._guard is not None:
            self._guard.communicate()
            self._guard = None

    async def _ended(self, within_s: float) -> bool:
        deadline = time.monotonic() + within_s
        while self.running and time.monotonic() < deadline:  # noqa: ASYNC110 - a process sets no event
            await asyncio.sleep(POLL_S)
        return not self.running
