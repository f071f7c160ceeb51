"""What intake does with a raw record: a canonical record, a tick, or a dead letter; never nothing."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from infra import topics
from models.as_of import encode_as_of
from models.canonical import Recorded, Tick, decode_record
from streams.host.effects import Effects, HeldError, Out
from streams.host.partitions import partition_of
from streams.intake.processor import Intake
from streams.intake.refusal_limit import IN_A_ROW, RefusalLimit
from tests.support.profiles import shipped
from tests.support.raw import batch

PROFILE = shipped("cleveland-and-durham")
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


def charged(**over: Any) -> bytes:
    fields = {
        "specversion": "1.0",
        "id": "e1",
        "source": "/agency/cleveland-police",
        "type": "caseflow.charge.charged.v1",
        "subject": "ZZ17A0000160/1",
        "time": "2026-03-20T09:00:00Z",
        "data": {"remandStatus": "bail", "colour": "kept and ignored"},
    }
    return orjson.dumps({name: value for name, value in (fields | over).items() if value is not None})


def folded(*values: bytes | None, partition: int = 0, key: bytes | None = b"case") -> Effects:
    intake = Intake(partition, 4, PROFILE, lambda: NOW)
    intake.open(None, [])
    [effects] = intake.fold(batch(*values, first=5, partition=partition, key=key))
    return effects


def letter(out: Out) -> dict[str, str]:
    assert out.topic == topics.DEAD_LETTERS
    return {name: content.decode() for name, content in out.headers}


def test_an_accepted_event_goes_to_the_partition_of_its_case_whatever_its_key() -> None:
    [out] = folded(charged(), partition=3, key=b"another key").outputs
    record = decode_record(out.value)
    assert isinstance(record, Recorded)
    assert (out.topic, out.key) == (topics.EVENTS, b"ZZ17A0000160/1")
    assert out.partition == partition_of(b"ZZ17A0000160/1", 4)
    assert record.raw == ("caseflow.charge", 3, 5)
    assert record.data["colour"] == "kept and ignored"


def test_the_position_is_the_offset_after_the_last_record() -> None:
    position = folded(charged(), b"", charged(id="e2")).position
    assert position is not None
    assert (position.topic, position.partition, position.next_offset) == ("caseflow.charge", 0, 8)


@pytest.mark.parametrize(
    ("value", "reason", "step"),
    [
        (None, "empty", "decode"),
        (b"", "empty", "decode"),
        (b"{", "not-json", "decode"),
        (b"\xff\xfe", "not-json", "decode"),
        (b'{"subject":"\\ud800"}', "not-json", "decode"),
        (charged(id="a\x00b"), "nul-character", "decode"),
        (charged(data={"note": "x" * (10 << 20)}), "too-large", "decode"),
        (b"[1]", "wrong-shape", "validate"),
        (charged(id=7), "wrong-shape", "validate"),
        (charged(time=1_774_000_000), "wrong-shape", "validate"),
        (charged(subject=None), "missing-case", "validate"),
        (charged(source="/agency/nobody"), "unknown-source", "authorise"),
        (charged(type="caseflow.charge.unheard-of.v1"), "unknown-type", "authorise"),
        (charged(source="/agency/hmp-durham"), "source-not-allowed", "authorise"),
        (charged(data={"ownerOrg": ["a list"]}), "unknown-organisation", "authorise"),
        (charged(time="1969-12-31T23:59:59Z"), "before-1970", "date"),
        (charged(time="2030-01-01T00:00:00Z"), "in-the-future", "date"),
    ],
)
def test_a_bad_event_becomes_a_dead_letter_with_reason_step_origin_and_time(
    value: bytes | None, reason: str, step: str
) -> None:
    [out] = folded(value).outputs
    told = letter(out)
    assert (told["caseflow-reason"], told["caseflow-step"]) == (reason, step)
    assert (told["caseflow-topic"], told["caseflow-partition"], told["caseflow-offset"]) == (
        "caseflow.charge",
        "0",
        "5",
    )
    assert told["caseflow-at"] == NOW.isoformat()
    assert told["caseflow-size"] == str(len(value or b""))
    assert len(out.value) <= 256 << 10


def test_one_bad_event_does_not_stop_its_neighbours() -> None:
    outputs = folded(charged(), b"nonsense", charged(id="e2")).outputs
    assert [out.topic for out in outputs] == [topics.EVENTS, topics.DEAD_LETTERS, topics.EVENTS]


def test_an_as_of_record_becomes_a_tick_in_the_same_partition_where_history_may_be_imported() -> None:
    intake = Intake(2, 4, shipped("cook-county"), lambda: NOW)
    intake.open(None, [])
    [effects] = intake.fold(batch(encode_as_of(77), partition=2, key=b"~clock"))
    [out] = effects.outputs
    assert (out.topic, out.partition, decode_record(out.value)) == (topics.EVENTS, 2, Tick(77, as_of=True))


def test_refusals_in_a_row_hold_intake_after_their_transaction() -> None:
    effects = folded(*[b"nonsense"] * IN_A_ROW)
    assert "dead-letters resume" in str(effects.held)
    assert len(effects.outputs) == IN_A_ROW
    assert folded(*[b"nonsense"] * (IN_A_ROW - 1)).held is None


def test_a_held_intake_stays_held_when_it_is_started_again() -> None:
    position = folded(*[b"nonsense"] * IN_A_ROW).position
    assert position is not None
    with pytest.raises(HeldError, match="1000 in a row"):
        Intake(0, 4, PROFILE, lambda: NOW).open(None, [position.note])


def test_one_in_a_hundred_refused_holds_a_source_only_once_enough_was_seen() -> None:
    limit = RefusalLimit(())
    for number in range(9_999):
        limit.count("cleveland-police", refused=number % 50 == 0)
    assert limit.passed() == []
    limit.count("cleveland-police", refused=False)
    assert len(limit.passed()) == 1


def test_the_counts_resume_from_the_latest_note() -> None:
    older, newer = RefusalLimit(()), RefusalLimit(())
    older.count("a", refused=True)
    for _ in range(IN_A_ROW):
        newer.count("a", refused=True)
    assert RefusalLimit([newer.note(), older.note()]).passed() == newer.passed() != []
