"""Completed cases as official statistics count them: corrected dates count, what was taken back does not."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.arrays import NEVER
from analysis.official.offences import counted
from analysis.official.timeliness import COLUMNS, timeliness
from consumers.projector import work
from infra import topics
from infra.postgres import connect, engine, migrate
from models.canonical import encode_record
from models.instants import to_us
from projections.timeliness.queries import completed
from publishers.synthetic.partnership import generate
from tests.support import wires
from tests.support.consumer_records import record
from tests.support.judged import store
from tests.support.profiles import shipped

pytestmark = pytest.mark.servers
PROFILE = shipped("cleveland-and-durham")
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
DATES = {
    "offenceDate": "2026-01-05",
    "chargeDate": "2026-02-04",
    "firstListingDate": "2026-03-06",
    "completionDate": "2026-04-05",
}


def said(case: str, number: int, kind: str, **over: Any) -> Any:
    return wires.event(case, number, type=f"court.{kind}", source="hmcts-magistrates", **over)


@pytest.fixture
async def told(database: str) -> AsyncIterator[AsyncConnection]:
    """Give a database with a plain case, one with a corrected date, one taken back and two of the Crown Court."""
    await migrate(database)
    connection = await connect(database, "test")
    await work.prepare(connection)
    early = {"area": "cleveland", "time_us": wires.START_US, "published_us": wires.START_US + 1}
    events = [
        said("C1", 1, "hearing-listed", data={"courtCode": "B17JA00"}),
        said("C1", 2, "case-completed", data=DATES),
        said("C1", 3, "hearing-listed", data={"courtCode": "B11KF"}),
        said("C2", 1, "hearing-listed", data={"courtCode": "b11ei"}),
        said("C2", 2, "hearing-listed", data={"courtCode": "B11KF"}),
        said("C2", 3, "event-withdrawn", data={}, withdraws="C2-2"),
        said("C2", 4, "case-completed", data=DATES),
        said("C2", 5, "case-completed", data=DATES | {"chargeDate": "2026-02-14"}, amends="C2-4"),
        said("C3", 1, "case-completed", data=DATES),
        said("C3", 2, "event-withdrawn", data={}, withdraws="C3-1"),
        said("C4", 1, "hearing-listed", data={"courtCode": "B17JA"}),
        crown("C4", 2, data=DATES | {"offenceDate": ""}, area=None),
        said("C5", 1, "first-hearing-held", data={}),
        said("C6", 1, "hearing-listed", data={"courtCode": "=cmd()"}, **early),
        said("C6", 2, "case-completed", data=DATES, area=None),
        said("C7", 1, "hearing-listed", data={"courtCode": "X99XX"}),
        said("C7", 2, "case-completed", data=DATES, area="durham"),
    ]
    values = [record(encode_record(one), offset=n) for n, one in enumerate(events)]
    values += [record(wires.change(f"C{n}", n), topic=topics.CHANGES) for n in range(1, 8)]
    async with connection.transaction():
        await work.write(connection, work.decide(values))
    await connection.close()
    reader = engine(database)
    async with reader.connect() as reading:
        yield reading
    await reader.dispose()


def crown(case: str, number: int, **over: Any) -> Any:
    return wires.event(case, number, type="court.case-completed", source="hmcts-crown", **over)


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


async def test_what_stands_of_each_completion_counts(told: AsyncConnection) -> None:
    found, courts = await completed(told, PROFILE)
    assert found.charge.tolist() == [day("2026-02-04"), day("2026-02-14"), *[day("2026-02-04")] * 3]
    types = [courts.types[number] for number in found.court_type]
    assert types == ["Magistrates", "Magistrates", "Crown", "Magistrates", "Magistrates"]
    assert found.offence.tolist() == [day("2026-01-05"), day("2026-01-05"), NEVER, *[day("2026-01-05")] * 2]


async def test_courts_have_the_names_and_areas_of_the_profile_and_what_nobody_told_is_named_so(
    told: AsyncConnection,
) -> None:
    found, courts = await completed(told, PROFILE)
    places = [(courts.areas[courts.area_of[number]], courts.names[number]) for number in found.court]
    assert places == [
        ("Cleveland", "Teesside Magistrates' Court"),  # the last listed before it was completed
        ("Durham", "Darlington Magistrates' Court"),  # a later listing was taken back
        (
            "Area not told",
            "Court not told",
        ),  # listed by another court than completed it; nobody knows "north"
        ("Cleveland", "Court not told"),  # what was told is no code; an earlier event tells the area
        ("Durham", "X99XX"),  # the profile has no name for it
    ]
    assert (courts.combined, courts.region) == ("Cleveland and Durham", "North East")


async def test_only_what_was_published_by_then_counts(told: AsyncConnection) -> None:
    until = wires.START_US + 2 * wires.DAY_US + 5_000_001  # of every case its first and second event
    found, _ = await completed(told, PROFILE, until)
    assert found.charge.tolist() == [day("2026-02-04")] * 4  # C1, C4, C6, C7: of C3 the second took it back
    assert (await completed(told, PROFILE, wires.START_US)).offences.defendant.size == 0


async def test_a_synthetic_partnership_prints_the_official_columns(database: str) -> None:
    events = list(generate(PROFILE, 80, 3, NOW))
    await store(database, PROFILE, events, to_us(NOW), to_us(NOW))
    reader = engine(database)
    async with reader.connect() as reading:
        found, courts = await completed(reading, PROFILE)
    await reader.dispose()
    ended = {event.subject for event in events if event.type.endswith("case-completed.v1")}
    assert 0 < found.defendant.size <= len(ended)
    assert counted(found).left_out.size < found.defendant.size / 5
    rows = timeliness(found, courts, day("2026-07-01")).rows
    assert {len(row.cells()) for row in rows} == {len(COLUMNS)}
    assert {courts.areas[area] for area in courts.area_of} <= {"Cleveland", "Durham"}
    assert {name for name in courts.names if "Court" not in name} == set()
