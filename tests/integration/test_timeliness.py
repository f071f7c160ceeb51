"""Completed cases as official statistics count them: corrected dates count, what was taken back does not."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.arrays import NEVER
from analysis.offences import counted
from analysis.timeliness import COLUMNS, timeliness
from consumers.projector import work
from infra import topics
from infra.postgres import connect, engine, migrate
from models.canonical import encode_record
from models.instants import to_us
from projections.timeliness.queries import offences
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
    """Give a database with a plain case, one with a corrected date, one taken back and one of the Crown Court."""
    await migrate(database)
    connection = await connect(database, "test")
    await work.prepare(connection)
    events = [
        said("C1", 1, "hearing-listed", data={"courtCode": "B17JA00"}),
        said("C1", 2, "case-completed", data=DATES),
        said("C2", 1, "case-completed", data=DATES),
        said("C2", 2, "case-completed", data=DATES | {"chargeDate": "2026-02-14"}, amends="C2-1"),
        said("C3", 1, "case-completed", data=DATES),
        said("C3", 2, "event-withdrawn", data={}, withdraws="C3-1"),
        wires.event(
            "C4", 1, type="court.case-completed", source="hmcts-crown", data=DATES | {"offenceDate": ""}
        ),
        said("C5", 1, "first-hearing-held", data={}),
    ]
    values = [record(encode_record(one), offset=n) for n, one in enumerate(events)]
    values += [
        record(
            wires.change(f"C{n}", n, summary={"area": "cleveland" if n < 3 else "durham"}),
            topic=topics.CHANGES,
        )
        for n in range(1, 6)
    ]
    async with connection.transaction():
        await work.write(connection, work.decide(values))
    await connection.close()
    reader = engine(database)
    async with reader.connect() as reading:
        yield reading
    await reader.dispose()


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


async def test_what_stands_of_each_completion_counts(told: AsyncConnection) -> None:
    found, courts = await offences(told, PROFILE)
    assert found.charge.tolist() == [day("2026-02-04"), day("2026-02-14"), day("2026-02-04")]
    assert [courts.types[number] for number in found.court_type] == ["Magistrates", "Magistrates", "Crown"]
    assert found.offence.tolist() == [day("2026-01-05"), day("2026-01-05"), NEVER]


async def test_courts_go_by_their_codes_in_the_area_of_their_cases(told: AsyncConnection) -> None:
    found, courts = await offences(told, PROFILE)
    names = [courts.names[number] for number in found.court]
    assert names == ["B17JA", "court not told (north)", "court not told (north)"]
    assert (courts.areas, courts.combined) == (("Cleveland", "Durham"), "Cleveland and Durham")


async def test_a_synthetic_partnership_prints_the_official_columns(database: str) -> None:
    events = list(generate(PROFILE, 80, 3, NOW))
    await store(database, PROFILE, events, to_us(NOW), to_us(NOW))
    reader = engine(database)
    async with reader.connect() as reading:
        found, courts = await offences(reading, PROFILE)
    await reader.dispose()
    completed = {event.subject for event in events if event.type.endswith("case-completed.v1")}
    assert 0 < found.defendant.size <= len(completed)
    assert counted(found).left_out < found.defendant.size / 5
    rows = timeliness(found, courts, day("2026-07-01"))
    assert {len(row.cells()) for row in rows} == {len(COLUMNS)}
    assert set(courts.area_of) <= {0, 1}
