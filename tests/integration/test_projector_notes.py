"""What is odd in an event comes back from the database with its case."""

import pytest

from consumers.projector import work
from infra.postgres import connect, engine, migrate
from models.canonical import encode_record
from models.identifiers import Note
from projections.case_timeline.queries import case_timeline
from tests.support import wires
from tests.support.consumer_records import record

pytestmark = pytest.mark.servers


async def test_the_notes_of_an_event_come_back_with_its_case(database: str) -> None:
    await migrate(database)
    note = Note("pnc", "identifiers[0]", "a placeholder, read as missing")
    told = [wires.event("C1", 0, notes=(note,)), wires.event("C1", 1)]
    connection = await connect(database, "test")
    await work.prepare(connection)
    async with connection.transaction():
        rows = work.decide([record(encode_record(one), offset=n) for n, one in enumerate(told)])
        await work.write(connection, rows)
    await connection.close()
    reader = engine(database)
    case = await case_timeline(reader, "C1")
    await reader.dispose()
    assert case is not None
    wrong = {"type": "pnc", "path": "identifiers[0]", "wrong": "a placeholder, read as missing"}
    assert [event.notes for event in case.beside] == [[wrong], []]
