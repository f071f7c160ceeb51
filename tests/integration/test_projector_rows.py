"""What the projector writes: each row once, nothing older over newer, nothing without its position."""

from collections.abc import AsyncIterator, Iterable
from typing import Any

import asyncpg
import pytest
from aiokafka import TopicPartition

from analysis.mining.matrix import matrix
from consumers.failures import FencedError
from consumers.positions import Move, claim, move
from consumers.projector import work
from infra import topics
from infra.postgres import connect, engine, migrate
from models.canonical import encode_record
from projections.case_timeline.queries import case_timeline
from projections.feeds.queries import feeds
from projections.hand_off_matrix.queries import pairs
from projections.hand_offs.queries import by_rule
from tests.support import wires
from tests.support.consumer_records import record

pytestmark = pytest.mark.servers
PARTITION = TopicPartition(topics.EVENTS, 0)


@pytest.fixture
async def connection(database: str) -> AsyncIterator[asyncpg.Connection]:
    await migrate(database)
    opened = await connect(database, "test")
    await work.prepare(opened)
    yield opened
    await opened.close()


async def told(connection: asyncpg.Connection, question: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await connection.fetch(question)]


async def write_events(connection: asyncpg.Connection, events: Iterable[Any], first_offset: int = 0) -> int:
    records = [record(encode_record(one), offset=first_offset + n) for n, one in enumerate(events)]
    async with connection.transaction():
        return (await work.write(connection, work.decide(records)))["case_event"]


async def write_changes(connection: asyncpg.Connection, *values: bytes) -> None:
    rows = work.decide([record(value, topic=topics.CHANGES) for value in values])
    assert rows.refusals == []
    async with connection.transaction():
        await work.write(connection, rows)


async def test_a_batch_of_events_written_twice_gives_the_same_rows(connection: asyncpg.Connection) -> None:
    told = [wires.event(f"C{n % 3}", n) for n in range(20)]
    assert await write_events(connection, told) == 20
    rows = await connection.fetch("SELECT * FROM case_event ORDER BY 1, 2, 3")
    fed = await connection.fetch("SELECT * FROM feed")
    assert await write_events(connection, told, first_offset=100) == 0
    assert await connection.fetch("SELECT * FROM case_event ORDER BY 1, 2, 3") == rows
    assert await connection.fetch("SELECT * FROM feed") == fed


async def test_feeds_count_lag_and_late_events(connection: asyncpg.Connection, database: str) -> None:
    await write_events(connection, [wires.event("C1", 5), wires.event("C1", 3)])
    unknown = wires.event("C2", 1, published_us=None, history=True)
    slow = wires.event("C1", 4, published_us=wires.START_US + 4 * wires.DAY_US + 25_000_000)
    await write_events(connection, [slow, unknown], first_offset=10)
    reader = engine(database)
    async with reader.connect() as reading:
        (fed,) = await feeds(reading)
    await reader.dispose()
    assert (fed.events, fed.late_events) == (4, 2)
    assert (fed.lag_last_s, fed.lag_mean_s, fed.lag_max_s) == (25.0, 35 / 3, 25.0)
    assert fed.last_occurred_at.timestamp() * 1e6 == wires.START_US + 5 * wires.DAY_US


async def test_an_older_version_never_overwrites_a_newer_one(connection: asyncpg.Connection) -> None:
    old = wires.change("C1", 5, steps_added=[wires.step("C1", 1, "a", "b")], hand_offs=[wires.hand_off("C1")])
    gone = wires.step("C1", 1, "a", "b")["id"]
    new = wires.change(
        "C1",
        9,
        summary={"last_type": "court.heard"},
        steps_removed=[gone],
        hand_offs=[wires.hand_off("C1", "met", stopped_us=wires.START_US + 4, wait_us=4)],
    )
    await write_changes(connection, old)
    await write_changes(connection, new)
    await write_changes(connection, old)
    assert await told(connection, "SELECT last_type, version FROM case_file") == [("court.heard", 9)]
    assert await connection.fetchval("SELECT count(*) FROM step") == 0
    assert await connection.fetchval("SELECT state FROM hand_off") == "met"
    judged = await told(connection, "SELECT state, version FROM hand_off_change ORDER BY version")
    assert judged == [("open", 5), ("met", 9)]


