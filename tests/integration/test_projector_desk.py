"""Dead letters at the desk, and exports: what people do with what the projector stored."""

import csv
from collections.abc import AsyncIterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from sqlalchemy.ext.asyncio import AsyncEngine

from consumers.batch import Refusal
from consumers.dead_letter_desk import DeskError, decided, discard, replay
from consumers.projector import work
from consumers.refusals import letter_of
from infra import kafka, topics
from infra.clock import now
from infra.postgres import connect, engine, migrate
from infra.settings import Settings
from models.canonical import encode_record
from models.refusals import Reason, Step
from projections.dead_letters.queries import Origin, decisions, listed, one
from projections.export import ExportError, export
from projections.filled_with import queries as filled_with
from tests.support import wires
from tests.support.consumer_records import record

pytestmark = pytest.mark.servers
RAW = "caseflow.charge"
BAD = Origin(RAW, 0, 7, "intake")


def letter(origin: Origin, value: bytes) -> Refusal:
    refused = record(value, topic=origin.topic, offset=origin.offset, headers=(("trace", b"abc"),))
    return Refusal(refused, Reason.NOT_JSON, Step.DECODE, "it ends too early")


@pytest.fixture
async def reader(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """Give a database with three events and three open letters, the last of them cut at 256 KiB."""
    await migrate(settings.database_url)
    connection = await connect(settings.database_url, "test")
    await work.prepare(connection)
    told = [record(encode_record(wires.event("C1", n)), offset=n) for n in range(3)]
    values = {BAD: b"{", BAD._replace(offset=8): b"x" * 300_000, BAD._replace(topic=topics.CHANGES): b"["}
    for n, (origin, value) in enumerate(values.items()):
        about = tuple(letter_of(letter(origin, value), origin.process).headers)
        told.append(record(value[:262_144], topic=topics.DEAD_LETTERS, offset=n, headers=about))
    async with connection.transaction():
        await work.write(connection, work.decide(told))
    await connection.close()
    opened = engine(settings.database_url)
    yield opened
    await opened.dispose()


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def read(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


async def last_of(consumer: AIOKafkaConsumer) -> tuple[bytes, bytes, dict[str, bytes]]:
    told = await consumer.getone()
    return told.key, told.value, dict(told.headers)


@pytest.mark.parametrize(("corrected", "status"), [(None, "replayed"), (b"{}", "corrected")])
async def test_a_replayed_letter_is_in_its_topic_again_and_closed(
    settings: Settings, reader: AsyncEngine, corrected: bytes | None, status: str
) -> None:
    await wires.fresh_topics(settings, [RAW], 1)
    why = decided(status, " Ada ", "the type was wrong", now())
    async with kafka.producer(settings) as producer, kafka.consumer(settings) as consumer:
        assert await replay(reader, producer, BAD, why, corrected) == (RAW, 0, 0)
        consumer.assign([TopicPartition(RAW, 0)])
        assert await last_of(consumer) == (b"C1", corrected or b"{", {"trace": b"abc"})
        with pytest.raises(DeskError, match=f"is {status} already, by Ada"):
            await replay(reader, producer, BAD, why, corrected)
    async with reader.connect() as connection:
        kept = await one(connection, BAD)
        assert kept is not None
        assert (kept.status, kept.changed_by, kept.changed_why) == (status, "Ada", "the type was wrong")
        assert await decisions(connection, BAD) == [why]
        assert BAD not in [row.origin for row in await listed(connection)]


async def test_what_cannot_be_replayed_stays_open(settings: Settings, reader: AsyncEngine) -> None:
    why = decided("replayed", "Ada", "again", now())
    async with kafka.producer(settings) as producer:
        for origin, said in [
            (BAD._replace(offset=8), "only the first 262144 of 300000 bytes"),
            (BAD._replace(topic=topics.CHANGES), "written by caseflow alone"),
            (BAD._replace(offset=9), "no dead letter from caseflow.charge-0@9"),
        ]:
            with pytest.raises(DeskError, match=said):
                await replay(reader, producer, origin, why)
    async with reader.connect() as connection:
        assert len(await listed(connection)) == 3
        assert len(await listed(connection, status=None, source="north-police")) == 0


async def test_a_discarded_letter_stays_readable(reader: AsyncEngine) -> None:
    await discard(reader, BAD, decided("discarded", "Ada", "a test of theirs", now()))
    async with reader.connect() as connection:
        (kept,) = await listed(connection, status="discarded")
    assert (kept.origin, kept.value) == (BAD, b"{")
    assert ["trace", "abc"] in [list(pair) for pair in kept.headers]


def test_a_decision_needs_a_name_and_a_reason() -> None:
    with pytest.raises(DeskError, match="--by NAME --why REASON"):
        decided("discarded", "Ada", "  ", now())


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
async def test_exported_events_are_what_the_table_holds(
    reader: AsyncEngine, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"events{ending}"
    assert await export(reader, "events", path) == 3
    if ending == ".csv":
        rows = list(csv.DictReader(read(path)))
        assert rows[0]["occurred_at"] == "2023-11-14T22:13:20+00:00"
        assert [row["amends"] for row in rows] == ["", "", ""]
    else:
        rows = pq.read_table(path).to_pylist()
        assert rows[0]["occurred_at"].isoformat() == "2023-11-14T22:13:20+00:00"
        assert [row["origin_offset"] for row in rows] == [0, 1, 2]
    assert [row["data"] for row in rows] == ['{"count":0}', '{"count":1}', '{"count":2}']
    assert names(tmp_path) == [path.name]


async def test_an_empty_table_and_an_unknown_ending(reader: AsyncEngine, tmp_path: Path) -> None:
    assert await export(reader, "hand-offs", tmp_path / "none.parquet") == 0
    with pytest.raises(ExportError, match=r"take events \| hand-offs \| steps \| weekly"):
        await export(reader, "events", tmp_path / "events.xlsx")


async def test_a_database_belongs_to_the_profile_that_came_first(reader: AsyncEngine) -> None:
    async with reader.begin() as connection:
        assert await filled_with.keep(connection, filled_with.PROFILE, "one") == "one"
    async with reader.begin() as connection:
        assert await filled_with.keep(connection, filled_with.PROFILE, "two") == "one"
        assert await filled_with.read(connection, "another key") is None
