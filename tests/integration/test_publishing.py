"""Publishing to a real Kafka: receipts, batches, missing topics, a broker that goes, and whole files."""

import asyncio
import gzip
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from aiokafka.structs import TopicPartition

from infra.embedded import KafkaServer
from infra.kafka import consumer
from infra.settings import Settings
from infra.topic_admin import TopicAdminError, apply, check
from infra.topics import CATALOGUE, INTAKE_GROUP
from models.canonical import CLOCK_KEY
from models.envelope import Event
from publishers.as_of import IntakeTooSlowError, Waiting, send_as_of
from publishers.files import publish_file
from publishers.sdk import BrokerUnavailableError, Publisher, Receipt, TopicMissingError, prepare
from tests.support.profiles import shipped
from tests.support.servers import fresh_kafka
from tests.support.shared import shared

COOK = shipped("cook-county")


def at(server: KafkaServer) -> Settings:
    return Settings().at(server.bootstrap, "postgresql://not-needed")


@pytest.fixture
async def kafka(tmp_path: Path) -> AsyncIterator[KafkaServer]:
    async with fresh_kafka(tmp_path / "kafka") as server:
        yield server


def event(number: int, case: str | None = None) -> Event:
    return Event(
        id=f"e-{number}",
        source="/agency/police",
        type="caseflow.charge.arrested.v1",
        subject=case or f"CC{number}",
        time=datetime(2019, 3, 4, 10, tzinfo=UTC),
        history=True,
    )


async def everything(settings: Settings, *topics: str) -> list:
    """Read every record of some topics, up to their present ends."""
    client = consumer(settings)
    await client.start()
    try:
        places = [TopicPartition(topic, number) for topic in topics for number in range(settings.partitions)]
        client.assign(places)
        ends = await client.end_offsets(places)
        await client.seek_to_beginning(*places)
        records = []
        async with asyncio.timeout(60):
            while any([await client.position(place) < ends[place] for place in places]):
                for batch in (await client.getmany(timeout_ms=500)).values():
                    records += batch
        return records
    finally:
        await client.stop()


@pytest.mark.servers
async def test_topics_are_created_once_and_differences_are_told(kafka):
    settings = at(kafka)
    missing = await check(settings)
    assert len(missing) == len(CATALOGUE)
    assert missing[0] == "caseflow.charge is missing: create it with `caseflow topics apply`"
    with pytest.raises(TopicMissingError, match=r"caseflow\.charge .*|caseflow topics apply"):
        async with Publisher(settings, deadline_s=1.0) as publisher:
            await publisher.publish(event(1))
    both = await asyncio.gather(apply(settings), apply(settings))
    assert sorted(both[0] + both[1]) == sorted(topic.name for topic in CATALOGUE)
    assert await apply(settings) == []
    assert await check(settings) == []
    told = await check(settings.model_copy(update={"partitions": 5, "replication": 2}))
    assert len(told) == 2 * len(CATALOGUE)
    assert "caseflow.charge has 4 partitions, expected 5" in told[0]


async def test_topics_cannot_be_applied_where_there_is_no_kafka():
    with pytest.raises(TopicAdminError, match=r"127\.0\.0\.1:1"):
        await apply(Settings().at("127.0.0.1:1", "postgresql://not-needed"))


@pytest.mark.servers
async def test_many_at_once_share_batches_and_each_gets_its_own_receipt(kafka):
    settings = at(kafka)
    await apply(settings)
    async with Publisher(settings, COOK) as publisher:
        receipts = await asyncio.gather(*(publisher.publish(event(n)) for n in range(2000)))
    assert len({(r.partition, r.offset) for r in receipts}) == 2000
    records = await everything(settings, "caseflow.charge")
    by_place = {(r.partition, r.offset): r for r in records}
    for number, receipt in enumerate(receipts):
        record = by_place[receipt.partition, receipt.offset]
        assert (record.key, record.timestamp) == (f"CC{number}".encode(), receipt.timestamp_ms)
        assert Event.from_json(record.value) == event(number)


@pytest.mark.servers
async def test_single_bulk_and_pipelined_sending_agree_on_the_partition_and_keep_the_order(kafka):
    settings = at(kafka)
    await apply(settings)
    async with Publisher(settings, max_in_flight=7) as publisher:
        singles = [await publisher.send(event(n, f"case {n % 5}")) for n in range(100)]
        receipts: list[Receipt] = [await sent for sent in singles]
        bulk = publisher.bulk()
        for number in range(100, 20_000):
            await bulk.add(prepare(event(number, f"case {number % 5}")))
        await bulk.flush()
        await bulk.flush()
    assert len(receipts) == 100
    records = await everything(settings, "caseflow.charge")
    assert len(records) == 20_000
    assert len({(r.key, r.partition) for r in records}) == 5
    for case in range(5):
        mine = [orjson.loads(r.value)["id"] for r in records if r.key == f"case {case}".encode()]
        assert mine == [f"e-{n}" for n in range(case, 20_000, 5)]
    ends = Counter({("caseflow.charge", r.partition): r.offset for r in records})
    assert dict(ends) == bulk.last


