"""Dead letters, resume and status, asked as a person asks them, of a real Kafka and a real database."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from aiokafka import TopicPartition
from aiokafka.structs import OffsetAndMetadata

from caseflow import held
from caseflow.reading.held_processes import resumed
from caseflow.reading.status import status_of
from consumers.lag import Lag, lags
from consumers.positions import Move, claim, move
from consumers.projector import work
from consumers.projector.run import GROUP
from infra import kafka, topics
from infra.clock import now
from infra.postgres import connect, migrate
from infra.settings import Settings
from tests.support import wires
from tests.support.commands import command
from tests.support.consumer_records import record
from tests.support.servers import eventually

pytestmark = pytest.mark.servers
CHARGE = topics.RAW[0]
LETTER = f"{CHARGE}/0/15/intake"
HOSTILE = b'{"note": "\\u001b[2J", broken\x1b]0;title\x07\xff'
NOTE = '{"court": [1000, 1000, 1000]}'


@pytest.fixture
async def desk(settings: Settings) -> Settings:
    """Give empty topics, and a database with one dead letter that a terminal had better not obey."""
    small = settings.model_copy(update={"partitions": 2})
    await wires.fresh_topics(small, [topic.name for topic in topics.CATALOGUE])
    await migrate(settings.database_url)
    connection = await connect(settings.database_url, "test")
    await work.prepare(connection)
    told = {
        "reason": "not-json",
        "detail": "bad \x1b[31m text",
        "step": "decode",
        "process": "intake",
        "topic": CHARGE,
        "partition": "0",
        "offset": "15",
        "appended": "2026-07-01T08:00:00+00:00",
        "at": "2026-07-01T08:00:05+00:00",
        "source": "court",
        "case": "C1\x07",
        "size": str(len(HOSTILE)),
    }
    headers = tuple((f"caseflow-{name}", text.encode()) for name, text in told.items())
    letter = record(HOSTILE, topic=topics.DEAD_LETTERS, key=b"C1", headers=headers)
    async with connection.transaction():
        await work.write(connection, work.decide([letter]))
    await connection.close()
    return small


def test_a_dead_letter_is_listed_and_shown_without_being_obeyed(desk: Settings) -> None:
    (listed,) = orjson.loads(command(desk, "dead-letters", "list", "--format", "json").stdout)
    assert (listed["letter"], listed["reason"], listed["status"]) == (LETTER, "not-json", "open")
    shown = [command(desk, "dead-letters", "list"), command(desk, "dead-letters", "show", LETTER)]
    for result in shown:
        assert result.exit_code == 0
        assert not {"\x1b", "\x07"} & set(result.stdout)
    assert r"broken\x1b]0;title\x07\xff" in shown[1].stdout
    assert "01 Jul 2026 09:00" in shown[1].stdout


def test_the_raw_value_of_a_letter_is_byte_for_byte_what_was_refused(desk: Settings) -> None:
    assert command(desk, "dead-letters", "show", LETTER, "--raw").stdout_bytes == HOSTILE


def test_a_letter_is_replayed_once_with_who_and_why(desk: Settings, tmp_path: Path) -> None:
    value = tmp_path / "value.json"
    value.write_bytes(b'{"corrected": true}')
    asked = ["dead-letters", "replay", LETTER, "--value", str(value), "--who", "Ann", "--why", "mended"]
    first = command(desk, *asked)
    assert first.exit_code == 0, first.stderr
    assert f"published again as {CHARGE}-" in first.stderr
    again = command(desk, *asked)
    assert again.exit_code == 1
    assert "corrected already, by Ann" in again.stderr
    assert "corrected by Ann" in command(desk, "dead-letters", "show", LETTER).stdout


def test_a_letter_is_discarded_only_with_a_reason(desk: Settings) -> None:
    assert command(desk, "dead-letters", "discard", LETTER).exit_code == 2
    assert command(desk, "dead-letters", "discard", LETTER, "--why", " ").exit_code == 2
    assert command(desk, "dead-letters", "discard", LETTER, "--why", "a test").exit_code == 0
    assert command(desk, "dead-letters", "list", "--format", "json").stdout == "[]\n"
    (kept,) = orjson.loads(
        command(desk, "dead-letters", "list", "--status", "discarded", "--format", "json").stdout
    )
    assert (kept["changed_why"], bool(kept["changed_by"])) == ("a test", True)


def test_a_letter_that_does_not_exist_is_a_sentence(desk: Settings) -> None:
    result = command(desk, "dead-letters", "show", f"{CHARGE}/0/16/intake")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no dead letter" in result.stderr


async def test_resume_forgets_the_counts_of_a_held_intake_and_keeps_its_offsets(desk: Settings) -> None:
    places = {TopicPartition(CHARGE, 0): 7, TopicPartition(topics.RAW[1], 1): 3}
    await commit(desk, places)
    held.hold(desk.data, "intake")
    assert [r.split(" is ")[0] for r in await resumed(desk, None)] == ["intake"]
    assert await kept(desk) == {place: (offset, "") for place, offset in places.items()}
    assert held.held(desk.data) == []


async def test_resume_is_refused_while_intake_runs(desk: Settings) -> None:
    place = {TopicPartition(CHARGE, 0): 7}
    await commit(desk, place)
    running = kafka.consumer(desk, CHARGE, group_id=topics.INTAKE_GROUP)
    await running.start()
    try:
        with pytest.raises(Exception, match="intake still runs"):
            await resumed(desk, "intake")
    finally:
        await running.stop()
    assert await kept(desk) == {TopicPartition(CHARGE, 0): (7, NOTE)}


async def test_resume_lets_a_held_projector_start_again(desk: Settings) -> None:
    held.hold(desk.data, "projector")
    (told,) = await resumed(desk, None)
    assert "projector is no longer held" in told
    assert "nothing is held" in (await resumed(desk, None))[0]


async def test_markers_of_transactions_are_no_lag(desk: Settings) -> None:
    place = TopicPartition(topics.EVENTS, 1)
    await wires.append(desk, topics.EVENTS, 1, [("C1", b"{}"), ("C1", b"{}")])

    async def visible() -> bool:
        return (await lags(desk, {place: 0}))[place].records == 3

    await eventually(visible, what="the broker shows a committed transaction a moment after its commit")
    found = await lags(desk, {place: 0})
    assert found[place].since_us is not None
    assert await lags(desk, {place: 2}) == {place: Lag(0, None)}
    assert await lags(desk, {place: 3}) == {place: Lag(0, None)}


async def test_the_lag_of_the_projector_follows_its_stored_positions(desk: Settings) -> None:
    place = TopicPartition(topics.EVENTS, 0)
    await wires.append(desk, topics.EVENTS, 0, [("C1", b"{}"), ("C2", b"{}")])
    connection = await connect(desk.database_url, "test")
    await claim(connection, GROUP, [place])
    await move(connection, GROUP, [Move(place, 1, 0, 1, 1_780_000_000_000_000, None)])
    await connection.close()

    async def visible() -> bool:
        return (await status_of(desk, timedelta(hours=24), now())).lags["timelines"].records == 3

    await eventually(visible, what="the broker shows a committed transaction a moment after its commit")
    found = await status_of(desk, timedelta(hours=24), now())
    assert found.lags["projector"].records == 2
    assert found.lags["intake"] == Lag(0, None)
    assert found.last_tick_us == 1_780_000_000_000_000
    assert found.letters == {"open": 1}


def test_status_ends_with_one_when_nothing_runs(desk: Settings) -> None:
    held.hold(desk.data, "intake")
    result = command(desk, "status", "--format", "json")
    assert result.exit_code == 1
    told = orjson.loads(result.stdout)
    assert {one["process"]: one["state"] for one in told["processes"]} == {
        "intake": "held",
        "timelines": "down",
        "projector": "down",
        "alerts": "down",
        "signals": "down",
    }
    assert (told["well"], told["trouble"]) == (False, [])


async def commit(settings: Settings, places: dict[TopicPartition, int]) -> None:
    """Commit offsets of the intake group with a note beside each, as intake's transactions do."""
    member = kafka.consumer(settings, group_id=topics.INTAKE_GROUP)
    await member.start()
    member.assign(list(places))
    await member.commit({place: OffsetAndMetadata(offset, NOTE) for place, offset in places.items()})
    await member.stop()


async def kept(settings: Settings) -> dict[TopicPartition, tuple[int, str]]:
    """Return what the intake group has committed: offsets and notes."""
    admin = kafka.admin(settings)
    await admin.start()
    try:
        found = await admin.list_consumer_group_offsets(topics.INTAKE_GROUP)
    finally:
        await admin.close()
    return {place: (told.offset, told.metadata) for place, told in found.items()}
