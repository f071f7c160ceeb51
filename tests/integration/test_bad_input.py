"""Promise 5 on real servers: whatever an agency sends is a row, or a dead letter with reason and place."""

import json
from typing import Any

import pytest

from infra import kafka
from infra.postgres import connect
from infra.settings import Settings
from tests.support.system import System

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
GOOD: dict[str, Any] = {
    "specversion": "1.0",
    "id": "good",
    "source": "/agency/cleveland-police",
    "type": "caseflow.charge.charged.v1",
    "subject": "ZZ17A0000160/1",
    "time": "2026-03-20T09:00:00Z",
    "data": {"remandStatus": "bail"},
}


def event(**over: Any) -> bytes:
    return json.dumps({name: value for name, value in (GOOD | over).items() if value is not None}).encode()


BAD: dict[str, tuple[bytes | None, str, str]] = {
    "zero bytes": (b"", "empty", "decode"),
    "a tombstone": (None, "empty", "decode"),
    "broken JSON": (b'{"id": ', "not-json", "decode"),
    "no UTF-8": (b'{"id": "\xff"}', "not-json", "decode"),
    "a lone surrogate": (event(subject="S").replace(b'"S"', b'"\\ud800"'), "not-json", "decode"),
    "a NUL": (event(id="a\x00b"), "nul-character", "decode"),
    "ten megabytes": (event(data={"document": "x" * (10 << 20)}), "too-large", "decode"),
    "a wrong type": (event(id=["a", "list"]), "wrong-shape", "validate"),
    "no case": (event(subject=None), "missing-case", "validate"),
    "an unknown type": (event(type="caseflow.charge.unheard-of.v1"), "unknown-type", "authorise"),
    "a source not allowed": (event(source="/agency/hmp-durham"), "source-not-allowed", "authorise"),
    "before 1970": (event(time="1969-07-20T20:17:00Z"), "before-1970", "date"),
    "years ahead": (event(time="2099-01-01T00:00:00Z"), "in-the-future", "date"),
    "the same id with other content": (event(data={"remandStatus": "custody"}), "conflict", "identity"),
}


async def test_every_kind_of_bad_input_is_a_dead_letter_and_its_neighbours_are_rows(system: System) -> None:
    system.start_all()
    origins = await send(system.settings)
    await system.settled()
    assert [worker.child.poll() for worker in system.workers] == [None, None, None], "nothing has crashed"
    connection = await connect(system.settings.database_url, "test")
    try:
        letters = await connection.fetch("SELECT * FROM dead_letter")
        stored = await connection.fetch("SELECT event_id, data FROM case_event")
    finally:
        await connection.close()
    found = {(row["topic"], row["part"], row["position"]): (row["reason"], row["step"]) for row in letters}
    expected = {origins[name]: (reason, step) for name, (_, reason, step) in BAD.items()}
    assert found == expected
    assert all(row["failed_at"] and row["appended_at"] and row["detail"] for row in letters)
    assert {row["event_id"] for row in stored} == {"good", "odd", "last"}
    kept = next(row["data"] for row in stored if row["event_id"] == "odd")
    assert "kept and ignored" in str(kept)


async def send(settings: Settings) -> dict[str, tuple[str, int, int]]:
    """Send good and bad messages in turn to one partition; return where each bad one stands."""
    odd = event(
        id="odd", colour="unknown attribute", data={"remandStatus": "bail", "note": "kept and ignored"}
    )
    async with kafka.producer(settings) as producer:

        async def put(value: bytes | None) -> tuple[str, int, int]:
            told = await producer.send_and_wait("caseflow.charge", value, key=b"case", partition=0)
            return told.topic, told.partition, told.offset

        await put(event())
        await put(odd)
        origins = {name: await put(value) for name, (value, _, _) in BAD.items()}
        await put(event())  # a repeat is neither a row nor a letter
        await put(event(id="last"))
    return origins
