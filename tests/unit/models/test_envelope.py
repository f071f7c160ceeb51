"""What stands on the wire, and what an event says of itself."""

from datetime import UTC, datetime

import orjson
import pytest
from pydantic import ValidationError

from models.envelope import Event

FIELDS = {
    "id": "a-1",
    "source": "/agency/durham-police",
    "type": "caseflow.charge.charged.v1",
    "subject": "11AB/1",
    "time": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
}


def test_an_event_knows_its_agency_its_short_name_and_its_stage():
    event = Event(**FIELDS)
    assert (event.agency, event.name, event.stage) == ("durham-police", "charge.charged", "charge")


def test_absent_attributes_are_left_out():
    assert orjson.loads(Event(**FIELDS).to_json()) == {
        "specversion": "1.0",
        "id": "a-1",
        "source": "/agency/durham-police",
        "type": "caseflow.charge.charged.v1",
        "subject": "11AB/1",
        "time": "2026-11-22T09:30:00+00:00",
        "timeprecision": "second",
        "datacontenttype": "application/json",
        "data": {},
    }


def test_nulls_that_the_agency_wrote_are_kept():
    written = orjson.loads(Event(**FIELDS, data={"plea": None}, traceparent=None).to_json())
    assert (written["data"], written["traceparent"]) == ({"plea": None}, None)


def test_history_is_written_only_where_it_is_true():
    assert b"history" not in Event(**FIELDS).to_json()
    assert b'"history":true' in Event(**FIELDS, history=True).to_json()


def test_a_time_without_a_zone_stays_without_one():
    event = Event(**FIELDS | {"time": datetime(2026, 11, 22, 9, 30)})  # noqa: DTZ001 - the point of the test
    assert Event.from_json(event.to_json()).time.tzinfo is None


@pytest.mark.parametrize("content", [{"a": "\ud800"}, {"a": 1 << 70}, {"\udfff": 1}])
def test_what_json_cannot_carry_is_an_error_with_the_id(content):
    with pytest.raises(ValueError, match="event a-1 cannot be written as JSON"):
        Event(**FIELDS, data=content).to_json()


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_not_turned_into_null(number):
    with pytest.raises(ValueError, match="finite"):
        Event(**FIELDS, data={"n": number})


def test_an_event_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        Event(**FIELDS).id = "other"


def test_a_correction_may_be_of_an_extension():
    event = Event(**FIELDS, amends="a-0", extends="a-00")
    assert (event.amends, event.extends) == ("a-0", "a-00")


@pytest.mark.parametrize("other", ["amends", "extends"])
def test_a_withdrawal_is_nothing_else(other):
    with pytest.raises(ValidationError, match="neither amends nor extends"):
        Event(**FIELDS, withdraws="a-0", **{other: "a-00"})
