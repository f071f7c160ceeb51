"""What an evaluation reads of the database is what the same events say in memory; weeks follow late events."""

from collections.abc import AsyncIterator
from dataclasses import fields
from datetime import UTC, date, datetime

import asyncpg
import numpy as np
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analysis.arrays import DAY_US, NEVER
from analysis.items import Flow, Items, Known
from analysis.judging.asking import clocks
from analysis.series.weekly import weeks_of
from analysis.steps import Steps
from consumers.projector import work
from infra import topics
from infra.postgres import connect, engine
from models.checks import accept
from models.hand_offs import HandOff
from models.instants import date_of, to_us
from models.reading import read
from models.rules import Rules
from projections.flow_items.numbers import number_of, references
from projections.flow_items.queries import load
from projections.flow_items.reach import DAILY_ITEMS, EVERYTHING, Reach, feeds_alone
from projections.flow_items.readings import flows_of
from projections.weekly.queries import weeks
from projections.weekly.refresh import refresh
from projections.weekly.series import every_week
from publishers.synthetic.partnership import generate
from tests.support import wires
from tests.support.cases import fold
from tests.support.consumer_records import record
from tests.support.judged import store
from tests.support.profiles import shipped

pytestmark = pytest.mark.servers
PROFILE = shipped("cleveland-and-durham")
RULES = Rules.of(PROFILE)
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
NOW_US = to_us(NOW)
EVENTS = list(generate(PROFILE, 60, 11, NOW))


@pytest.fixture
async def connection(database: str) -> AsyncIterator[asyncpg.Connection]:
    """Give a connection to a database with sixty synthetic cases, judged on 1 July 2026."""
    await store(database, PROFILE, EVENTS, NOW_US, NOW_US)
    opened = await connect(database, "test")
    yield opened
    await opened.close()


@pytest.fixture
async def reading(connection: asyncpg.Connection, database: str) -> AsyncIterator[AsyncEngine]:
    assert connection
    opened = engine(database)
    yield opened
    await opened.dispose()


def hand_offs() -> dict[str, tuple[HandOff, ...]]:
    cases: dict[str, list] = {}
    for number, event in enumerate(EVENTS):
        told = accept(event, PROFILE, NOW_US, (f"caseflow.{event.stage}", 0, number))
        cases.setdefault(event.subject, []).append(told)
    return {case: read(fold(told, RULES, NOW_US), RULES).hand_offs for case, told in cases.items()}


def same(one: Flow, other: Flow) -> bool:
    names = [field.name for field in fields(Items)]
    arrays = [(getattr(one.items, name), getattr(other.items, name)) for name in names]
    arrays += [(getattr(one, name), getattr(other, name)) for name in ("started_slot", "ended_slot")]
    return all(np.array_equal(a, b) for a, b in arrays)


async def test_flows_from_rows_are_flows_from_readings(connection: asyncpg.Connection) -> None:
    found = await load(connection, PROFILE)
    made, left_out = flows_of(hand_offs(), PROFILE)
    assert found.world.flows.keys() == made.keys()
    assert [key for key, flow in made.items() if not same(found.world.flows[key], flow)] == []
    today = found.world.local.day(NOW_US)
    assert found.left_out.counts(today, NOW_US) == left_out.counts(today, NOW_US)
    assert sum(len(flow.items) for flow in made.values()) > 500


async def test_every_case_has_its_number_and_is_found_by_it(connection: asyncpg.Connection) -> None:
    numbers = {number_of(event.subject): event.subject for event in EVENTS}
    assert await references(connection, [*numbers, 42]) == numbers
    items = (await load(connection, PROFILE)).world.flows
    assert {int(case) for flow in items.values() for case in flow.items.case} <= numbers.keys()