@pytest.mark.servers
async def test_a_broker_that_goes_is_told_of_in_time_and_a_new_publisher_goes_on(kafka):
    settings = at(kafka)
    await apply(settings)
    async with Publisher(settings, deadline_s=3.0) as publisher:
        await publisher.publish(event(1))
        await kafka.kill()
        with pytest.raises(BrokerUnavailableError):
            await publisher.publish(event(2))
        bulk = publisher.bulk()
        await bulk.add(prepare(event(3)))
        with pytest.raises(BrokerUnavailableError):
            await bulk.flush()
    await kafka.start()
    async with Publisher(settings) as publisher:
        await publisher.publish(event(2))
    seen = {orjson.loads(r.value)["id"] for r in await everything(settings, "caseflow.charge")}
    assert {"e-1", "e-2"} <= seen


@pytest.mark.servers
async def test_a_short_stop_of_the_broker_is_waited_out(kafka):
    settings = at(kafka)
    await apply(settings)
    async with Publisher(settings) as publisher:
        await publisher.publish(event(1))
        await kafka.stop()
        waiting = asyncio.create_task(publisher.publish(event(2)))
        await kafka.start()
        assert (await waiting).offset >= 0
    assert len(await everything(settings, "caseflow.charge")) == 2


@pytest.mark.servers
async def test_a_file_is_published_with_its_last_offsets_and_again_with_the_same_ids(kafka, tmp_path):
    settings = at(kafka)
    await apply(settings)
    rows = [f"CC{n % 700},{n // 700},Arrest,2019-03-04T10:{n % 60:02}:00,POLICE" for n in range(5000)]
    path = tmp_path / "log.csv.gz"
    path.write_bytes(
        gzip.compress("\n".join(["case_id,seq,activity,timestamp,org", *rows, "CC1,0,Fly,,"]).encode())
    )
    async with Publisher(settings) as publisher:
        first = await publish_file(str(path), COOK, None, publisher, tmp_path / "rejects", lambda _: None)
        second = await publish_file(str(path), COOK, None, publisher, tmp_path / "rejects", lambda _: None)
    assert (first.rows, first.published, first.refused) == (5001, 5000, 1)
    assert sum(offset + 1 for offset in first.last.values()) == 5000
    assert sum(offset + 1 for offset in second.last.values()) == 10_000
    ids = Counter(orjson.loads(r.value)["id"] for r in await everything(settings, "caseflow.charge"))
    assert set(ids.values()) == {2}
    assert len(ids) == 5000


@pytest.mark.servers
async def test_an_as_of_waits_for_intake_and_reaches_every_partition(kafka):
    settings = at(kafka)
    await apply(settings)
    async with Publisher(settings) as publisher:
        receipts = [await publisher.publish(event(n)) for n in range(20)]
    last = {("caseflow.charge", r.partition): r.offset for r in receipts}
    as_of = datetime(2019, 12, 27, tzinfo=UTC)
    with pytest.raises(IntakeTooSlowError, match=r"\(20 records left"):
        await send_as_of(settings, as_of, last, deadline_s=3.0)
    seen: list[Waiting] = []
    waiting = asyncio.create_task(send_as_of(settings, as_of, last, progress=seen.append))
    await _commit(settings, {TopicPartition(*place): offset + 1 for place, offset in last.items()})
    places = await waiting
    assert seen[-1] == Waiting(len(last), len(last), 0)
    assert {partition for _, partition in places} == set(range(settings.partitions))
    records = [r for r in await everything(settings, "caseflow.charge") if r.key == CLOCK_KEY]
    assert {(r.topic, r.partition): r.offset for r in records} == places
    assert orjson.loads(records[0].value) == {
        "specversion": "1.0",
        "id": "as-of/2019-12-27T00:00:00+00:00",
        "source": "/agency/import",
        "type": "caseflow.clock.as-of.v1",
        "subject": "~clock",
        "time": "2019-12-27T00:00:00+00:00",
    }


async def _commit(settings: Settings, offsets: dict[TopicPartition, int]) -> None:
    """Commit in intake's name, as intake would."""
    client = consumer(settings, group_id=INTAKE_GROUP)
    await client.start()
    try:
        client.assign(list(offsets))
        await client.commit(offsets)
    finally:
        await client.stop()


async def test_the_raw_log_has_exactly_its_139_impossible_dates(tmp_path):
    path = shared("data/cook_county/felony_2019_raw.csv.gz")
    report = await publish_file(str(path), COOK, None, None, tmp_path / "rejects", lambda _: None)
    assert (report.rows, report.published, report.refused) == (145_501, 145_362, 139)
    assert set(report.by_reason) == {"outside-window", "before-1970", "in-the-future"}
    rows = gzip.decompress(path.read_bytes()).decode().split("\n")
    for line in (tmp_path / "rejects").read_bytes().splitlines():
        refused = orjson.loads(line)
        assert rows[refused["line"] - 1].rstrip("\r") == refused["row"].rstrip("\r")
