"""A judged day is kept as it was judged: what the next day goes on from, findings, signals and what is usual."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from uuid import UUID

import asyncpg
import numpy as np
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analysis.arrays import DAY_US
from analysis.findings import About, Kind
from analysis.items import FlowKey
from analysis.judging.evaluation import Evaluated, evaluate
from analysis.judging.memory import Memory, tracked_content
from analysis.judging.rebasing import Decision
from analysis.judging.world import World
from consumers.projector import work
from infra.postgres import connect, engine, migrate
from models.instants import date_of
from projections.flow_items.numbers import number_of
from projections.silo_signals import baselines
from projections.silo_signals.evidence import evidence_of
from projections.silo_signals.queries import Wanted, findings, last_judged, signals
from projections.silo_signals.remembered import memory
from projections.silo_signals.store import Stamp, keep_day, lock
from tests.support import silo_flows as made
from tests.support import wires
from tests.support.alert_rows import write

pytestmark = pytest.mark.servers
FLOW = FlowKey("H04", "police", "cps")
FEEDS = {
    agency: replace(made.feed(*made.messages(n, 8, made.YEAR + 60)), agency=agency)
    for n, agency in enumerate(FLOW.pair)
}


def stopped_world() -> World:
    """Return a flow that stops thirty open days after its baseline, and one that does not."""
    items = made.drawn(1, 6, made.YEAR + 60)
    items.ended[items.ended >= made.YEAR + 30] = np.inf
    flow = made.flow(items, FLOW)
    return World({FLOW: flow}, FEEDS, dict.fromkeys(FLOW.pair, made.CALENDAR), made.LOCAL)


def days_of(world: World, days: range, before: Memory) -> list[Evaluated]:
    found = []
    for day in days:
        found.append(evaluate(world, (day + 1) * DAY_US, before))
        before = found[-1].memory
    return found


DAYS = days_of(stopped_world(), range(made.day(made.YEAR + 25), made.day(made.YEAR + 45)), Memory())


def stamp(one: Evaluated) -> Stamp:
    return Stamp((one.day + 1) * DAY_US, "hash", {"negative": 3}, {"caseflow": "1"})


@pytest.fixture
async def connection(database: str) -> AsyncIterator[asyncpg.Connection]:
    """Give a connection to a database in which every day was kept, each in a transaction of its own."""
    await migrate(database)
    opened = await connect(database, "test")
    for one in DAYS:
        async with opened.transaction():
            await keep_day(opened, one, stamp(one))
    yield opened
    await opened.close()


@pytest.fixture
async def reading(connection: asyncpg.Connection, database: str) -> AsyncIterator[AsyncEngine]:
    assert connection
    opened = engine(database)
    yield opened
    await opened.dispose()


def contents(one: Memory) -> object:
    usual = one.baselines
    parts = (usual.waits, usual.returns, usual.lags, usual.silences)
    kept = [{key: made_.content() for key, made_ in part.items()} for part in parts]
    return one.day, dict(one.clocks), kept, usual.cap_us, dict(usual.limits), tracked_content(one)


async def test_what_is_remembered_is_what_the_day_left(connection: asyncpg.Connection) -> None:
    assert any(signal.kind is Kind.STOP for signal in DAYS[-1].signals), "the story has a stop in it"
    assert DAYS[-1].memory.baselines.limits, "and charts with locked limits"
    assert contents(await memory(connection)) == contents(DAYS[-1].memory)
    assert contents(await memory(connection, DAYS[5].day)) == contents(DAYS[5].memory)


async def test_a_day_goes_on_from_what_was_kept_as_from_what_was_judged(
    connection: asyncpg.Connection,
) -> None:
    world, now_us = stopped_world(), (DAYS[-1].day + 2) * DAY_US
    kept, told = (evaluate(world, now_us, before) for before in (await memory(connection), DAYS[-1].memory))
    assert (kept.signals, kept.findings) == (told.signals, told.findings)


async def test_a_day_kept_twice_is_there_once(connection: asyncpg.Connection) -> None:
    tables = ("silo_finding", "silo_signal", "silo_baseline", "silo_memory")
    before = [await connection.fetchval(f"SELECT count(*) FROM {table}") for table in tables]  # noqa: S608
    async with connection.transaction():
        await keep_day(connection, DAYS[-1], stamp(DAYS[-1]))
    after = [await connection.fetchval(f"SELECT count(*) FROM {table}") for table in tables]  # noqa: S608
    assert before == after
    assert before[3] == len(DAYS)


async def test_a_signal_is_read_as_it_was_written(reading: AsyncEngine) -> None:
    async with reading.connect() as asked:
        rows = await signals(asked, Wanted(states=()))
        assert await last_judged(asked) == date_of(DAYS[-1].day)
    by_id = {str(row.id): row for row in rows}
    for told in DAYS[-1].signals:
        row = by_id[told.id]
        assert (row.kind, row.about, row.state, row.sentence) == (
            told.kind,
            told.about,
            told.state,
            told.sentence,
        )
        assert (row.effect, row.p, row.sample, row.direction) == (
            told.effect,
            told.p,
            told.sample,
            told.direction,
        )
        assert (row.since, row.opened) == (date_of(told.since), date_of(told.opened or 0))
        assert row.evidence == [], "no case of this world is in the database"


async def test_what_a_test_said_is_found_newest_first(reading: AsyncEngine) -> None:
    async with reading.connect() as asked:
        rows = await findings(asked, About(FLOW), Kind.STOP, last=5)
    days = [row.day for row in rows]
    assert (len(days), days) == (5, sorted(days, reverse=True))
    assert rows[0].passed


async def test_evidence_names_the_cases_and_their_hand_offs(
    connection: asyncpg.Connection, reading: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = dict(zip(("rule", "sender", "receiver"), FLOW, strict=True))
    later_us = wires.START_US + 50 * DAY_US
    replaced = wires.hand_off("C2", "void", id=str(UUID(int=1)), ended_us=later_us, **about)
    await work.prepare(connection)
    await write(
        connection,
        wires.change("C1", 1),
        wires.change("C2", 2, hand_offs=[replaced, wires.hand_off("C2", started_us=later_us, **about)]),
    )
    [first, *_] = DAYS[-1].signals
    shown = replace(first, cases=(number_of("C1"), number_of("gone"), number_of("C2")))
    changed = replace(DAYS[-1], signals=(shown, *DAYS[-1].signals[1:]))
    soon = replace(stamp(changed), now_us=later_us + 5 * DAY_US)
    async with connection.transaction():
        await keep_day(connection, changed, soon)
    async with reading.connect() as asked:
        rows = {str(row.id): row for row in await signals(asked)}
    one, two = rows[shown.id].evidence
    assert (one, two["case"], two["state"], two["started_us"]) == ({"case": "C1"}, "C2", "open", later_us)
    monkeypatch.setattr("projections.silo_signals.evidence.references", _only(number_of("gone")))
    assert (await evidence_of(connection, [shown], soon.now_us))[shown.id] == rows[shown.id].evidence


def _only(number: int) -> Callable[..., Awaitable[dict[int, str]]]:
    """Return a search among all cases that is asked for one alone: the others have been shown before."""

    async def asked(_: asyncpg.Connection, numbers: Iterable[int]) -> dict[int, str]:
        assert set(numbers) == {number}
        return {}

    return asked


async def test_what_is_usual_is_replaced_when_a_decision_counts_and_the_old_stays(
    connection: asyncpg.Connection,
) -> None:
    before, day = DAYS[-1].memory, DAYS[-1].day + 1
    window, since = (made.FIRST + 26 * 7, made.FIRST + made.YEAR // 5 * 7 - 1), made.FIRST + 53 * 7
    decision = Decision(About(FLOW), since, day, day, window, "Ann Smith", "new team")
    [judged] = days_of(replace(stopped_world(), decisions=(decision,)), range(day, day + 1), before)
    async with connection.transaction():
        await keep_day(connection, judged, stamp(judged))
    usual = (await baselines.in_force(connection)).waits[FLOW]
    assert (usual.first_day, usual.last_day) == window
    assert (await memory(connection, day - 1)).baselines.waits[FLOW].content() == before.baselines.waits[
        FLOW
    ].content()
    kept = await connection.fetch(
        "SELECT locked_by, why, replaced_for FROM silo_baseline WHERE what = 'stop' ORDER BY locked_for"
    )
    assert [tuple(row) for row in kept] == [
        ("caseflow", None, date_of(day)),
        ("Ann Smith", "new team", None),
    ]


async def test_only_one_may_evaluate(connection: asyncpg.Connection, database: str) -> None:
    other = await connect(database, "other")
    assert [await lock(connection), await lock(other)] == [True, False]
    await connection.close()
    assert await lock(other)
    await other.close()
