"""The watch: a client that hangs is told from a broker that is away."""

from collections.abc import Iterable
from types import SimpleNamespace

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaConnectionError

from consumers import watch
from consumers.failures import StalledError
from consumers.positions import Position
from consumers.watch import Watch
from infra import topics

PARTITION = TopicPartition(topics.EVENTS, 0)
Ends = dict[TopicPartition, int] | Exception


class Looks(Exception):  # noqa: N818 - not an error: the script is over
    """The broker has been asked as often as the test wants."""


class Broker:
    """Answers one look after the other."""

    def __init__(self, looks: Iterable[Ends]) -> None:
        self.looks = iter(looks)
        self.committed: list[dict[TopicPartition, int]] = []

    async def end_offsets(self, _: object) -> dict[TopicPartition, int]:
        ends = next(self.looks, None)
        if ends is None:
            raise Looks
        if isinstance(ends, Exception):
            raise ends
        return ends

    async def commit(self, offsets: dict[TopicPartition, int]) -> None:
        self.committed.append(offsets)


def watching(broker: Broker, trouble: str | None = None) -> Watch:
    assignment = SimpleNamespace(positions={PARTITION: Position(5, 1)})
    return Watch(broker, SimpleNamespace(assignment=assignment, trouble=trouble), limit_seconds=0.0)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "EVERY_SECONDS", 0.001)


async def test_records_beyond_a_position_that_stands_mean_that_the_client_hangs() -> None:
    with pytest.raises(StalledError, match=r"caseflow.events-0 stands at 5 .* goes on to 9"):
        await watching(Broker([{PARTITION: 9}] * 3)).run()


async def test_a_position_at_the_end_stands_for_good_reason() -> None:
    broker = Broker([{PARTITION: 5}] * 3)
    with pytest.raises(Looks):
        await watching(broker).run()
    assert broker.committed == [{PARTITION: 5}], "and is committed to Kafka once"


async def test_a_broker_that_is_away_is_trouble_and_no_reason_to_end() -> None:
    watched = watching(Broker([{PARTITION: 9}, KafkaConnectionError()] * 3))
    with pytest.raises(Looks):
        await watched.run()
    assert watched.trouble == "the broker does not answer: KafkaConnectionError"


async def test_a_database_that_is_away_is_no_reason_to_end() -> None:
    with pytest.raises(Looks):
        await watching(Broker([{PARTITION: 9}] * 3), trouble="the database is away").run()
