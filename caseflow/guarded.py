"""One child process of the supervisor, which ends with the supervisor however that ends."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from infra.embedded.child import GUARD

GRACE_S = 20.0


@dataclass(slots=True)
class Guarded:
    """A command under infra's guard, which asks it to stop when this process is gone, kill -9 included.

    `lock` holds the child's process id, and is held by the child: a former one that still stops is waited for.
    """

    command: Sequence[str]
    lock: Path
    log: Path
    environment: Mapping[str, str]
    _guard: asyncio.subprocess.Process | None = field(default=None, init=False)

    async def run(self) -> int:
        """Run the command to its end and return its exit code, as a shell counts it.

        Cancelled, it asks the command to stop, kills it after a grace, and then ends.
        """
        for file in (self.lock, self.log):
            file.parent.mkdir(parents=True, exist_ok=True)
        guard = [sys.executable, "-I", "-S", str(GUARD), str(self.lock), "SIGTERM", "", "--"]
        with self.log.open("ab") as log:
            self._guard = await asyncio.create_subprocess_exec(
                *guard,
                *self.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops its children in turn
            )
        try:
            return await self._guard.wait()
        finally:
            await self._end(self._guard)

    def kill(self) -> None:
        """Kill the child with SIGKILL; `run` then returns 137."""
        text = self.lock.read_text().strip()
        if self._guard is not None and self._guard.returncode is None and text:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(text), signal.SIGKILL)

    async def _end(self, guard: asyncio.subprocess.Process) -> None:
        if guard.stdin is not None:
            guard.stdin.close()  # the guard takes the end of its input for our wish
        try:
            await asyncio.wait_for(asyncio.shield(guard.wait()), GRACE_S)
        except TimeoutError:
            self.kill()
            await guard.wait()
