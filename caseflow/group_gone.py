"""Waiting until nobody works for a process any more, as Kafka sees it."""

import asyncio
import time

from caseflow.console import say
from consumers.group_members import members
from infra.settings import Settings

GRACE_S = 5.0
AGAIN_S = 1.0


async def gone(settings: Settings, group: str, *, wait: bool) -> bool:
    """Return whether a consumer group has no members.

    Args:
        settings: with the address of the broker.
        group: whose members are looked at.
        wait: for as long as one that died may count as living: until its session has run out.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    until = time.monotonic() + (settings.session_timeout_s + GRACE_S if wait else 0.0)
    said = False
    while await members(settings, group):
        if time.monotonic() >= until:
            return False
        if not said:
            said = True
            say(f"waiting until Kafka has noticed that {group.removeprefix('caseflow-')} stopped")
        await asyncio.sleep(AGAIN_S)
    return True
