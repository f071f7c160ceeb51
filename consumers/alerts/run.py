"""The alert dispatcher as a process: channels, dispatcher and health, from start to clean end."""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor

from consumers.alerts.channels.opened import channels
from consumers.alerts.dispatcher import Dispatcher
from consumers.alerts.post import Post
from consumers.alerts.queues import Partnership
from consumers.stopping import stopped_by_signals
from infra import health
from infra.alert_targets import AlertTargets
from infra.log import logger
from infra.settings import Settings
from models.routes import RouteList

THREADS = 32
"""Names are looked up and chat services written to in threads: enough of them that a slow one delays nobody."""

log = logger("alerts")


async def run(
    settings: Settings,
    partnership: Partnership,
    targets: AlertTargets,
    *,
    owners: Collection[str] = (),
    stop: asyncio.Event | None = None,
    listening: Callable[[int], None] = lambda _: None,
) -> None:
    """Bring alerts out until SIGTERM, SIGINT or `stop`; returns after a clean end.

    May be started any number of times: one is at work, the others stand by. At least once: a message that may
    have left before a crash is repeated with the same id.

    Args:
        settings: both addresses must be known; the database must be migrated.
        partnership: the profile's routes and zone.
        targets: addresses and secrets.
        owners: agencies for whom alerts are raised; those without an address are named at the start.
        stop: ends the run when set; given, no signal handler is installed.
        listening: told the port of /metrics and /health once they answer.

    Raises:
        Exception: what does not pass by itself; the process should be started again.
    """
    stop = stop or stopped_by_signals()
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "alerts"))
    for trouble in absent(partnership.routes, targets, owners):
        log.warning("messages will wait, and be parked", why=trouble)
    async with channels(settings, targets) as opened:
        post = Post(opened, settings.alert_link, targets.pseudonym_key)
        dispatcher = Dispatcher(settings.database_url, partnership, post)
        server = health.serve(
            settings.metrics_host,
            settings.metrics_port,
            lambda: dispatcher.turns.trouble,
            dispatcher.turns.hung,
        )
        listening(server.port)
        try:
            await dispatcher.run(stop)
            log.info("stopped cleanly")
        finally:
            server.close()


def absent(routes: RouteList, targets: AlertTargets, owners: Collection[str]) -> list[str]:
    """Return in words what the routes need and the targets file does not have."""
    found = []
    for route in routes.routes:
        receivers = [route.receiver] if route.receiver else sorted(route.owners or owners)
        names = dict.fromkeys(route.target_for(receiver) for receiver in receivers)
        lacking = [name for name in names if not targets.has(route.channel, name)]
        if lacking:
            found.append(
                f"route {route.name}: the alert targets have no {route.channel} {', '.join(lacking)}"
            )
        if route.outside and targets.pseudonym_key is None:
            found.append(f"route {route.name} goes outside: the alert targets have no pseudonym_key")
    return found
