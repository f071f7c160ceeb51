"""What the projector makes of records, without a database."""

import pytest

from consumers.projector import changes
from consumers.projector.events import event_row, first_of_each
from consumers.projector.letters import letter
from consumers.projector.work import decide
from infra import topics
from models.canonical import Tick, encode_record
from models.changes import CaseChange, StepRow, encode_change
from models.hand_offs import HandOff, State
from models.reading import Summary
from models.timeline import StepKind
from tests.support import wires
from tests.support.consumer_records import record


def test_an_event_keeps_every_field_and_its_two_places() -> None:
    row = event_row(wires.event("C1", 3), 1, 42)
    assert (row.case_ref, row.event_id, row.stage) == ("C1", "C1-3", "charge")
    assert row.occurred_at.timestamp() * 1e6 == wires.START_US + 3 * wires.DAY_US
    assert (row.origin_topic, row.origin_partition, row.origin_offset) == ("caseflow.charge", 0, 3)
    assert (row.log_partition, row.log_offset) == (1, 42)
    assert row.data == '{"count":3}'


def test_the_first_of_an_identity_is_kept() -> None:
    rows = [event_row(wires.event("C1", 0, hash=content), 0, offset) for offset, content in enumerate("ab")]
    assert [row[-3] for row in first_of_each(rows)] == [0]


def test_an_event_behind_a_later_one_of_its_case_is_late() -> None:
    numbers = [("C1", 5), ("C1", 2), ("C2", 1), ("C1", 5), ("C1", 9), ("C1", 7)]
    rows = [event_row(wires.event(case, number), 0, offset) for offset, (case, number) in enumerate(numbers)]
    late = {(row[0], row[2]) for row in first_of_each(rows) if row[-1]}
    assert late == {("C1", "C1-2"), ("C1", "C1-7")}


def test_a_tick_is_no_row_and_moves_the_watermark() -> None:
    ticks = [record(encode_record(Tick(time_us)), key=b"~clock") for time_us in (7, 5)]
    rows = decide(ticks)
    assert (rows.events, rows.ticks) == ([], {0: 7})


@pytest.mark.parametrize("value", [b"", None, b"{", b"[]", b"7", b'{"type":"court.heard"}', b'{"type":null}'])
@pytest.mark.parametrize("topic", [topics.EVENTS, topics.CHANGES])
def test_a_record_that_cannot_be_read_is_refused_and_the_next_one_is_not(
    topic: str, value: bytes | None
) -> None:
    good = record(encode_record(wires.event("C1", 1)), offset=1)
    rows = decide([record(value, topic=topic), good])
    assert [(one.record.offset, one.step) for one in rows.refusals] == [(0, "decode")]
    assert len(rows.events) == 1


def test_what_timelines_encodes_is_what_the_projector_reads() -> None:
    space = wires.step("C1", 1, "a", "b")["id"]
    step = StepRow(
        space, "a", "1", "b", "2", "x.y", "x.z", "a", "b", 5, 9, 6, 10, "x.z", "b", StepKind.DISCOVERED, 4
    )
    unset = dict.fromkeys(HandOff._fields)
    told = {"id": space, "rule": "rule", "state": State.MET, "started_us": 5, "limit": "4 working days"}
    hand_off = HandOff(**(unset | told))
    ahead = ("b", 10, "x.w", "c")
    summary = Summary(5, 9, 2, "instant", "x", "x.z", *ahead, None, "b", "b", 4, 0, 4, 0, None, 0, 0)
    read = changes.change(encode_change(CaseChange("C1", 7, False, summary, (step,), (), (hand_off,), ())), 2)
    case = dict(zip(changes.CASE_COLUMNS, read.case, strict=True))
    told_ahead = [case[name] for name in ("last_org", "last_known_us", "foreseen_type", "foreseen_org")]
    assert tuple(told_ahead) == ahead
    assert (case["elapsed_us"], case["between_us"], case["version"], case["log_partition"]) == (4, 4, 7, 2)
    (step_row,) = read.steps.values()
    assert step_row is not None
    row = dict(zip(changes.STEP_COLUMNS, step_row, strict=True))
    assert (row["kind"], row["started_known_us"], row["ended_known_us"]) == ("discovered", 6, 10)
    assert (row["foreseen_type"], row["foreseen_org"]) == ("x.z", "b")
    (judged,) = read.judgements.values()
    assert dict(zip(changes.HAND_OFF_COLUMNS, judged, strict=True))["time_limit"] == "4 working days"


def test_several_changes_of_a_case_come_to_their_last_word() -> None:
    step = wires.step("C1", 1, "a", "b")
    told = [
        changes.change(wires.change("C1", 1, steps_added=[step]), 0),
        changes.change(wires.change("C1", 2, steps_removed=[step["id"]]), 0),
        changes.change(wires.change("C1", 3, steps_added=[step | {"to_type": "court.heard"}]), 0),
    ]
    total = changes.net(told, {})
    assert [row and row[-1] for row in total.steps.values()] == [3]
    assert total.gone == set()


def test_an_older_version_of_a_known_case_is_left_out() -> None:
    told = [changes.change(wires.change("C1", version), 0) for version in (4, 5)]
    assert changes.net(told, {"C1": 5}).cases == {}


def test_a_case_without_counting_events_is_a_row_of_zeros() -> None:
    read = changes.change(wires.change("C1", 1).replace(b'"summary":{', b'"summary":null,"was":{'), 0)
    case = dict(zip(changes.CASE_COLUMNS, read.case, strict=True))
    assert (case["events"], case["elapsed_us"], case["stage"]) == (0, 0, None)


def test_a_letter_without_our_headers_stands_under_its_own_place() -> None:
    row = letter(record(b"x", topic=topics.DEAD_LETTERS, offset=9))
    assert row[:5] == (topics.DEAD_LETTERS, 0, 9, "unknown", "no-headers")


def test_text_that_a_database_cannot_hold_is_shown_escaped() -> None:
    row = letter(record(b"x", headers=(("caseflow-detail", b"a\0b\xff"), ("own", None))))
    assert row.detail == "a\\x00b\\xff"
    assert row.headers == '[["caseflow-detail","a\\\\x00b\\\\xff"],["own",""]]'
