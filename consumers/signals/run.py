"""The signals process: judge and health, from start to clean end."""

import asyncio
from collections.abc import Callable
from functools import partial

from consumers.signals.backlog import backlog
from consumers.signals.judging import Judge
from consumers.signals.process import Process
from consumers.stopping import stopped_by_signals
from infra import health
from infra.log import logger
from infra.settings import Settings
from models.profile import Profile

log = logger("signals")


async def run(
    settings: Settings,
    profile: Profile,
    *,
    stop: asyncio.Event | None = None,
    listening: Callable[[int], None] = lambda _: None,
) -> None:
    """Judge every local day once, until SIGTERM, SIGINT or `stop`; returns after a clean end.

    May be started any number of times: one is at work, the others stand by. A day is one transaction: after a
    crash it is judged again, with the same result.

    Args:
        settings: both addresses must be known; the database must be migrated.
        profile: that the database was filled with.
        stop: ends the run when set; given, no signal handler is installed.
        listening: told the port of /metrics and /health once they answer.

    Raises:
        Exception: what does not pass by itself; the process should be started again.
    """
    stop = stop or stopped_by_signals()
    process = Process(settings.database_url, Judge(profile), partial(backlog, settings))
    server = health.serve(
        settings.metrics_host, settings.metrics_port, lambda: process.turns.trouble, process.turns.hung
    )
    listening(server.port)
    try:
        await process.run(stop)
        log.info("stopped cleanly")
    finally:
        server.close()
