"""Every kind of bad input ends as a refusal with its reason; what is merely odd is accepted."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import orjson
import pytest

from models.canonical import Recorded, encode_record
from models.checks import MAX_NESTING, accept
from models.envelope import MAX_EVENT_BYTES, Event
from models.instants import to_us
from models.parsing import read_event
from models.refusals import Reason, Refused, Step
from tests.support.offered import COOK, GOOD, LIVE, NOW, RAW, live, reason, told, with_


def test_a_good_event_is_accepted_with_everything_resolved():
    outcome = with_(data={"outcome": "held"})
    assert isinstance(outcome, Recorded)
    assert (outcome.source, outcome.type, outcome.acting, outcome.owner) == (
        "police",
        "charge.arrested",
        "police",
        "police",
    )
    assert outcome.time_us == to_us(datetime(2019, 3, 4, 10, tzinfo=UTC))
    assert outcome.raw == RAW


@pytest.mark.parametrize("value", [None, b""])
def test_zero_bytes_are_refused_as_empty(value):
    assert read_event(value) == Refused(
        Reason.EMPTY, Step.DECODE, "publish the event as structured CloudEvents JSON"
    )


@pytest.mark.parametrize(
    "value", [b"{", b"hello", b"\xff\xfe", b'{"id": "a" "b"}', b'{"a": NaN}', b"{'id': 1}", b"\x00" * 9]
)
def test_broken_json_is_refused_at_decoding(value):
    assert (reason(told(value)), told(value).step) == (Reason.NOT_JSON, Step.DECODE)


@pytest.mark.parametrize("value", [b"[]", b"3", b'"text"', b"null", b"true", b"[[[]]]"])
def test_json_that_is_no_object_is_refused(value):
    assert reason(told(value)) is Reason.WRONG_SHAPE


def test_ten_megabytes_are_refused_as_too_large():
    assert reason(told(json.dumps(GOOD | {"data": {"text": "x" * 10_000_000}}).encode())) is Reason.TOO_LARGE


def test_a_message_of_exactly_the_limit_is_read():
    padding = MAX_EVENT_BYTES - len(orjson.dumps(GOOD | {"data": {"text": ""}}))
    value = orjson.dumps(GOOD | {"data": {"text": "x" * padding}})
    assert len(value) == MAX_EVENT_BYTES
    assert reason(told(value)) is None


@pytest.mark.parametrize("case", [None, "", "   "])
def test_a_missing_case_has_a_reason_of_its_own(case):
    assert reason(with_(subject=case)) is Reason.MISSING_CASE


def test_an_absent_case_is_a_missing_case():
    fields = {name: value for name, value in GOOD.items() if name != "subject"}
    assert reason(told(orjson.dumps(fields))) is Reason.MISSING_CASE


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("specversion", "0.3"),
        ("specversion", 1.0),
        ("id", 5),
        ("id", ""),
        ("id", "x" * 257),
        ("id", ["a"]),
        ("source", 5),
        ("source", None),
        ("source", "police"),
        ("source", "/agency/Pölice"),
        ("type", 7),
        ("type", "charge.arrested"),
        ("type", "caseflow.charge.arrested.v2"),
        ("subject", 5),
        ("subject", {"case": "x"}),
        ("subject", "~clock"),
        ("subject", "x" * 257),
        ("subject", "line\nbreak"),
        ("time", None),
        ("time", 1_551_693_600),
        ("time", "1551693600"),
        ("time", True),
        ("time", "2019-03-04"),
        ("time", "2019-02-30T00:00:00Z"),
        ("time", "yesterday"),
        ("time", ["2019-03-04T10:00:00Z"]),
        ("recordedtime", 5),
        ("recordedtime", "2019-13-01T00:00:00Z"),
        ("sequence", True),
        ("sequence", 1.5),
        ("sequence", -1),
        ("sequence", "one"),
        ("sequence", "²"),
        ("sequence", 1 << 31),
        ("sequence", "9" * 5000),
        ("timeprecision", "hour"),
        ("timeprecision", 1),
        ("amends", ""),
        ("amends", 4),
        ("withdraws", ["a"]),
        ("extends", {}),
        ("history", 1),
        ("history", "true"),
        ("datacontenttype", "text/plain"),
        ("data", None),
        ("data", []),
        ("data", "text"),
    ],
)
def test_an_attribute_of_the_wrong_type_is_refused_and_named(attribute, value):
    outcome = with_(**{attribute: value})
    assert (reason(outcome), outcome.step) == (Reason.WRONG_SHAPE, Step.VALIDATE)
    assert attribute in outcome.detail


def test_a_refusal_says_whose_event_of_which_case_it_was():
    outcome = with_(time="never")
    assert (outcome.source, outcome.case) == ("police", "CC1")


def test_a_source_that_is_no_text_is_not_taken_for_a_name():
    assert with_(source=None).source == ""


def test_a_sequence_may_be_written_as_text():
    assert with_(sequence="3").sequence == 3


def test_an_unknown_type_is_refused():
    assert reason(with_(type="caseflow.charge.teleported.v1")) is Reason.UNKNOWN_TYPE


def test_an_internal_topic_cannot_be_named_as_a_stage():
    assert reason(with_(type="caseflow.events.arrested.v1")) is Reason.UNKNOWN_TYPE


def test_an_unknown_source_is_refused():
    assert reason(with_(source="/agency/navy")) is Reason.UNKNOWN_SOURCE


def test_a_source_that_may_not_say_this_type_is_refused():
    outcome = with_(source="/agency/court")
    assert (reason(outcome), outcome.step) == (Reason.SOURCE_NOT_ALLOWED, Step.AUTHORISE)


@pytest.mark.parametrize("org", [True, ["police"], {"code": "police"}, 5, "", "navy"])
@pytest.mark.parametrize("attribute", ["actingOrg", "ownerOrg"])
def test_an_organisation_that_is_no_code_of_the_profile_is_refused(attribute, org):
    assert reason(with_(data={attribute: org})) is Reason.UNKNOWN_ORGANISATION


def test_a_date_before_1970_is_refused():
    assert reason(with_(time="1969-12-31T23:59:59Z")) is Reason.BEFORE_1970
    assert reason(with_(time="0001-01-01T00:00:00+14:00")) is Reason.BEFORE_1970


def test_a_date_more_than_a_day_ahead_is_refused():
    assert reason(live(time="2026-11-23T12:00:01Z")) is Reason.IN_THE_FUTURE
    assert reason(live(time="9999-12-31T23:59:59-14:00")) is Reason.IN_THE_FUTURE


def test_a_date_up_to_a_day_ahead_is_accepted_and_marked():
    outcome = live(time="2026-11-23T12:00:00Z")
    assert isinstance(outcome, Recorded)
    assert outcome.ahead


def test_a_recorded_time_must_be_possible_too():
    assert reason(live(recordedtime="2031-01-01T00:00:00Z")) is Reason.IN_THE_FUTURE
    assert reason(live(recordedtime="1931-01-01T00:00:00Z")) is Reason.BEFORE_1970


@pytest.mark.parametrize("time", ["2017-12-31T23:59:59Z", "2019-12-28T00:00:00Z"])
def test_a_date_outside_the_declared_window_is_refused(time):
    outcome = with_(time=time)
    assert (reason(outcome), outcome.step) == (Reason.OUTSIDE_WINDOW, Step.DATE)


@pytest.mark.parametrize("time", ["2018-01-01T00:00:00Z", "2019-12-27T23:59:59Z"])
def test_the_days_at_both_ends_of_the_window_belong_to_it(time):
    assert reason(with_(time=time)) is None


def test_history_is_refused_where_the_profile_takes_none():
    head = LIVE.head.model_copy(
        update={"clock": LIVE.head.clock.model_copy(update={"accepts_history": False})}
    )
    closed = replace(LIVE, head=head)
    event = Event.model_validate(
        GOOD | {"source": "/agency/durham-police", "type": "caseflow.charge.event-withdrawn.v1"}
    )
    assert reason(accept(event, closed, NOW, RAW)) is Reason.HISTORY_NOT_ALLOWED


@pytest.mark.parametrize("text", [rb'"\ud800"', rb'"x\udfffy"', rb'"\ud800\ud800"', b'"\xed\xa0\x80"'])
def test_a_lone_surrogate_is_refused(text):
    value = orjson.dumps(GOOD)[:-1] + b',"data":{"name":' + text + b"}}"
    assert reason(told(value)) is Reason.NOT_JSON


@pytest.mark.parametrize("data", [{"a": "x\x00"}, {"a\x00": 1}, {"a": [{"b": "\x00"}]}])
def test_a_nul_anywhere_is_refused(data):
    assert reason(with_(data=data)) is Reason.NUL_CHARACTER
    assert reason(with_(subject="x\x00")) is Reason.NUL_CHARACTER


def test_a_text_that_only_looks_like_nul_is_accepted():
    assert reason(with_(data={"a": "\\u0000"})) is None


def test_unknown_attributes_are_kept_and_ignored():
    outcome = with_(colour="blue", traceparent=None, name="not the type", stage=5)
    assert isinstance(outcome, Recorded)
    assert outcome.extensions == {"colour": "blue", "traceparent": None, "name": "not the type", "stage": 5}
    assert outcome.type == "charge.arrested"


@pytest.mark.parametrize("number", [1 << 63, -(1 << 63), (1 << 64) - 1])
def test_integers_of_64_bits_are_kept_exactly(number):
    assert with_(data={"n": number}).data == {"n": number}


def test_a_greater_integer_is_read_as_a_floating_number():
    assert with_(data={"n": 1 << 70}).data == {"n": float(1 << 70)}


def test_a_number_that_no_float_holds_is_refused():
    assert reason(told(orjson.dumps(GOOD)[:-1] + b',"data":{"n":1e400}}')) is Reason.NOT_JSON


@pytest.mark.parametrize("depth", [MAX_NESTING + 1, 252, 253, 256, 1000, 1022, 1500, 100_000])
@pytest.mark.parametrize("place", [b',"data":{"a":%s}}', b',"other":{"a":%s}}'])
def test_deep_nesting_is_refused(place, depth):
    value = orjson.dumps(GOOD)[:-1] + place % (b"[" * depth + b"]" * depth)
    assert reason(told(value)) in (Reason.WRONG_SHAPE, Reason.NOT_JSON)


def test_modest_nesting_is_accepted_and_can_be_written():
    depth = MAX_NESTING - 1
    outcome = told(orjson.dumps(GOOD)[:-1] + b',"data":{"a":' + b"[" * depth + b"]" * depth + b"}}")
    assert encode_record(outcome)


@pytest.mark.parametrize("content", [{"a": "\ud800"}, {"a": 1 << 70}])
def test_content_that_json_cannot_carry_is_refused_when_built_in_code(content):
    event = Event.model_validate(GOOD | {"data": content})
    assert reason(accept(event, COOK, NOW, RAW)) is Reason.WRONG_SHAPE


def test_the_hash_leaves_out_when_and_where_it_was_recorded():
    event = read_event(orjson.dumps(GOOD))
    again = read_event(orjson.dumps(GOOD | {"recordedtime": "2019-03-05T00:00:00Z"}))
    first, second = accept(event, COOK, NOW, RAW), accept(again, COOK, NOW + 5, ("caseflow.charge", 0, 1))
    assert first.hash == second.hash
    assert with_(data={"a": 1}).hash != first.hash
