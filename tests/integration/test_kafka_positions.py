"""How far a reader is, asked of a real Kafka."""

from functools import partial
from pathlib import Path

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import NewTopic

from infra import kafka
from infra.kafka_positions import Place, committed, ends, reading, waiting
from infra.settings import Settings
from tests.support.servers import eventually, fresh_kafka

pytestmark = pytest.mark.servers


@pytest.fixture
async def topic(settings: Settings) -> str:
    """Give a topic of this test's own, with as many partitions as any other."""
    name = "only-for-positions"
    await made(settings, name)
    return name


async def made(settings: Settings, name: str) -> None:
    admin = kafka.admin(settings)
    try:
        await admin.start()
        await admin.create_topics([NewTopic(name, settings.partitions, 1)])
    finally:
        await admin.close()


async def test_where_nothing_is_left_the_look_ends_at_once(settings: Settings) -> None:
    place = ("any", 0)
    assert await waiting(settings, {place: 7}, {place: 7}) == {place: 0}


async def test_a_reader_that_is_never_used_ends_quietly(settings: Settings) -> None:
    async with reading(settings, [TopicPartition("any", 0)]):
        pass


async def test_a_broker_that_was_just_started_again_knows_what_was_committed(tmp_path: Path) -> None:
    """It reads its offsets for a while, and says that there are none until then."""
    place = TopicPartition("any", 0)
    for again in (False, True, True):
        async with fresh_kafka(tmp_path) as server:
            settings = Settings(kafka=server.bootstrap)
            if not again:
                await made(settings, place.topic)
                async with reading(settings, [place], "a-group") as reader:
                    await reader.commit({place: 7})
            assert await committed(settings, "a-group") == {tuple(place): 7}


async def test_what_waits_are_records_and_neither_markers_nor_what_was_aborted(
    settings: Settings, topic: str
) -> None:
    beginning = {(topic, number): 0 for number in range(settings.partitions)}
    behind_it = dict.fromkeys(beginning, 1)
    async with kafka.producer(settings, transactional_id=topic) as producer:
        async with producer.transaction():
            for number in range(settings.partitions):
                await producer.send(topic, b"kept", partition=number)
        await eventually(partial(end, settings, dict.fromkeys(beginning, 2)), what="a record and its marker")
        assert await waiting(settings, beginning) == dict.fromkeys(beginning, 2)
        assert await waiting(settings, behind_it) == dict.fromkeys(beginning, 0), "only markers follow"
        await producer.begin_transaction()
        await producer.send_and_wait(topic, b"withdrawn", partition=1)
        in_between = {**dict.fromkeys(beginning, 2), (topic, 1): 3}
        assert await ends(settings, [topic]) == in_between, "it may yet be committed"
        assert await waiting(settings, behind_it) == {**dict.fromkeys(beginning, 0), (topic, 1): 2}
        await producer.abort_transaction()
    await eventually(
        partial(end, settings, {**in_between, (topic, 1): 4}), what="the marker of what was aborted"
    )
    assert await waiting(settings, behind_it) == dict.fromkeys(beginning, 0)
    assert await waiting(settings, behind_it, in_between) == dict.fromkeys(beginning, 0)


async def end(settings: Settings, wanted: dict[Place, int]) -> bool:
    """Return whether the log ends there: markers are written a moment after a transaction has ended."""
    return await ends(settings, {topic for topic, _ in wanted}) == wanted
