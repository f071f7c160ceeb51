"""Alerts as rows: raised with the hand-offs, once, ended with them, with everything audited."""

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from infra.clock import now
from projections.alerts.queries import history
from tests.support import wires
from tests.support.alert_rows import COPIED, alerts, audit, judged, only, outbox, told, write

pytestmark = pytest.mark.servers
TABLES = ("alert", "alert_audit", "alert_outbox")


async def test_an_overdue_hand_off_raises_one_alert_that_tells_all_of_it(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    before = now()
    await write(connection, judged(7, certainty="K", limit="28 calendar days"))
    row = await only(people)
    assert (row.case_ref, row.rule, row.title) == ("C1", "charge-to-court", "Charge to first hearing")
    assert (row.sender, row.receiver, row.owner) == ("north-police", "court", "court")
    assert (row.severity, row.level, row.state, row.version) == ("late", 0, "open", 7)
    assert (row.time_limit, row.certainty, row.local_target) == ("28 calendar days", "K", True)
    assert (row.due_us, row.overdue_us) == (
        wires.START_US + 28 * wires.DAY_US,
        wires.START_US + 29 * wires.DAY_US,
    )
    assert before <= row.raised_at == row.changed_at <= now()
    assert await told(connection, "SELECT alert, what, level, routed_at FROM alert_outbox") == [
        (row.id, "raised", 0, None)
    ]
    async with people.connect() as reading:
        (first,) = await history(reading, row.id)
    assert (first.what, first.who, first.detail, first.at) == (
        "raised",
        "caseflow",
        {"severity": "late"},
        row.raised_at,
    )


async def test_the_same_batch_again_changes_nothing(connection: asyncpg.Connection) -> None:
    batch = [judged(7), judged(8, case="C2"), judged(9, "missing", case="C3")]
    await write(connection, *batch)
    kept = [await connection.fetch(f"SELECT * FROM {name} ORDER BY 1") for name in TABLES]  # noqa: S608 - constants
    for again in (batch, batch[:1], batch[::-1]):
        await write(connection, *again)
    assert [await connection.fetch(f"SELECT * FROM {name} ORDER BY 1") for name in TABLES] == kept  # noqa: S608
    assert len(kept[0]) == 3


async def test_alerts_do_not_double_when_everything_derived_is_projected_anew(
    connection: asyncpg.Connection,
) -> None:
    """What people did is never rebuilt: the same changes find the alerts that there are."""
    batches = [judged(7), judged(8, tier=1), judged(9, "met_late"), judged(12)]
    for one in batches:
        await write(connection, one)
    kept = await alerts(connection)
    await connection.execute("TRUNCATE case_file, hand_off, hand_off_change")
    for one in batches:
        await write(connection, one)
    assert (
        await alerts(connection) == kept == [("very-late", "resolved", "completed"), ("late", "open", None)]
    )
    assert await outbox(connection) == ["raised", "risen", "resolved", "raised"]


async def test_only_the_last_word_of_a_batch_raises(connection: asyncpg.Connection) -> None:
    await write(
        connection, judged(1), judged(2, "met_late"), judged(3, case="C2"), judged(4, tier=2, case="C2")
    )
    assert await alerts(connection) == [("severe", "open", None)]
    assert await outbox(connection) == ["raised"]


async def test_two_batches_of_the_same_change_together_raise_one_alert(
    connection: asyncpg.Connection,
) -> None:
    await write(connection, judged(7), judged(7))
    assert await outbox(connection) == ["raised"]


async def test_an_alert_rises_with_its_hand_off_and_says_so_each_time(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    for version, tier in enumerate((0, 0, 1, 2), start=1):
        await write(connection, judged(version, tier=tier))
    await write(connection, judged(5, "missing"))
    assert await alerts(connection) == [("missing", "open", None)]
    assert await outbox(connection) == ["raised", "risen", "risen", "risen"]
    async with people.connect() as reading:
        happened = await history(reading, (await only(people)).id)
    assert [(one.what, one.detail["severity"]) for one in happened[1:]] == [
        ("risen", ["late", "very-late"]),
        ("risen", ["very-late", "severe"]),
        ("risen", ["severe", "missing"]),
    ]


async def test_a_milder_judgement_and_another_due_day_are_shown_and_told_to_nobody(
    connection: asyncpg.Connection, people: AsyncEngine
) -> None:
    await write(connection, judged(1, tier=2))
    later_us = wires.START_US + 30 * wires.DAY_US
    await write(connection, judged(2, tier=0, due_us=later_us, overdue_us=later_us, limit="30 calendar days"))
    row = await only(people)
    assert (row.severity, row.due_us, row.time_limit, row.version) == (
        "late",
        later_us,
        "30 calendar days",
        2,
    )
    assert (await outbox(connection), await audit(connection)) == (["raised"], ["raised", "restated"])


@pytest.mark.parametrize(
    ("state", "how"),
    [
        ("met_late", "completed"),
        ("met", "late-information"),
        ("open", "late-information"),
        ("negative", "late-information"),
        ("void", "withdrawn"),
    ],
)
@pytest.mark.parametrize("importing", [False, True])
async def test_a_hand_off_ends_its_alert(
    connection: asyncpg.Connection, state: str, how: str, importing: bool
) -> None:
    await write(connection, judged(1))
    await write(connection, judged(2, state, importing=importing))
    assert await alerts(connection) == [("late", "resolved", how)]
    assert (await outbox(connection), await audit(connection)) == (["raised", "resolved"],) * 2
    assert await connection.fetchval("SELECT resolved_by FROM alert") == "caseflow"


async def test_a_removed_hand_off_withdraws_its_alert(connection: asyncpg.Connection) -> None:
    await write(connection, judged(1))
    await write(connection, wires.change("C1", 2, hand_offs_removed=[wires.hand_off("C1")["id"]]))
    assert await alerts(connection) == [("late", "resolved", "withdrawn")]


async def test_a_hand_off_late_again_raises_another_alert(connection: asyncpg.Connection) -> None:
    for version, state in enumerate(("overdue", "met_late", "overdue"), start=1):
        await write(connection, judged(version, state))
    assert await alerts(connection) == [("late", "resolved", "completed"), ("late", "open", None)]


async def test_imported_history_raises_nothing_until_it_is_stated_again(
    connection: asyncpg.Connection,
) -> None:
    await write(connection, judged(1, importing=True), judged(2, "missing", importing=True, case="C2"))
    assert await alerts(connection) == []
    await write(connection, judged(3))
    assert await alerts(connection) == [("late", "open", None)]


async def test_another_agency_that_must_act_is_told_by_an_alert_of_its_own(
    connection: asyncpg.Connection,
) -> None:
    await write(connection, judged(1))
    await write(connection, judged(2, owner="north-police"))
    rows = await told(connection, "SELECT owner, state, resolved_how FROM alert ORDER BY owner")
    assert rows == [("court", "resolved", "late-information"), ("north-police", "open", None)]
    assert await outbox(connection) == ["raised", "resolved", "raised"]


async def test_five_thousand_at_once_are_five_thousand_alerts(connection: asyncpg.Connection) -> None:
    cases = [f"C{number}" for number in range(5_000)]
    await write(connection, *(judged(1, case=case) for case in cases))
    await write(connection, *(judged(2, tier=2, case=case) for case in cases))
    await write(connection, *(judged(3, "met_late", case=case) for case in cases))
    assert await told(connection, "SELECT state, severity, count(*) FROM alert GROUP BY 1, 2") == [
        ("resolved", "severe", 5_000)
    ]
    assert await told(connection, "SELECT what, count(*) FROM alert_outbox GROUP BY 1 ORDER BY min(id)") == [
        ("raised", 5_000),
        ("risen", 5_000),
        ("resolved", 5_000),
    ]


async def test_the_database_refuses_a_second_open_alert(connection: asyncpg.Connection) -> None:
    await write(connection, judged(1))
    (kept,) = await told(connection, "SELECT hand_off FROM alert")
    other = "abcd0000-0000-0000-0000-000000000000"
    with pytest.raises(asyncpg.UniqueViolationError, match="alert_one_open"):
        await connection.execute(COPIED, other, kept[0])
    await connection.execute(
        "UPDATE alert SET state = 'resolved', resolved_at = now(), resolved_how = 'completed', resolved_by = 'x'"
    )
    await connection.execute(COPIED, other, kept[0])


@pytest.mark.parametrize(
    ("statement", "refused_by"),
    [
        ("UPDATE alert SET state = 'closed'", "alert_state_known"),
        ("UPDATE alert SET severity = 'bad'", "alert_severity_known"),
        ("UPDATE alert SET state = 'acknowledged'", "alert_acknowledged_by_somebody"),
        ("UPDATE alert SET acknowledged_by = 'Ada'", "alert_acknowledged_by_somebody"),
        ("UPDATE alert SET state = 'resolved'", "alert_resolved_says_how"),
        ("UPDATE alert SET resolved_at = now()", "alert_resolved_says_how"),
        (
            "UPDATE alert SET state = 'resolved', resolved_at = now(), resolved_by = 'x', resolved_how = 'person'",
            "alert_a_person_says_why",
        ),
        ("UPDATE alert SET local_target = false", "alert_unconfirmed_is_a_local_target"),
        ("UPDATE alert SET level = -1", "alert_counts_not_negative"),
        ("UPDATE alert SET owner = ''", "alert_names_not_empty"),
        ("UPDATE alert_audit SET who = ''", "alert_audit_says_who"),
        ("UPDATE alert_audit SET what = 'seen'", "alert_audit_what_known"),
        ("UPDATE alert_outbox SET what = 'acknowledged'", "alert_outbox_what_known"),
        ("UPDATE hand_off SET tier = NULL", "hand_off_tier_while_overdue"),
        ("UPDATE hand_off SET tier = 3", "hand_off_tier_known"),
        ("UPDATE hand_off SET due_soon = true", "hand_off_only_open_is_due_soon"),
        ("UPDATE hand_off SET overdue_us = due_us - 1", "hand_off_never_overdue_before_it_is_due"),
        ("UPDATE hand_off SET late_after_end = true", "hand_off_late_after_end_has_a_stop"),
    ],
)
async def test_the_database_refuses_what_no_alert_can_be(
    connection: asyncpg.Connection, statement: str, refused_by: str
) -> None:
    await write(connection, judged(1, certainty="E"))
    with pytest.raises(asyncpg.CheckViolationError, match=refused_by):
        await connection.execute(statement)
