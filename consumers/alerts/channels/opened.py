"""Every channel of one installation, opened together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol

from consumers.alerts.channels.chat import ChatChannel
from consumers.alerts.channels.mail import MailChannel
from consumers.alerts.channels.topic import TopicChannel
from consumers.alerts.channels.webhook import WebhookChannel
from consumers.alerts.message import Message
from consumers.alerts.outcomes import Outcome
from infra.alert_targets import AlertTargets
from infra.settings import Settings
from models.routes import Channel


class Sender(Protocol):
    """One channel: an attempt takes seconds at most, and ends with an outcome, or with what nobody expected."""

    async def send(self, message: Message, target: str, /) -> Outcome:
        """Try once to send a message to a named target."""

    async def close(self) -> None:
        """Give back what is open."""


@asynccontextmanager
async def channels(settings: Settings, targets: AlertTargets) -> AsyncIterator[Mapping[Channel, Sender]]:
    """Give all channels for the time of the block; none connects before its first message."""
    opened: dict[Channel, Sender] = {
        Channel.KAFKA: TopicChannel(settings),
        Channel.WEBHOOK: WebhookChannel(targets.webhook),
        Channel.EMAIL: MailChannel(targets.email),
        Channel.CHAT: ChatChannel(targets.chat),
    }
    async with AsyncExitStack() as stack:
        for sender in opened.values():
            stack.push_async_callback(sender.close)
        yield opened
