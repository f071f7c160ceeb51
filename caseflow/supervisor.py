"""Keeps the processes of caseflow running: restarts with back-off, and leaves alone what is held."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from caseflow import held, run_files
from caseflow.backoff import BackOff
from caseflow.guarded import Guarded
from caseflow.running import Process
from caseflow.watchdog import watch
from infra import exit_codes
from infra.settings import Settings

SESSION_TIMEOUT_S = 10.0
"""So long do the partitions of a killed process wait for their next owner: here that is the same one again."""
LOOK_S = 0.5
"""How soon a released process starts again."""

Say = Callable[[str], None]


@asynccontextmanager
async def supervised(settings: Settings, say: Say) -> AsyncIterator[None]:
    """Keep every process running until the block ends, then stop them all at once and wait for their end."""
    tasks = [asyncio.create_task(keep(settings, process.value, say)) for process in Process]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def log_of(settings: Settings, process: str) -> Path:
    """Return the file that a supervised process logs to."""
    return settings.data / "logs" / f"{process}.log"


async def keep(settings: Settings, process: str, say: Say) -> None:
    """Start a process, and start it again whenever it ends, until cancelled.

    One that ends with 78 is held: it stays stopped, also after a restart of the supervisor, until
    `caseflow dead-letters resume` or `caseflow rebuild` releases it.
    """
    child, back_off = _child(settings, process), BackOff()
    while True:
        await _released(settings, process, say)
        began = time.monotonic()
        code = await _watched(settings, process, child, say)
        if code == exit_codes.HELD:
            held.hold(settings.data, process)
            continue
        wait_s = back_off.after(time.monotonic() - began)
        say(
            f"{process} ended with exit code {code} and starts again in {wait_s:g} s: see {child.log} "
            "for the reason"
        )
        await asyncio.sleep(wait_s)


async def _watched(settings: Settings, process: str, child: Guarded, say: Say) -> int:
    watchdog = asyncio.create_task(watch(settings, process, child, say))
    try:
        return await child.run()
    finally:
        run_files.forget(settings, process)  # a killed process leaves its file
        watchdog.cancel()
        await asyncio.gather(watchdog, return_exceptions=True)


async def _released(settings: Settings, process: str, say: Say) -> None:
    """Return once a process is not held."""
    if process not in held.held(settings.data):
        return
    say(f"{process} is held: {held.why(process)}")
    while process in held.held(settings.data):  # noqa: ASYNC110 - another process removes the file
        await asyncio.sleep(LOOK_S)
    say(f"{process} is released and starts again")


def _child(settings: Settings, process: str) -> Guarded:
    """Return the child of a process: the same settings, and a port of its own."""
    place = list(Process).index(Process(process))
    port = settings.metrics_port + place if settings.metrics_port else 0
    own = settings.model_copy(update={"metrics_port": port, "data": settings.data.resolve()})
    if "session_timeout_s" not in settings.model_fields_set:
        own = own.model_copy(update={"session_timeout_s": SESSION_TIMEOUT_S})
    return Guarded(
        # -P: a folder named like one of the rooms, in the directory where one happens to be, is not ours.
        command=[sys.executable, "-P", "-m", "caseflow", "run", process],
        lock=settings.data / "run" / f"{process}.lock",
        log=log_of(settings, process),
        environment=own.environment(),
    )
