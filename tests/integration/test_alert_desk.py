"""People and alerts: acknowledged, snoozed, resolved, listed; and whoever listens is woken."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from consumers import alert_desk as desk
from consumers.alert_desk import Decision, DeskError
from consumers.projector import work
from infra import topics
from infra.postgres import connect
from projections.alerts.outbox import CHANNEL
from projections.alerts.queries import Asked, history, listed
from tests.support.alert_rows import COPIED, alerts, audit, judged, only, outbox, told, write
from tests.support.consumer_records import record
from tests.support.servers import eventually

pytestmark = pytest.mark.servers
AT = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
ADA = Decision("Ada", AT, "they rang")


async def test_what_a_person_resolved_stays_so_until_it_is_worse(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await write(connection, judged(1))
    (before,) = await desk.resolve(people, [str((await only(people)).id)], ADA)
    assert before.state == "open"
    await write(connection, judged(2))
    assert await alerts(connection) == [("late", "resolved", "person")]
    await write(connection, judged(3, "met_late"))
    await write(connection, judged(4))
    assert await outbox(connection) == ["raised", "resolved"]
    await write(connection, judged(5, tier=1))
    assert await alerts(connection) == [("late", "resolved", "person"), ("very-late", "open", None)]


async def test_an_acknowledged_alert_stays_with_its_name_and_still_rises(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await write(connection, judged(1))
    key = (await only(people)).id
    await desk.acknowledge(people, [str(key)[:8]], Decision(" Ada ", AT))
    with pytest.raises(DeskError, match="is acknowledged already, by Ada"):
        await desk.acknowledge(people, [str(key)], ADA)
    await write(connection, judged(2, tier=1))
    row = await only(people)
    assert (row.state, row.severity, row.acknowledged_by, row.acknowledged_at) == (
        "acknowledged",
        "very-late",
        "Ada",
        AT,
    )
    assert (await outbox(connection), await audit(connection)) == (
        ["raised", "risen"],
        ["raised", "acknowledged", "risen"],
    )


async def test_a_snoozed_alert_speaks_up_again_when_it_is_worse(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await write(connection, judged(1))
    key, until = (await only(people)).id, AT + timedelta(days=2)
    await desk.snooze(people, [str(key)], Decision("Ada", AT), until)
    await write(connection, judged(2, sender="south-police"))
    assert (await only(people)).snoozed_until == until
    await write(connection, judged(3, tier=1, sender="south-police"))
    assert (await only(people)).snoozed_until is None
    async with people.connect() as reading:
        snoozed = (await history(reading, key))[1]
    assert (snoozed.what, snoozed.who, snoozed.detail) == ("snoozed", "Ada", {"until": until.isoformat()})
    assert await audit(connection) == ["raised", "snoozed", "restated", "risen"]


async def test_a_decision_about_several_alerts_is_all_or_nothing(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await write(connection, *(judged(1, case=case) for case in ("C1", "C2", "C3")))
    async with people.connect() as reading:
        first, second, third = [str(row.id) for row in await listed(reading, Asked())]
    await desk.resolve(people, [first], ADA)
    with pytest.raises(DeskError, match=r"is resolved already, by Ada \(person\)"):
        await desk.acknowledge(people, [second, first], ADA)
    assert await connection.fetchval("SELECT count(*) FROM alert WHERE state = 'open'") == 2
    await desk.resolve(people, [second, third, second], ADA)
    assert await told(connection, "SELECT DISTINCT state, resolved_by, resolved_why FROM alert") == [
        ("resolved", "Ada", "they rang")
    ]
    assert (await outbox(connection)).count("resolved") == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("12", "is no alert's id"),
        ("wxyz", "is no alert's id"),
        ("0" * 33, "is no alert's id"),
        ("ffff", "no alert's id begins with ffff"),
        ("abcd", "more than one alert's id begins with abcd"),
    ],
)
async def test_a_name_of_no_single_alert_is_refused(
    connection: asyncpg.Connection, people: AsyncEngine, name: str, said: str
) -> None:
    await write(connection, judged(1))
    for number in (1, 2):
        await connection.execute(COPIED, f"abcd0000-0000-0000-0000-00000000000{number}", f"{number:032}")
    with pytest.raises(DeskError, match=said):
        await desk.acknowledge(people, [name], ADA)


async def test_people_must_say_who_they_are_and_why(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await write(connection, judged(1))
    name = [str((await only(people)).id)]
    for decision, words in [
        (ADA._replace(by=" "), "say who decides"),
        (ADA._replace(by="caseflow"), "names a person"),
        (ADA._replace(why=" "), "say why"),
        (ADA._replace(why=None), "say why"),
    ]:
        with pytest.raises(DeskError, match=words):
            await desk.resolve(people, name, decision)
    with pytest.raises(DeskError, match="is past: name a time to come"):
        await desk.snooze(people, name, ADA, AT)
    assert (await only(people)).state == "open"


async def test_alerts_are_listed_the_worst_first_and_by_what_is_asked(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await write(
        connection,
        judged(1, case="C1"),
        judged(1, case="C2", tier=2, owner="cps"),
        judged(1, "missing", case="C3", rule="H04"),
        judged(1, case="C4", due_us=5, area="south"),
    )
    async with people.connect() as reading:

        async def cases(asked: Asked) -> list[str | None]:
            return [row.case_ref for row in await listed(reading, asked)]

        assert await cases(Asked()) == ["C3", "C2", "C4", "C1"]
        assert await cases(Asked(owner="cps")) == ["C2"]
        assert await cases(Asked(rule="H04")) == ["C3"]
        assert await cases(Asked(severity="late", area="south")) == ["C4"]
        assert await cases(Asked(case_ref="C1")) == ["C1"]
        assert [row.case_ref for row in await listed(reading, Asked(), limit=1)] == ["C3"]


async def test_whoever_listens_is_woken_at_the_commit_and_only_where_there_is_something_to_tell(
    connection: asyncpg.Connection, people: AsyncEngine, database: str
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    ear = await connect(database, "listener")
    await ear.add_listener(CHANNEL, lambda *told: heard.put_nowait(str(told[2])))
    transaction = connection.transaction()
    await transaction.start()
    await work.write(connection, work.decide([record(judged(1), topic=topics.CHANGES)]))
    await ear.execute("SELECT 1")
    assert heard.empty()
    await transaction.commit()
    assert await asyncio.wait_for(heard.get(), 30) == CHANNEL
    await write(connection, judged(2, due_us=7))
    await desk.resolve(people, [str((await only(people)).id)], ADA)
    assert await asyncio.wait_for(heard.get(), 30) == CHANNEL
    assert heard.empty()
    await ear.close()


async def test_a_person_and_the_projector_who_end_an_alert_at_once_end_it_once(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await write(connection, judged(1))
    name = [str((await only(people)).id)]
    transaction = connection.transaction()
    await transaction.start()
    await work.write(connection, work.decide([record(judged(2, "met_late"), topic=topics.CHANGES)]))
    person = asyncio.create_task(desk.resolve(people, name, ADA))
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    await eventually(lambda: _is_one(people, waiting), what="the person waits for the projector")
    await transaction.commit()
    with pytest.raises(DeskError, match=r"is resolved already, by caseflow \(completed\)"):
        await person
    assert await outbox(connection) == ["raised", "resolved"]


async def _is_one(people: AsyncEngine, question: str) -> bool:
    async with people.connect() as reading:
        return bool((await reading.execute(text(question))).scalar_one() == 1)