async def test_a_removed_hand_off_leaves_its_history(connection: asyncpg.Connection, database: str) -> None:
    told = wires.hand_off("C1")
    await write_changes(connection, wires.change("C1", 1, hand_offs=[told]))
    reader = engine(database)
    async with reader.connect() as reading:
        (row,) = await by_rule(reading)
        assert (row.rule, row.states["open"], row.count) == ("charge-to-court", 1, 1)
    await write_changes(connection, wires.change("C1", 2, hand_offs_removed=[told["id"]]))
    async with reader.connect() as reading:
        assert await by_rule(reading) == []
    await reader.dispose()
    states = await connection.fetch("SELECT state FROM hand_off_change ORDER BY version")
    assert [row["state"] for row in states] == ["open", "removed"]


async def test_a_re_judged_step_is_replaced_not_doubled(connection: asyncpg.Connection) -> None:
    await write_changes(connection, wires.change("C1", 1, steps_added=[wires.step("C1", 1, "a", "b")]))
    await write_changes(connection, wires.change("C1", 2, steps_added=[wires.step("C1", 1, "a", "a")]))
    assert await told(connection, "SELECT kind, version FROM step") == [("inside", 2)]


async def test_a_stale_epoch_is_refused_and_its_rows_with_it(
    connection: asyncpg.Connection, database: str
) -> None:
    (mine,) = (await claim(connection, "g", [PARTITION])).values()
    other = await connect(database, "other")
    (theirs,) = (await claim(other, "g", [PARTITION])).values()
    assert (mine.epoch, theirs.epoch) == (1, 2)

    async def stale() -> None:
        async with connection.transaction():
            await work.write(connection, work.decide([record(encode_record(wires.event("C1", 1)))]))
            await move(connection, "g", [Move(PARTITION, mine.epoch, 0, 1, None, None)])

    with pytest.raises(FencedError, match="0 of 1 positions"):
        await stale()
    assert await other.fetchval("SELECT count(*) FROM case_event") == 0
    await move(other, "g", [Move(PARTITION, theirs.epoch, 0, 1, None, None)])
    await other.close()


async def test_a_claim_waits_for_the_former_owner_to_end(
    connection: asyncpg.Connection, database: str
) -> None:
    (mine,) = (await claim(connection, "g", [PARTITION])).values()
    other = await connect(database, "other")
    moving = connection.transaction()
    await moving.start()
    await move(connection, "g", [Move(PARTITION, mine.epoch, 0, 7, None, None)])
    await other.execute("SET lock_timeout = '200ms'")
    with pytest.raises(asyncpg.LockNotAvailableError):
        await claim(other, "g", [PARTITION])
    await moving.commit()
    (theirs,) = (await claim(other, "g", [PARTITION])).values()
    assert (theirs.next_offset, theirs.epoch) == (7, 2)
    await other.close()


async def test_a_watermark_never_goes_back(connection: asyncpg.Connection) -> None:
    await claim(connection, "g", [PARTITION])
    for expected, (watermark, appended) in enumerate([(9, 4), (5, 6), (None, None)]):
        await move(connection, "g", [Move(PARTITION, 1, expected, expected + 1, watermark, appended)])
    assert await told(connection, "SELECT watermark_us, appended_us FROM consumer_offset") == [(9, 6)]


