"""The page of a case tells what is odd in its events, beside them."""

from datetime import UTC, datetime
from io import StringIO

import orjson
from rich.console import Console

from caseflow.reading.case_rows import as_json
from caseflow.reading.case_text import print_case
from caseflow.reading.case_view import CaseView
from models.instants import to_us
from projections.case_timeline.chain import Place
from projections.case_timeline.queries import CaseTimeline, Entry, EventRow
from tests.support.profiles import shipped

AT = datetime(2019, 3, 4, 10, tzinfo=UTC)
NOTE = {"type": "pnc", "path": "identifiers[0]", "wrong": "a placeholder, read as missing"}
CASE = {
    "case_ref": "CC1",
    "precision": "instant",
    "first_us": to_us(AT),
    "last_us": to_us(AT),
    "last_type": "charge.arrested",
    "elapsed_us": 0,
    "tail_from": "police",
    "tail_to": "police",
}


def _told(event_id, notes=(), **over):
    fields = {
        "case_ref": "CC1",
        "source": "police",
        "event_id": event_id,
        "type": "charge.arrested",
        "stage": "charge",
        "acting_org": "police",
        "owner_org": "police",
        "area": None,
        "occurred_at": AT,
        "precision": "second",
        "sequence": 0,
        "recorded_at": None,
        "published_at": None,
        "amends": None,
        "withdraws": None,
        "extends": None,
        "history": True,
        "ahead": False,
        "content_hash": "0",
        "data": {},
        "origin_topic": "caseflow.charge",
        "origin_partition": 0,
        "origin_offset": 0,
        "log_partition": 0,
        "log_offset": 0,
        "ingested_at": AT,
        "notes": list(notes),
    }
    return EventRow(**fields | over)


def _view():
    event = _told("e1", [NOTE])
    entries = [Entry(Place("police", "e1", event.type, "police", to_us(AT)), event, None)]
    beside = [_told("e2", [NOTE | {"path": "crn"}], withdraws="e1"), _told("e3", amends="e1")]
    return CaseView(shipped("cook-county"), CaseTimeline(CASE, entries, beside, ()), {}, None)


def test_a_note_stands_under_its_event_on_the_timeline_and_beside_it() -> None:
    page = StringIO()
    print_case(Console(file=page, width=80), _view())
    lines = [line.strip() for line in page.getvalue().splitlines()]
    arrested = next(number for number, line in enumerate(lines) if "charge.arrested" in line)
    assert lines[arrested + 1] == "note: pnc in identifiers[0]: a placeholder, read as missing"
    assert lines.count("note: pnc in crn: a placeholder, read as missing") == 1
    assert sum("note:" in line for line in lines) == 2


def test_the_json_of_a_case_holds_the_notes_of_every_event() -> None:
    told = orjson.loads(as_json(_view()))
    assert [entry["notes"] for entry in told["timeline"]] == [[NOTE]]
    assert [event["notes"] for event in told["beside"]] == [[NOTE | {"path": "crn"}], []]
