"""A process under measurement: start it, read its first line, look at its time and memory, end it."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

FIRST_LINE_S = 60.0
"""Longest time from the start of a candidate to its first event: Java, imports, joining the group."""
_STOP_S = 8.0
_TAIL = 2_000


class ProcessFailedError(RuntimeError):
    """A process under measurement ended by itself, or did not get to work in time."""


@dataclass(frozen=True)
class Usage:
    """What a process has used: CPU seconds since its start, resident memory now and at its peak, in MB."""

    cpu_seconds: float
    rss_mb: float
    peak_rss_mb: float


@dataclass(frozen=True)
class Measured:
    """A running child process and the file that its standard error goes to."""

    name: str
    child: asyncio.subprocess.Process
    log: Path

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self.child.pid

    def usage(self) -> Usage | None:
        """Return what the process has used so far; None where the system has no /proc."""
        return usage_of(self.pid)

    async def until_first_event(self) -> None:
        """Wait until the process says, on standard output, that it handles its first event.

        Raises:
            ProcessFailedError: it ended before, or `FIRST_LINE_S` passed.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_LINE_S):
                while line := await self._output().readline():
                    if b'"first_event"' in line:
                        return
        raise self.failed("handled no event")

    def check_alive(self) -> None:
        """Raise ProcessFailedError if the process has ended."""
        if self.child.returncode is not None:
            raise self.failed(f"ended with code {self.child.returncode}")

    def failed(self, what: str) -> ProcessFailedError:
        """Return the error that says what went wrong and how the log ends."""
        tail = self.log.read_text(errors="replace")[-_TAIL:]
        return ProcessFailedError(f"{self.name} {what}; its log, {self.log}, ends:\n{tail}")

    def _output(self) -> asyncio.StreamReader:
        if self.child.stdout is None:
            raise RuntimeError(f"{self.name} was started without a standard output to read")
        return self.child.stdout


@asynccontextmanager
async def running(
    name: str,
    command: Sequence[str | Path],
    scratch: Path,
    environment: dict[str, str] | None = None,
    *,
    heard: bool = True,
) -> AsyncIterator[Measured]:
    """Run a command in `scratch` while the block lasts, then end it: SIGTERM, after 8 s SIGKILL.

    `environment` is added to this process's own. The log is `scratch/<name>.log`: standard error,
    and standard output too unless that is `heard`, read by `until_first_event`.
    """
    log = scratch / f"{name}.log"
    with log.open("ab") as errors:
        child = await asyncio.create_subprocess_exec(
            *map(str, command),
            cwd=scratch,
            env=dict(os.environ) | (environment or {}),  # noqa: TID251 - handed on to a child, not read
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE if heard else errors,
            stderr=errors,
        )
    try:
        yield Measured(name, child, log)
    finally:
        await _end(child)


async def _end(child: asyncio.subprocess.Process) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if child.returncode is None:
            with suppress(ProcessLookupError, TimeoutError):
                child.send_signal(sign)
                async with asyncio.timeout(_STOP_S):
                    await child.communicate()


def folder(parent: Path, name: str) -> Path:
    """Make a new folder for what a process leaves behind, and return it."""
    made = parent / name
    made.mkdir(parents=True)
    return made


def usage_of(pid: int) -> Usage | None:
    """Return what a process has used so far; None where the system has no /proc or the process is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    user, system = stat.rpartition(")")[2].split()[11:13]
    ticks = os.sysconf("SC_CLK_TCK")
    return Usage((int(user) + int(system)) / ticks, _megabytes(status, "VmRSS"), _megabytes(status, "VmHWM"))


def family_cpu_seconds(pid: int) -> float | None:
    """Return the CPU seconds of a process, its children now alive and those it has seen end; None without /proc."""
    try:
        own = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return None
    alive = (usage_of(int(child)) for child in children)
    seconds = sum(map(int, own)) / os.sysconf("SC_CLK_TCK")
    return seconds + sum(used.cpu_seconds for used in alive if used)


def _megabytes(status: str, field: str) -> float:
    found = re.search(rf"^{field}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
