"""One table: which failure of the Kafka client means what to a publisher."""

from aiokafka.errors import (
    AuthenticationFailedError,
    AuthenticationMethodNotSupported,
    ClusterAuthorizationFailedError,
    KafkaError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumber,
    ProducerClosed,
    ProducerFenced,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)

from models.refusals import Reason, Refused, Step
from publishers.sdk.errors import (
    BrokerUnavailableError,
    EventRefusedError,
    NotAuthorisedError,
    PublisherBrokenError,
    PublisherClosedError,
    PublishError,
    TopicMissingError,
)

_MEANING: tuple[tuple[tuple[type[BaseException], ...], type[PublishError]], ...] = (
    (
        (
            TopicAuthorizationFailedError,
            ClusterAuthorizationFailedError,
            AuthenticationFailedError,
            AuthenticationMethodNotSupported,
            SaslAuthenticationFailed,
        ),
        NotAuthorisedError,
    ),
    ((UnknownTopicOrPartitionError,), TopicMissingError),
    ((OutOfOrderSequenceNumber, ProducerFenced), PublisherBrokenError),
    ((ProducerClosed,), PublisherClosedError),
    ((TimeoutError, OSError, KafkaError), BrokerUnavailableError),
)


def publish_error(error: BaseException, where: str = "") -> PublishError:
    """Return the typed error for a failure of the Kafka client; raise anything else again as it is."""
    if isinstance(error, MessageSizeTooLargeError):
        return EventRefusedError(Refused(Reason.TOO_LARGE, Step.DECODE, "the broker admits less"))
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    for failures, meaning in _MEANING:
        if isinstance(error, failures):
            return meaning(f"({where}: {said})" if where else f"({said})")
    raise error
