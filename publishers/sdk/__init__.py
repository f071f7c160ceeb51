"""What an agency imports to publish its events. Loads no database driver.

async with Publisher(Settings(), profile) as publisher:
    receipt = await publisher.publish(Event(id="A-17", source="/agency/durham-police", ...))
"""

from publishers.sdk.errors import (
    BrokerUnavailableError,
    EventRefusedError,
    NotAuthorisedError,
    PublisherBrokenError,
    PublisherClosedError,
    PublishError,
    TopicMissingError,
)
from publishers.sdk.ids import fresh_id
from publishers.sdk.outgoing import Outgoing, prepare
from publishers.sdk.publisher import Publisher
from publishers.sdk.receipt import Receipt, Sent

__all__ = [
    "BrokerUnavailableError",
    "EventRefusedError",
    "NotAuthorisedError",
    "Outgoing",
    "PublishError",
    "Publisher",
    "PublisherBrokenError",
    "PublisherClosedError",
    "Receipt",
    "Sent",
    "TopicMissingError",
    "fresh_id",
    "prepare",
]
