"""Alerts of silo signals: raised and ended with them, decided by people, told by the routes that ask for them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import orjson
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from consumers import alert_desk as desk
from consumers.alert_desk import Decision, DeskError
from infra.postgres import migrate
from infra.settings import Settings
from tests.support import alert_rows, dispatching
from tests.support.alert_rows import audit, only, outbox, told
from tests.support.commands import command
from tests.support.dispatching import HOOK, Desk
from tests.support.servers import eventually
from tests.support.signal_rows import SLOW, followed, stored

pytestmark = pytest.mark.servers
AT = datetime(2026, 6, 15, 4, tzinfo=UTC)
ADA = Decision("Ada", AT, "the backlog team has it")
SIGNALS = HOOK.replace('"hook"\n', '"signals"\nsignals = true\n', 1)


@pytest.fixture
async def at(settings: Settings, tmp_path: Path) -> AsyncIterator[Desk]:
    await migrate(settings.database_url)
    async with dispatching.desk(settings, tmp_path) as one:
        yield one


async def alerts(connection: asyncpg.Connection) -> list[tuple[str, str, str | None]]:
    return [
        tuple(row)
        for row in await connection.fetch(
            "SELECT kind, state, resolved_how FROM alert ORDER BY version, kind"
        )
    ]


async def test_an_open_signal_has_one_alert_however_often_the_day_is_repeated(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await stored(connection)
    assert [await followed(connection, AT), await followed(connection, AT)] == [1, 0]
    row = await only(people)
    assert (row.signal, row.kind, row.owner, row.severity) == (
        SLOW["id"],
        "slow_pair",
        "cps-north-east",
        None,
    )
    assert (row.case_ref, row.hand_off, row.sentence) == (None, None, SLOW["sentence"])
    assert (await outbox(connection), await audit(connection)) == (["raised"], ["raised"])


async def test_an_alert_ends_with_its_signal_and_another_opening_raises_another(
    connection: asyncpg.Connection,
) -> None:
    await stored(connection)
    await followed(connection, AT)
    await stored(connection, state="closed")
    await followed(connection, AT)
    assert await alerts(connection) == [("slow_pair", "resolved", "completed")]
    await stored(connection, id=alert_rows.wires.SPACE)
    await followed(connection, AT)
    assert sorted(state for _, state, _ in await alerts(connection)) == ["open", "resolved"]
    assert await outbox(connection) == ["raised", "resolved", "raised"]


async def test_late_data_that_explain_a_signal_end_its_alert_as_none(connection: asyncpg.Connection) -> None:
    await stored(connection)
    await followed(connection, AT)
    await stored(connection, state="withdrawn")
    await followed(connection, AT)
    assert await alerts(connection) == [("slow_pair", "resolved", "late-information")]


async def test_a_stop_that_took_over_ends_the_slow_pairs_alert_and_has_its_own(
    connection: asyncpg.Connection,
) -> None:
    await stored(connection)
    await followed(connection, AT)
    await stored(connection, state="superseded")
    await stored(connection, id=alert_rows.wires.SPACE, kind="stop")
    await followed(connection, AT)
    assert sorted(await alerts(connection)) == [
        ("slow_pair", "resolved", "superseded"),
        ("stop", "open", None),
    ]


async def test_what_a_person_resolved_stays_so_while_the_signal_goes_on(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await stored(connection)
    await followed(connection, AT)
    await desk.resolve(people, [str((await only(people)).id)], ADA)
    await stored(connection, sentence="Still slow.")
    assert await followed(connection, AT) == 0
    with pytest.raises(DeskError, match=r"signal slow pair: .* is resolved already, by Ada"):
        await desk.acknowledge(people, [str((await only(people, open_=False)).id)], ADA)
    assert await outbox(connection) == ["raised", "resolved"]


async def test_an_acknowledged_alert_keeps_its_person_and_says_what_holds_today(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await stored(connection)
    await followed(connection, AT)
    await desk.acknowledge(people, [str((await only(people)).id)], ADA)
    await stored(connection, sentence="Slower still.")
    assert await followed(connection, AT) == 1
    row = await only(people)
    assert (row.state, row.acknowledged_by, row.sentence) == ("acknowledged", "Ada", "Slower still.")
    assert await outbox(connection) == ["raised"]


async def test_signals_leave_by_the_routes_that_ask_for_them_and_hand_offs_by_the_others(at: Desk) -> None:
    at.routed(SIGNALS + HOOK)
    await stored(at.connection)
    async with at.dispatching():
        await at.raised("C1")
        await followed(at.connection, AT)
        await eventually(at.settled, what="both left")
    by_route = {message["route"]: message for message in at.hook.messages}
    [signal], [hand_off] = by_route["signals"]["alerts"], by_route["hook"]["alerts"]
    assert (signal["kind"], signal["sentence"], "case" in signal) == ("slow_pair", SLOW["sentence"], False)
    assert (hand_off["case"], "sentence" in hand_off) == ("C1", False)


async def test_the_end_of_a_signal_follows_to_where_it_was_told(at: Desk) -> None:
    at.routed(SIGNALS)
    await stored(at.connection)
    async with at.dispatching():
        await followed(at.connection, AT)
        await eventually(at.settled, what="the signal left")
        await stored(at.connection, state="closed")
        await followed(at.connection, AT)
        await eventually(at.settled, what="its end left")
    assert [line["what"] for one in at.hook.messages for line in one["alerts"]] == ["raised", "resolved"]


@pytest.fixture
async def two(connection: asyncpg.Connection, settings: Settings) -> Settings:
    """Give a database with an alert of a signal and one of a hand-off."""
    await stored(connection)
    await followed(connection, AT)
    await alert_rows.write(connection, alert_rows.judged(1))
    return settings


def test_people_list_and_show_alerts_of_signals_beside_the_others(two: Settings) -> None:
    settings = two
    listed = orjson.loads(command(settings, "alerts", "list", "--format", "json").stdout)
    assert [row["kind"] for row in listed] == ["slow_pair", None]
    assert listed[0]["signal"] == str(SLOW["id"])
    shown = command(settings, "alerts", "list").stdout.splitlines()
    assert shown[1].split()[1] == "signal"
    assert "slow pair:" in shown[1]
    assert (
        len(
            orjson.loads(
                command(settings, "alerts", "list", "--kind", "slow_pair", "--format", "json").stdout
            )
        )
        == 1
    )
    one = command(settings, "alerts", "show", listed[0]["id"]).stdout
    assert SLOW["sentence"] in one
    assert "raised by caseflow (kind slow_pair)" in one
    done = command(settings, "alerts", "ack", listed[0]["id"], "--by", "Ada")
    assert "acknowledged: " in done.stderr
    assert "signal slow pair" in done.stderr


@pytest.mark.parametrize(
    ("statement", "refused_by"),
    [
        ("UPDATE alert SET signal = NULL", "alert_of_a_hand_off_or_a_signal"),
        ("UPDATE alert SET hand_off = signal", "alert_of_a_hand_off_or_a_signal"),
        ("UPDATE alert SET sentence = NULL", "alert_of_a_signal_says_what"),
        ("UPDATE alert SET case_ref = 'C1'", "alert_of_a_signal_names_no_case"),
        ("UPDATE alert SET severity = 'late'", "alert_of_a_signal_names_no_case"),
    ],
)
async def test_the_database_refuses_what_no_alert_of_a_signal_can_be(
    connection: asyncpg.Connection, statement: str, refused_by: str
) -> None:
    await stored(connection)
    await followed(connection, AT)
    with pytest.raises(asyncpg.CheckViolationError, match=refused_by):
        await connection.execute(statement)


async def test_the_database_refuses_a_second_open_alert_of_a_signal(connection: asyncpg.Connection) -> None:
    await stored(connection)
    await followed(connection, AT)
    copied = (
        "INSERT INTO alert SELECT (jsonb_populate_record(alert, jsonb_build_object('id', gen_random_uuid()))).* "
        "FROM alert"
    )
    with pytest.raises(asyncpg.UniqueViolationError, match="alert_one_open_of_signal"):
        await connection.execute(copied)
    assert await told(connection, "SELECT count(*) FROM alert") == [(1,)]
