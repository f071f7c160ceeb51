"""Alerts leave: to a real webhook, mail server, chat service and topic, each of which may be killed meanwhile."""

import asyncio
import csv
import hmac
import io
import signal
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import orjson
import pytest
from aiokafka import TopicPartition

from infra import kafka, topics
from infra.clock import now
from infra.postgres import engine, migrate
from infra.settings import Settings
from infra.topic_admin import apply
from projections.alerts.parked import parked, try_again
from tests.support.dispatching import HOOK, POST, ROOM, SECRET, TOPIC, Desk, desk
from tests.support.servers import eventually, fresh_servers, settings_for

pytestmark = pytest.mark.servers


@pytest.fixture
async def at(settings: Settings, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give a desk on a database of its own, with every topic."""
    await migrate(settings.database_url)
    await apply(settings)
    async with desk(settings, tmp_path) as one:
        yield one


async def records(settings: Settings) -> dict[str, tuple[str, dict]]:
    """Return what the topic of alerts holds: key and data by the header's id, one of each."""
    async with kafka.consumer(settings) as reader:
        parts = [TopicPartition(topics.ALERTS, part) for part in range(settings.partitions)]
        reader.assign(parts)
        ends = await reader.end_offsets(parts)
        found = {}
        for part in parts:
            reader.seek(part, 0)
            while await reader.position(part) < ends[part]:
                for record in (await reader.getmany(part, timeout_ms=500)).get(part, []):
                    delivery = dict(record.headers)["caseflow-delivery"].decode()
                    found[delivery] = (record.key.decode(), orjson.loads(record.value)["data"])
    return found


async def test_an_alert_is_one_signed_message_that_names_no_person(at: Desk) -> None:
    at.routed(HOOK)
    async with at.dispatching():
        [alert] = await at.raised("C1", local_target=True, certainty="K")
        await eventually(at.settled, what="the message left")
    [got] = at.hook.got
    headers, data = got["headers"], orjson.loads(got["body"])["data"]
    signed = headers["Caseflow-Timestamp"].encode() + b"." + got["body"]
    assert headers["Caseflow-Signature"] == "v1=" + hmac.new(SECRET.encode(), signed, sha256).hexdigest()
    assert [(data["kind"], data["count"], data["receiver"])] == [("single", 1, "office")]
    [line] = data["alerts"]
    assert (line["alert"], line["case"], line["handOff"], line["what"]) == (alert, "C1", "H15", "raised")
    assert (line["daysLate"], line["localTarget"]) == (3, True)
    assert await at.rows("SELECT id::text, state, attempts FROM alert_delivery") == [
        (headers["Caseflow-Delivery"], "sent", 1)
    ]


async def test_five_hundred_at_once_are_one_message_to_each_receiver(at: Desk) -> None:
    at.routed(HOOK + POST + TOPIC)
    cases = [f"C{number:03d}" for number in range(500)]
    before = set(await records(at.settings))
    async with at.dispatching():
        await at.raised(*cases)
        await eventually(at.settled, what="everything left")
    [message] = at.hook.messages
    assert (message["kind"], message["count"], sorted(at.hook.cases)) == ("grouped", 500, cases)
    [mail] = at.post.mails
    [sheet] = mail.iter_attachments()
    assert sorted(row["case"] for row in csv.DictReader(io.StringIO(sheet.get_content()))) == cases
    [key, streamed] = next(v for k, v in (await records(at.settings)).items() if k not in before)
    assert (key, streamed["count"]) == ("police-north", 500)
    assert await at.rows("SELECT count(*) FROM alert_outbox WHERE routed_at IS NOT NULL") == [(500,)]


@pytest.mark.faults
async def test_a_killed_webhook_loses_nothing_and_delays_no_mail(at: Desk, fault_round: int) -> None:
    at.routed(HOOK + POST)
    async with at.dispatching():
        await at.raised("C1")
        await eventually(at.settled, what="the first left")
        at.hook.kill()
        await at.raised("C2")
        await eventually(lambda: at.mailed(2), what="the mail about the second")
        assert at.hook.cases == ["C1"]
        await at.raised("C3")
        await eventually(lambda: at.mailed(3), what="the mail about the third")
        at.hook.start()
        await eventually(at.settled, what="the webhook has everything")
    assert at.hook.cases == ["C1", "C2", "C3"]
    assert len(at.hook.ids) == len(set(at.hook.ids)), "a connection that was refused carries nothing twice"


@pytest.mark.faults
async def test_a_killed_mail_server_loses_nothing_and_delays_no_webhook(at: Desk, fault_round: int) -> None:
    at.routed(HOOK + POST)
    async with at.dispatching():
        at.post.kill()
        await at.raised("C1")
        await eventually(lambda: at.hooked(1), what="the webhook about the first")
        await at.raised("C2")
        await eventually(lambda: at.hooked(2), what="the webhook about the second")
        assert at.post.got == []
        at.post.start()
        await eventually(at.settled, what="the mails have left")
    assert ["C1" in mail.as_string() for mail in at.post.mails] == [True, False]
    assert len(at.post.mails) == 2


async def test_a_receiver_in_trouble_gets_the_same_message_again(at: Desk) -> None:
    at.routed(HOOK + POST)
    at.hook.kill()
    at.post.kill()
    at.hook.start(500, 429)
    at.post.start(451, 421)
    async with at.dispatching():
        await at.raised("C1")
        await eventually(at.settled, what="it was accepted")
    for receiver in (at.hook, at.post):
        assert len(receiver.ids) == 3
        assert len(set(receiver.ids)) == 1
    assert len({one["body"] for one in at.hook.got}) == 1
    assert await at.rows("SELECT DISTINCT attempts FROM alert_delivery") == [(3,)]


@pytest.mark.faults
async def test_a_kill_between_sending_and_marking_repeats_the_same_message(
    at: Desk, fault_round: int
) -> None:
    at.routed(HOOK)
    await at.raised("C1")
    killed = await at.process("alerts: after sending@1")
    assert await asyncio.wait_for(killed.wait(), 60) == -signal.SIGKILL
    async with at.dispatching():
        await eventually(at.settled, what="it is known to be sent")
    first, second = at.hook.got
    assert first["headers"]["Caseflow-Delivery"] == second["headers"]["Caseflow-Delivery"]
    assert first["body"] == second["body"]


async def test_a_second_dispatcher_stands_by_and_takes_over(at: Desk) -> None:
    at.routed(HOOK)
    async with at.dispatching():
        async with at.dispatching():
            await at.raised("C1")
            await eventually(at.settled, what="one of them sent it")
        await at.raised("C2")
        await eventually(at.settled, what="the other one sent the next")
    assert at.hook.cases == ["C1", "C2"]
    assert len(at.hook.got) == 2


async def test_a_refusal_for_good_is_parked_at_once(at: Desk) -> None:
    at.routed(HOOK)
    at.hook.kill()
    at.hook.start(410)
    async with at.dispatching():
        await at.raised("C1")
        await eventually(at.settled, what="it is parked")
        assert await at.rows("SELECT state, last_error FROM alert_delivery") == [
            ("parked", "it answered 410")
        ]
        await at.resolved(*[one for [one] in await at.rows("SELECT id::text FROM alert")])
        await eventually(at.settled, what="nobody is told that it is resolved")
    assert len(at.hook.got) == 1


async def test_a_parked_message_that_is_tried_again_leaves(at: Desk) -> None:
    at.routed(HOOK)
    at.hook.kill()
    at.hook.start(404)
    people = engine(at.settings.database_url)
    async with at.dispatching():
        await at.raised("C1")
        await eventually(at.settled, what="it is parked")
        async with people.begin() as connection:
            [message] = await parked(connection)
            assert await try_again(connection, [message.id], now()) == 1
        await eventually(at.settled, what="it left")
    await people.dispose()
    assert at.hook.ids == [str(message.id)] * 2


async def test_what_fails_for_a_day_is_parked(at: Desk) -> None:
    at.routed(HOOK)
    at.hook.kill()
    async with at.dispatching():
        await at.raised("C1")
        await eventually(at.failed, what="a first attempt")
        await at.connection.execute("UPDATE alert_delivery SET created_at = created_at - interval '24 hours'")
        await eventually(at.settled, what="it is parked")
    why = await at.rows("SELECT state, last_error FROM alert_delivery")
    assert why == [("parked", "no connection: Connection refused")]


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # apprise loads it where it is still there
async def test_a_chat_service_is_told_in_words(at: Desk) -> None:
    at.routed(ROOM)
    async with at.dispatching():
        await at.raised("C1")
        await eventually(at.settled, what="it left")
    [got] = at.hook.got
    said = orjson.loads(got["body"])
    assert "C1" in said["message"]
    assert "C1" not in said["title"]


async def test_neither_a_lost_database_nor_a_lost_broker_loses_an_alert(tmp_path: Path) -> None:
    async with fresh_servers(tmp_path) as servers:
        settings = settings_for(servers, tmp_path / "data")
        await migrate(settings.database_url)
        await apply(settings)
        async with desk(settings, tmp_path) as at:
            at.routed(HOOK + TOPIC)
            async with at.dispatching():
                await servers.kafka.kill()
                await at.raised("C1")
                await eventually(lambda: at.hooked(1), what="the webhook does not wait for the broker")
                await servers.postgres.kill()
                await servers.postgres.start()
        async with desk(settings, tmp_path) as at:
            async with at.dispatching():
                await at.raised("C2")
                await eventually(lambda: at.hooked(2), what="the database is found again")
                await servers.kafka.start()
                await eventually(at.settled, 60, "the topic has both")
            told = [line["case"] for _, data in (await records(settings)).values() for line in data["alerts"]]
            assert sorted(told) == ["C1", "C2"]
