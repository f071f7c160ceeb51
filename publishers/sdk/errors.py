"""Why publishing failed: the first line of each docstring is the beginning of the message."""

from models.refusals import MEANING, Refused


class PublishError(Exception):
    """The event was not published.

    Catch this one for all of them. After any of them the same event, with the same id, may be published
    again: a repeat of what did arrive changes nothing.
    """

    def __init__(self, detail: str = "") -> None:
        """Say the docstring's first line, and then what is known of this failure."""
        said = (type(self).__doc__ or type(self).__name__).partition("\n")[0]
        super().__init__(f"{said} {detail}".strip())


class EventRefusedError(PublishError):
    """The event is wrong and would not be accepted: correct it before publishing it again.

    Nothing was sent. `refused` holds the reason, the check and the place.
    """

    def __init__(self, refused: Refused) -> None:
        """Keep the refusal."""
        self.refused = refused
        super().__init__(f"{refused.reason.value} ({MEANING[refused.reason]}): {refused.detail}")


class BrokerUnavailableError(PublishError):
    """Kafka did not answer in time: see that it runs and that the address is right, then publish again.

    Whether the event arrived is not known. Publishing it again with the same id is harmless.
    """


class NotAuthorisedError(PublishError):
    """Kafka does not let this client publish there: check user, password, certificate and topic rights."""


class TopicMissingError(PublishError):
    """The topic does not exist: create it with `caseflow topics apply`."""


class PublisherClosedError(PublishError):
    """This publisher is not open: use it inside `async with Publisher(settings) as publisher`."""


class PublisherBrokenError(PublishError):
    """This publisher lost its place in a partition: leave it, open a new one and publish again.

    Kafka no longer recognises the order of what this client sent; going on could lose or double records.
    """
