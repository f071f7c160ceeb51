"""Chat services, by way of apprise, which knows a hundred of them."""

import asyncio
import logging
from collections.abc import Mapping

import apprise

from consumers.alerts.message import Message
from consumers.alerts.outcomes import Accepted, Failed, Outcome
from consumers.alerts.wording import subject, text
from infra.alert_targets import ChatTarget

# What it logs holds addresses, and a chat service's address is its key; its answer is all that we need.
logging.getLogger("apprise").disabled = True


class ChatChannel:
    """Posts plain text, in a thread: apprise blocks, for a few seconds at most."""

    def __init__(self, targets: Mapping[str, ChatTarget]) -> None:
        """Use the rooms of one installation."""
        self._targets = targets

    async def send(self, message: Message, target: str) -> Outcome:
        """Post a message; apprise says only whether the service took it, so that a failure is tried again."""
        found = self._targets.get(target)
        if found is None:
            return Failed(f"the targets file has no [chat.{target}]", may_have_left=False)
        return await asyncio.to_thread(_post, message, target, found)

    async def close(self) -> None:
        """Nothing stays open."""


def _post(message: Message, target: str, found: ChatTarget) -> Outcome:
    room = apprise.Apprise()
    if not room.add(found.url.get_secret_value()):  # the first one loads every service that apprise knows
        return Failed(f"apprise does not know the url of [chat.{target}]", may_have_left=False)
    took = room.notify(body=text(message), title=subject(message))
    return Accepted() if took else Failed("the chat service did not take it")
