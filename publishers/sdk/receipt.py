"""What a publisher gets back: a promise, and then the broker's word that it has the event."""

import asyncio
from collections.abc import Generator
from datetime import datetime
from typing import Any, NamedTuple

from models.instants import from_us
from publishers.sdk.failures import publish_error


class Receipt(NamedTuple):
    """Every replica that must have the event has it, at this place.

    `offset` is -1 in one rare case: the broker had the event already (a repeat after a lost answer) and no
    longer knows where.
    """

    topic: str
    partition: int
    offset: int
    timestamp_ms: int

    @property
    def appended_at(self) -> datetime:
        """The broker's append time, UTC."""
        return from_us(self.timestamp_ms * 1000)


class Sent:
    """An event on its way: awaiting it gives the Receipt, or raises what `Publisher.publish` raises."""

    __slots__ = ("_deadline_s", "_future")

    def __init__(self, future: asyncio.Future[Any], deadline_s: float) -> None:
        """Keep the client's future and how long an await may take."""
        self._future = future
        self._deadline_s = deadline_s

    def done(self) -> bool:
        """Return whether awaiting it would return or raise at once."""
        return self._future.done()

    def __await__(self) -> Generator[Any, None, Receipt]:
        """Wait for the broker; may be repeated."""
        return self.receipt().__await__()

    async def receipt(self) -> Receipt:
        """Return the receipt once the broker has the event.

        Raises:
            BrokerUnavailableError: no answer within the publisher's deadline.
            PublishError: another reason of `publishers.sdk.errors`.
        """
        if not self._future.done():
            await asyncio.wait((self._future,), timeout=self._deadline_s)
        return self.result()

    def result(self) -> Receipt:
        """Return the receipt of an event that is `done`; raises like `receipt`, also when it is not done."""
        if not self._future.done():
            raise publish_error(TimeoutError(f"no answer within {self._deadline_s:g} s"))
        try:
            metadata = self._future.result()
        except Exception as error:
            raise publish_error(error) from error
        return Receipt(metadata.topic, metadata.partition, metadata.offset, metadata.timestamp)