async def test_a_look_back_reads_what_was_open_or_happened_since(connection: asyncpg.Connection) -> None:
    since = NOW_US - 60 * DAY_US
    everything = (await load(connection, PROFILE)).world
    whole = everything.flows
    lately = (await load(connection, PROFILE, Reach(since, since, ("hmcts-crown",), since))).world
    local = lately.local.at(since)
    for key, flow in whole.items():
        kept = (flow.items.started >= local) | (flow.items.ended >= local)
        found = lately.flows[key].items.started if key in lately.flows else np.array([])
        assert np.array_equal(found, flow.items.started[kept]), key
    assert everything.steps is not None
    assert lately.steps is not None
    wanted = everything.steps.only(everything.steps.started >= local)
    for field in fields(Steps):
        assert np.array_equal(getattr(lately.steps, field.name), getattr(wanted, field.name)), field.name


CHOSEN = "WHERE id = (SELECT id FROM hand_off WHERE state = $1 AND started_us > $2 ORDER BY id LIMIT 1)"
NEGATIVE = "UPDATE hand_off SET state = 'negative', stopped_us = started_us - 1, wait_us = -1 "
LONG_AGO = "UPDATE hand_off SET started_us = $3::bigint, stopped_us = $3::bigint + 1, wait_us = 1 "


async def test_what_is_left_out_is_counted_alike_however_far_back_is_read(
    connection: asyncpg.Connection,
) -> None:
    lately = NOW_US - 100 * DAY_US
    await connection.execute(NEGATIVE + CHOSEN, "met", lately)
    await connection.execute(LONG_AGO + CHOSEN, "met_late", lately, to_us(datetime(1999, 1, 4, tzinfo=UTC)))
    counted = []
    for reach in (EVERYTHING, Reach(NOW_US - DAILY_ITEMS, NOW_US, (), None)):
        found = await load(connection, PROFILE, reach)
        counted.append(found.left_out.counts(found.world.local.day(NOW_US), NOW_US))
    assert counted[0] == counted[1]
    assert [sum(counted[0][reason].values()) for reason in ("negative", "outside")] == [1, 1]


SOME = "UPDATE case_event SET published_at = to_timestamp($2) WHERE source = $1"
LAST_OF_THEM = "event_id = (SELECT min(event_id) FROM case_event WHERE source = $1)"


async def test_a_feed_is_read_up_to_an_instant_with_the_last_word_of_who_spoke_again_after_it(
    connection: asyncpg.Connection,
) -> None:
    """What is read of a past day is what was known then: an agency that was silent then is not missing."""
    before_us, until_us = NOW_US - 3 * DAY_US, NOW_US - 2 * DAY_US
    await connection.execute(SOME, "cps-north-east", (before_us - DAY_US) / 1e6)
    await connection.execute(f"{SOME} AND {LAST_OF_THEM}", "cps-north-east", NOW_US / 1e6)
    await connection.execute(SOME, "hmcts-crown", until_us / 1e6)
    reach = Reach(NOW_US, before_us, (), None, until_us=until_us)
    feeds = (await load(connection, PROFILE, reach)).world.feeds
    told = {agency: set(feed.published.tolist()) for agency, feed in feeds.items()}
    assert told == {"cps-north-east": {before_us - DAY_US}, "hmcts-crown": {until_us}}


async def test_feeds_hold_every_event_that_says_when_it_was_published(connection: asyncpg.Connection) -> None:
    feeds = (await load(connection, PROFILE)).world.feeds
    told = await connection.fetch(
        "SELECT source, count(*), min(occurred_at) FROM case_event WHERE NOT history GROUP BY 1"
    )
    assert {agency: len(feed) for agency, feed in feeds.items()} == {row[0]: row[1] for row in told}
    for source, _, first in told:
        feed = feeds[source]
        assert int((feed.published - feed.lag_us).min()) == to_us(first)
        assert {feed.name(int(code)) for code in feed.type} <= set(PROFILE.event_types)


async def test_a_silent_agency_keeps_its_last_word(connection: asyncpg.Connection) -> None:
    feeds = (await load(connection, PROFILE, Reach(NOW_US, NOW_US + 1, (), None))).world.feeds
    assert feeds.keys() == (await load(connection, PROFILE)).world.feeds.keys()
    assert {int(feed.published[-1]) for feed in feeds.values()} == {NOW_US}


