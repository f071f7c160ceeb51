"""One attempt to send a message by its route's channel, with link and pseudonyms as the route needs them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from consumers.alerts.channels.opened import Sender
from consumers.alerts.message import Message, linked, pseudonymised
from consumers.alerts.outcomes import Failed, Outcome
from models.routes import Channel, Route


@dataclass(frozen=True, slots=True)
class Post:
    """The channels of an installation, the start of its links, and its key for references that go outside."""

    channels: Mapping[Channel, Sender]
    link: str | None
    pseudonym_key: SecretStr | None

    async def send(self, message: Message, route: Route, target: str) -> Outcome:
        """Try once. A route to the outside never carries a case reference: without a key it waits."""
        told = linked(message, self.link)
        if route.outside:
            if self.pseudonym_key is None:
                return Failed("the targets file has no pseudonym_key", may_have_left=False)
            told = pseudonymised(told, self.pseudonym_key.get_secret_value().encode())
        return await self.channels[route.channel].send(told, target)
