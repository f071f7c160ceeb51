"""The loads: the same for every candidate, the same at every run, acceptable at the front door."""

from datetime import UTC, datetime

import orjson

from bench.canonical import canonical_records
from bench.events import encoded
from bench.peers.fold import decode, entry, output
from bench.raw_events import COURSE, PROFILE, raw_event, raw_events
from infra.profile_files import read_profile_files
from models.canonical import decode_record
from models.envelope import Event
from models.profile import parse_profile

BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_a_test_event_has_about_400_bytes_and_is_keyed_by_its_case():
    records = list(encoded(100, cases=10))
    assert all(380 <= len(value) <= 450 for _, value in records)
    assert all(orjson.loads(value)["case_id"].encode() == key for key, value in records)
    assert len({key for key, _ in records}) == 10


def test_a_load_is_the_same_at_every_run_and_no_event_comes_twice():
    records = list(encoded(1_000))
    assert records == list(encoded(1_000))
    assert len({orjson.loads(value)["event_id"] for _, value in records}) == 1_000


def test_the_fold_keeps_when_who_what_and_which_and_answers_with_the_id():
    _, value = next(encoded(1))
    event = decode(value)
    assert entry(event) == (event.occurred_at.timestamp(), "org-00", "handoff.sent", "0" * 32)
    assert orjson.loads(output(event)) == {"id": "0" * 32}


def test_every_raw_event_is_one_that_its_agency_may_publish():
    profile = parse_profile(read_profile_files(PROFILE, directory=None))
    assert [(kind, agency) for kind, agency in COURSE if not profile.may_publish(agency, kind)] == []


def test_every_raw_event_reads_as_an_event_of_its_case_and_topic():
    for raw in raw_events("load", 0, 2 * len(COURSE), BEGAN, cases=2):
        event = Event.model_validate_json(raw.value)
        assert (event.id, event.subject) == (raw.id, raw.case)
        assert raw.topic == f"caseflow.{event.type.split('.')[1]}"


def test_a_case_is_visited_again_an_hour_later():
    first, again = (Event.model_validate_json(raw_event("load", n, BEGAN, cases=5).value) for n in (3, 8))
    assert first.subject == again.subject
    assert (again.time - first.time).total_seconds() == 3600


def test_the_canonical_load_is_what_intake_would_have_written():
    records = [(key, decode_record(value)) for key, value in canonical_records(50)]
    assert [record.subject.encode() for _, record in records] == [key for key, _ in records]
    assert {record.type for _, record in records} == {"charge.arrested"}
    assert not any(record.ahead for _, record in records)
