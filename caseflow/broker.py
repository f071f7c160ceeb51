"""Waiting for Kafka and its topics before a stream starts: no crash loop while the broker is away."""

import asyncio
import signal
from contextlib import suppress

from caseflow.condition import Condition
from infra.log import logger
from infra.settings import Settings
from infra.topic_admin import TopicAdminError, missing

BACK_OFF_S = (0.5, 1.0, 2.0, 5.0)

log = logger("broker")


async def broker_with_topics(settings: Settings, condition: Condition) -> bool:
    """Return True as soon as the broker has every topic; False when a signal says to stop before.

    Meanwhile `condition.trouble` says what is missing.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    attempt = 0
    while not stop.is_set():
        condition.trouble = await _trouble(settings)
        if condition.trouble is None:
            return True
        log.warning("waiting", trouble=condition.trouble)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)])
        attempt += 1
    return False


async def _trouble(settings: Settings) -> str | None:
    try:
        absent = await missing(settings)
    except TopicAdminError as error:
        return str(error)
    return f"topics are missing: {', '.join(absent)}: run `caseflow topics apply`" if absent else None