async def test_up_to_when_agencies_are_known_can_be_said_without_reading_a_hand_off(
    connection: asyncpg.Connection,
) -> None:
    alone = (await load(connection, PROFILE, feeds_alone(NOW_US))).world
    assert not alone.flows
    assert clocks(alone, NOW_US) == clocks((await load(connection, PROFILE)).world, NOW_US) != {}


async def test_steps_and_spans_are_those_of_the_timelines(connection: asyncpg.Connection) -> None:
    world = (await load(connection, PROFILE)).world
    assert world.steps is not None
    assert world.cases is not None
    waits = await connection.fetchval("SELECT sum(wait_us) FROM step")
    ended = world.steps.only(~world.steps.open)
    shift = np.abs(int((ended.ended - ended.started).sum()) - int(waits))
    assert shift <= len(ended) * 3_600_000_000, "an hour a step, where the clocks were changed"
    across = await connection.fetchval("SELECT count(*) FROM step WHERE kind = 'discovered'")
    assert int(np.count_nonzero(world.steps.across)) == across
    going_on = await connection.fetchval("SELECT count(*) FROM case_file WHERE tail_from IS NOT NULL")
    assert int(np.count_nonzero(world.steps.open)) == going_on
    assert int(np.count_nonzero(world.cases.last == NEVER)) == going_on


async def test_weeks_computed_in_the_database_are_those_of_the_arrays(
    connection: asyncpg.Connection, reading: AsyncEngine
) -> None:
    async with connection.transaction():
        assert await refresh(connection, PROFILE)
    async with connection.transaction():
        assert await refresh(connection, PROFILE) == [], "computed once, asked for no more"
    world = (await load(connection, PROFILE)).world
    today, known = date(2026, 7, 1), Known(NOW_US, world.local.day(NOW_US))
    for key, flow in world.flows.items():
        async with reading.connect() as asked:
            rows = [row for row in await weeks(asked, key.rule) if row.key == key]
        made, wanted = every_week(rows, today), weeks_of(flow, known)
        made = made[-len(wanted) :] if wanted else []  # what began in the middle of a week is not charted
        counts = ("started", "stopped", "limited", "late", "same_day")
        assert [(row.week, *(getattr(row, name) for name in counts)) for row in made] == [
            (date_of(week.monday), *(getattr(week, name) for name in counts)) for week in wanted
        ], key
        assert [row.wait_median_days or -1.0 for row in made] == pytest.approx(
            [week.median_days or -1.0 for week in wanted], rel=1e-12
        ), key


async def test_a_late_word_computes_the_weeks_anew_that_it_changes(connection: asyncpg.Connection) -> None:
    await work.prepare(connection)
    stopped_us = wires.START_US + 20 * DAY_US
    stops = (None, stopped_us, stopped_us - 14 * DAY_US)
    counts = []
    for version, stop_us in enumerate(stops):
        state, wait_us = ("open", None) if stop_us is None else ("met", stop_us - wires.START_US)
        told = wires.hand_off("L1", state, stopped_us=stop_us, wait_us=wait_us)
        value = wires.change("L1", version, hand_offs=[told])
        async with connection.transaction():
            await work.write(connection, work.decide([record(value, topic=topics.CHANGES)]))
        async with connection.transaction():
            await refresh(connection, PROFILE)
        found = await connection.fetch(
            "SELECT week, started, stopped FROM weekly WHERE rule = 'charge-to-court' ORDER BY week"
        )
        counts.append([(row[0], row[1], row[2]) for row in found])
    begun, late, early = (date(2023, 11, 13), date(2023, 12, 4), date(2023, 11, 20))
    assert counts == [[(begun, 1, 0)], [(begun, 1, 0), (late, 0, 1)], [(begun, 1, 0), (early, 0, 1)]]
