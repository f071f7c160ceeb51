"""Judging day by day from the database: what is stored, what is told, and what a crash or late data leave."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analysis.findings import Kind
from analysis.judging.confidence import Confidence
from analysis.judging.signals import State
from consumers.signals.as_of import evaluated_as_of
from consumers.signals.days import end_us
from consumers.signals.judging import Judge, days_up_to
from models.instants import date_of, number_of, to_us
from projections.silo_signals.queries import Wanted, named, signals
from tests.support.alert_rows import outbox, told
from tests.support.stopped_flow_rows import (
    FIRST,
    LAST,
    RECEIVER,
    RULE,
    SENDER,
    SOON,
    STOPS_ON,
    Wait,
    fill,
    half_a_year,
    store_hand_offs,
    store_rows,
    waits,
)

pytestmark = pytest.mark.servers
TABLES = ("silo_signal", "silo_finding", "silo_memory", "silo_baseline")
STAMPS = ("written_at", "evaluated_at", "locked_at")


PROFILE = half_a_year()


@pytest.fixture
async def filled(connection: asyncpg.Connection) -> asyncpg.Connection:
    await fill(connection)
    return connection


async def judged(connection: asyncpg.Connection, last: date, at_once: int | None = None) -> list[date]:
    """Judge up to a day; `at_once` days at a time, as a process that is started again and again would."""
    done: list[date] = []
    while days := await days_up_to(connection, PROFILE, number_of(last)):
        done += [day async for day in Judge(PROFILE).judge(connection, days[:at_once])]
    return done


async def stored(connection: asyncpg.Connection) -> dict[str, list[dict[str, Any]]]:
    """Return everything that judging left, without the instants at which it was stored."""
    found = {}
    for table in TABLES:
        rows = await connection.fetch(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4, 5, 6")  # noqa: S608 - constants
        found[table] = [{k: v for k, v in row.items() if k not in STAMPS} for row in rows]
    return found


async def test_a_flow_that_stops_is_found_within_days_with_its_cases_and_tells_those_who_wait(
    filled: asyncpg.Connection, people: AsyncEngine
) -> None:
    days = await judged(filled, STOPS_ON + timedelta(days=9))
    assert days[0] == date(2024, 7, 1), "the first day after the baseline's window"
    assert len(days) == len(set(days)) == 24
    async with people.connect() as reading:
        [found] = [row for row in await signals(reading) if row.kind == "stop"]
        [same] = await named(reading, str(found.id)[:8])
    assert found == same
    assert found.opened is not None
    assert STOPS_ON < found.opened <= STOPS_ON + timedelta(days=9)
    assert found.about.flow == (RULE, SENDER, RECEIVER)
    assert found.sentence.startswith(
        "Cleveland Police to Crown Prosecution Service North East, check of the file:"
    )
    still_open = {one.case for one in waits() if one.ended is None}
    assert 1 <= len(found.evidence) <= 10
    assert {one["case"] for one in found.evidence} <= still_open
    assert ("stop", "open", RECEIVER) in await told(filled, "SELECT kind, state, owner FROM alert")
    assert set(await outbox(filled)) == {"raised"}


@pytest.mark.parametrize("read_at_once", [91, 5])
async def test_days_that_are_judged_one_by_one_leave_the_same_as_all_at_once(
    filled: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch, read_at_once: int
) -> None:
    last = STOPS_ON + timedelta(days=7)
    monkeypatch.setattr("consumers.signals.days.READ_AT_ONCE", read_at_once)
    await judged(filled, last)
    at_once = await stored(filled)
    for table in TABLES:
        await filled.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
    await judged(filled, last, at_once=1)
    assert await stored(filled) == at_once


async def test_a_case_that_is_dated_ten_years_early_changes_neither_the_first_day_nor_what_is_usual(
    filled: asyncpg.Connection,
) -> None:
    first = FIRST.replace(year=2014)
    stray = Wait(99_999, datetime(first.year, first.month, first.day, 9, tzinfo=UTC), 3)
    await store_rows(filled, [stray])
    days = await judged(filled, STOPS_ON + timedelta(days=9))
    assert days[0] == date(2024, 7, 1)
    locked = await told(filled, "SELECT DISTINCT what, first_day, last_day FROM silo_baseline")
    assert {(first_day, last_day) for _, first_day, last_day in locked} == {(FIRST, date(2024, 6, 30))}
    assert {what for what, _, _ in locked} >= {"stop", "silence"}
    assert ("stop",) in await told(filled, "SELECT kind FROM silo_signal WHERE state = 'open'")


async def test_a_day_is_stored_as_a_whole_or_not_at_all(
    filled: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = STOPS_ON + timedelta(days=7)

    def fail(point: str) -> None:
        raise ConnectionResetError(point)

    await judged(filled, STOPS_ON)
    before = await stored(filled)
    with monkeypatch.context() as patched:
        patched.setattr("infra.faults.passing", fail)
        with pytest.raises(ConnectionResetError):
            await judged(filled, last)
    assert await stored(filled) == before
    assert (await judged(filled, last))[0] == STOPS_ON + timedelta(days=1)


async def test_a_past_day_asked_for_again_answers_as_it_did(filled: asyncpg.Connection) -> None:
    asked = STOPS_ON + timedelta(days=8)
    fresh = await evaluated_as_of(filled, PROFILE, number_of(asked))
    await judged(filled, LAST)
    again = await evaluated_as_of(filled, PROFILE, number_of(asked))
    assert fresh is not None
    assert again is not None
    assert fresh.evaluated.signals == again.evaluated.signals
    assert fresh.evaluated.findings == again.evaluated.findings
    assert [one.state for one in again.evaluated.signals if one.kind == "stop"] == [State.OPEN]
    assert await evaluated_as_of(filled, PROFILE, number_of(date(2023, 12, 1))) is None


async def test_impossible_dates_that_are_told_later_cloud_no_day_before(filled: asyncpg.Connection) -> None:
    asked = STOPS_ON + timedelta(days=8)
    await judged(filled, asked)
    before = await evaluated_as_of(filled, PROFILE, number_of(asked))
    await store_hand_offs(
        filled, [Wait(90_000 + n, datetime(2024, 6, 3, 9, tzinfo=UTC), 3) for n in range(300)]
    )
    await filled.execute(
        "UPDATE hand_off SET state = 'negative', stopped_us = started_us - 1, wait_us = -1, stopped_known_us = $1 "
        "WHERE case_ref > '17ZZ9'",
        end_us(number_of(asked), PROFILE.tz) + 1,
    )
    again = await evaluated_as_of(filled, PROFILE, number_of(asked))
    after = await evaluated_as_of(filled, PROFILE, number_of(asked) + 1)
    assert before is not None
    assert again is not None
    assert after is not None
    assert again.evaluated.signals == before.evaluated.signals
    assert again.stamp.counts == before.stamp.counts
    assert sum(after.stamp.counts["negative"].values()) == 300
    told_of = [one.confidence for one in after.evaluated.signals if one.about.flow is not None]
    assert told_of
    assert set(told_of) == {Confidence.LOW}


async def test_late_data_withdraw_the_signal_that_they_explain_and_end_its_alert(
    filled: asyncpg.Connection, people: AsyncEngine
) -> None:
    noticed = STOPS_ON + timedelta(days=9)
    await judged(filled, noticed)
    assert ("stop", "open", None) in await told(filled, "SELECT kind, state, resolved_how FROM alert")
    for one in waits():
        if one.ended is None:
            await _stopped_after_all(filled, one, noticed + timedelta(days=1))
    await judged(filled, noticed + timedelta(days=1))
    async with people.connect() as reading:
        states = {row.kind: row.state for row in await signals(reading, Wanted(states=()))}
    assert states[Kind.STOP] is State.WITHDRAWN
    assert ("stop", "resolved", "late-information") in await told(
        filled, "SELECT kind, state, resolved_how FROM alert"
    )


async def _stopped_after_all(connection: asyncpg.Connection, one: Wait, known: date) -> None:
    """Let it be known on a day that a case was decided four days after it began."""
    ended, told_at = (
        one.began + timedelta(days=4),
        datetime(known.year, known.month, known.day, 8, tzinfo=UTC),
    )
    await connection.execute(
        "UPDATE hand_off SET state = 'met', stopped_us = $2, wait_us = $2 - started_us, stopped_known_us = $3, "
        "stop_source = $4, stop_event = 'decided' WHERE case_ref = $1",
        one.case,
        to_us(ended),
        to_us(max(told_at, ended + SOON)),
        RECEIVER,
    )


async def test_after_some_days_away_only_what_still_stands_is_told(filled: asyncpg.Connection) -> None:
    """A signal that opened and ended while nobody judged raises no alert."""
    await judged(filled, STOPS_ON)
    due = await days_up_to(filled, PROFILE, number_of(LAST))
    judging = Judge(PROFILE).judge(filled, due)
    for _ in range(20):
        await anext(judging)
    opened = await told(filled, "SELECT kind FROM silo_signal WHERE state = 'open'")
    assert opened
    assert await told(filled, "SELECT kind FROM alert") == []
    async for _ in judging:
        pass
    standing = {kind for (kind,) in await told(filled, "SELECT kind FROM silo_signal WHERE state = 'open'")}
    assert {kind for (kind,) in await told(filled, "SELECT kind FROM alert")} == standing
    assert date_of(due[-1]) == LAST