async def test_the_matrix_of_a_hand_made_set_equals_hand_worked_numbers(
    connection: asyncpg.Connection, database: str
) -> None:
    """Waits of 1, 2, 4 and 9 s: mean 4; quantile q lies at 3q between the sorted ones; squares sum to 38."""
    seconds = [4, 1, 9, 2]
    steps = [wires.step("C1", n, "a", "b", wait * 1_000_000) for n, wait in enumerate(seconds)]
    others = [wires.step("C2", 0, "b", "b", 4_000_000), wires.step("C2", 1, None, "b", 5_000_000)]
    total = {
        "elapsed_us": 25_000_000,
        "between_us": 16_000_000,
        "inside_us": 4_000_000,
        "unknown_us": 5_000_000,
    }
    await write_changes(
        connection,
        wires.change("C1", 1, steps_added=steps, summary=total | {"tail_from": "a", "tail_to": "b"}),
        wires.change("C2", 2, steps_added=others, summary={"tail_from": "c", "tail_to": "c"}),
    )
    reader = engine(database)
    async with reader.connect() as reading:
        found = matrix(await pairs(reading))
    await reader.dispose()
    assert [(row.from_org, row.to_org, row.count) for row in found.rows] == [
        ("", "b", 1),
        ("a", "b", 4),
        ("b", "b", 1),
    ]
    one, row, _ = found.rows
    assert (row.mean, row.median, row.min, row.max, row.sum, row.open) == (4.0, 3.0, 1.0, 9.0, 16.0, 1)
    assert (row.p90, row.p95, row.p99) == pytest.approx((7.5, 8.25, 8.85), rel=1e-12)
    assert row.stdev == pytest.approx((38 / 3) ** 0.5, rel=1e-12)
    assert (one.stdev, one.open) == (None, 0)
    assert (found.hand_offs, found.between_share) == (4, 16 / 25)
    assert [(row.from_org, row.to_org, row.open) for row in found.open_only] == [("c", "c", 1)]


async def test_a_case_is_told_in_the_order_of_its_steps(
    connection: asyncpg.Connection, database: str
) -> None:
    withdrawal = wires.event("C1", 9, type="charge.event-withdrawn", withdraws="C1-7")
    told = [wires.event("C1", n) for n in (2, 0, 7, 1)]
    await write_events(connection, [*told, withdrawal])
    steps = [wires.step("C1", n, "north-police", "north-police") for n in (2, 1)]
    await write_changes(
        connection, wires.change("C1", 4, steps_added=steps, hand_offs=[wires.hand_off("C1")])
    )
    reader = engine(database)
    found = await case_timeline(reader, "C1")
    assert await case_timeline(reader, "C404") is None
    await reader.dispose()
    assert found is not None
    assert [entry.place.event_id for entry in found.entries] == ["C1-0", "C1-1", "C1-2"]
    assert [entry.event and entry.event.data for entry in found.entries] == [{"count": n} for n in range(3)]
    assert [entry.since and entry.since.wait_us for entry in found.entries] == [
        None,
        wires.DAY_US,
        wires.DAY_US,
    ]
    assert {event.event_id for event in found.beside} == {"C1-7", "C1-9"}
    assert [row["state"] for row in found.hand_offs] == ["open"]


async def test_the_only_event_of_a_case_needs_no_step(connection: asyncpg.Connection, database: str) -> None:
    withdrawal = wires.event("C1", 9, type="charge.event-withdrawn", withdraws="C1-0")
    await write_events(connection, [wires.event("C1", 0), withdrawal, wires.event("C1", 2)])
    await write_changes(connection, wires.change("C1", 4))
    reader = engine(database)
    found = await case_timeline(reader, "C1")
    await reader.dispose()
    assert found is not None
    assert [(entry.place.event_id, entry.place.at_us) for entry in found.entries] == [
        ("C1-2", wires.START_US)
    ]


@pytest.mark.parametrize(
    ("statement", "refused_by"),
    [
        ("UPDATE case_file SET inside_us = 1", "case_file_every_second_has_an_owner"),
        ("UPDATE step SET wait_us = wait_us + 1", "step_wait_is_end_minus_start"),
        ("UPDATE step SET kind = 'inside'", "step_kind_follows_from_the_orgs"),
        ("UPDATE hand_off SET state = 'met'", "hand_off_met_has_a_stop"),
        ("UPDATE hand_off SET state = 'late'", "hand_off_state_known"),
        ("UPDATE case_event SET precision = 'week'", "case_event_precision_known"),
        ("UPDATE case_event SET amends = 'a', withdraws = 'b'", "case_event_withdrawal_is_nothing_else"),
    ],
)
async def test_the_database_refuses_what_the_domain_refuses(
    connection: asyncpg.Connection, statement: str, refused_by: str
) -> None:
    await write_events(connection, [wires.event("C1", 0)])
    told = wires.change(
        "C1", 1, steps_added=[wires.step("C1", 1, "a", "b")], hand_offs=[wires.hand_off("C1")]
    )
    await write_changes(connection, told)
    with pytest.raises(asyncpg.CheckViolationError, match=refused_by):
        await connection.execute(statement)
