"""What the SDK refuses before anything is sent, and what its errors say."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiokafka.errors import (
    KafkaConnectionError,
    OutOfOrderSequenceNumber,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)

from infra.settings import Settings
from models.envelope import Event
from models.refusals import Reason, Refused
from publishers.sdk import (
    BrokerUnavailableError,
    NotAuthorisedError,
    Outgoing,
    Publisher,
    PublisherBrokenError,
    PublisherClosedError,
    TopicMissingError,
    fresh_id,
    prepare,
)
from publishers.sdk.failures import publish_error
from publishers.sdk.receipt import Receipt, Sent
from tests.support.profiles import shipped


def event(**changes: object) -> Event:
    fields = {
        "id": "a-1",
        "source": "/agency/police",
        "type": "caseflow.charge.arrested.v1",
        "subject": "CC1",
        "time": datetime(2019, 3, 4, 10, tzinfo=UTC),
        "history": True,
    }
    return Event.model_validate(fields | changes)


def test_an_event_goes_to_the_topic_of_its_stage_under_its_case():
    outgoing = prepare(event(subject="Fälle/1"))
    assert isinstance(outgoing, Outgoing)
    assert (outgoing.topic, outgoing.key) == ("caseflow.charge", "Fälle/1".encode())
    assert Event.from_json(outgoing.value) == event(subject="Fälle/1")


def test_an_internal_topic_cannot_be_written_to_by_naming_it_as_a_stage():
    refused = prepare(event(type="caseflow.events.arrested.v1"))
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.UNKNOWN_TYPE


def test_an_event_above_one_mebibyte_is_refused():
    assert prepare(event(data={"text": "x" * (1 << 20)})).reason is Reason.TOO_LARGE


@pytest.mark.parametrize("data", [{"a": "\ud800"}, {"a": 1 << 70}])
def test_what_json_cannot_carry_is_refused(data):
    assert prepare(event(data=data)).reason is Reason.NOT_JSON


def test_a_nul_is_refused():
    assert prepare(event(data={"a": ["\x00"]})).reason is Reason.NUL_CHARACTER


def test_with_a_profile_everything_that_intake_checks_is_checked():
    profile = shipped("cook-county")
    assert isinstance(prepare(event(), profile), Outgoing)
    assert prepare(event(source="/agency/court"), profile).reason is Reason.SOURCE_NOT_ALLOWED


def test_bytes_that_were_read_are_sent_as_they_are():
    value = b'{"spacing":  "kept"}'
    assert prepare(event(), None, value).value == value


@pytest.mark.parametrize(
    ("failure", "meaning"),
    [
        (KafkaConnectionError("no route"), BrokerUnavailableError),
        (TimeoutError("no answer within 5 s"), BrokerUnavailableError),
        (ConnectionRefusedError(), BrokerUnavailableError),
        (UnknownTopicOrPartitionError(), TopicMissingError),
        (TopicAuthorizationFailedError("caseflow.charge"), NotAuthorisedError),
        (OutOfOrderSequenceNumber(), PublisherBrokenError),
    ],
)
def test_a_failure_of_the_client_becomes_a_typed_error_that_says_what_to_do(failure, meaning):
    error = publish_error(failure, "caseflow.charge")
    assert type(error) is meaning
    assert str(error).startswith((meaning.__doc__ or "").partition("\n")[0])
    assert "caseflow.charge" in str(error)


def test_a_mistake_in_our_own_code_is_not_taken_for_a_failure_of_kafka():
    with pytest.raises(ZeroDivisionError):
        publish_error(ZeroDivisionError())


async def test_a_publisher_that_is_not_open_says_so():
    with pytest.raises(PublisherClosedError, match="async with"):
        await Publisher(Settings()).publish(event())


async def test_a_broker_that_is_not_there_is_unavailable():
    nowhere = Settings().at("127.0.0.1:1", "postgresql://nowhere")
    with pytest.raises(BrokerUnavailableError, match=r"127\.0\.0\.1:1"):
        async with Publisher(nowhere, deadline_s=2.0):
            pass


async def test_a_promise_without_an_answer_ends_at_its_deadline():
    with pytest.raises(BrokerUnavailableError, match=r"within 0\.01 s"):
        await Sent(asyncio.get_running_loop().create_future(), 0.01)


def test_a_receipt_tells_the_append_time():
    receipt = Receipt("caseflow.charge", 0, 5, 1_700_000_000_123)
    assert receipt.appended_at == datetime(2023, 11, 14, 22, 13, 20, 123_000, tzinfo=UTC)


def test_fresh_ids_differ():
    assert len({fresh_id() for _ in range(100)}) == 100
