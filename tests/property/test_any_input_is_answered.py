"""Whatever is offered is answered: an event, or a refusal with its reason; nothing raises."""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.canonical import Recorded, encode_record
from models.checks import accept
from models.envelope import Event
from models.parsing import read_event
from models.refusals import Refused
from tests.support.offered import COOK, GOOD, NOW, RAW, live, reason, told

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long an example takes says something about the machine, and nothing about the code."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@unhurried
@given(st.binary(max_size=200))
def test_reading_never_raises_on_any_bytes(value):
    assert isinstance(read_event(value), Event | Refused)


@unhurried
@given(st.fixed_dictionaries({}, optional=dict.fromkeys([*GOOD, "data", "sequence", "amends", "x"], JSON)))
def test_reading_and_accepting_never_raise_on_any_attributes(changes):
    value = json.dumps(GOOD | changes, ensure_ascii=True).encode()
    outcome = told(value)
    if isinstance(outcome, Recorded):
        assert encode_record(outcome)


FINITE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.lists(st.text())
)
EVENTS = st.builds(
    Event,
    id=st.text("ab-", min_size=1, max_size=9),
    source=st.sampled_from(["/agency/police", "/agency/court", "/agency/navy"]),
    type=st.sampled_from([f"caseflow.{name}.v1" for name in COOK.event_types] + ["caseflow.x.y.v1"]),
    subject=st.just("CC1"),
    time=st.datetimes() | st.datetimes(timezones=st.timezones()),
    recordedtime=st.none() | st.datetimes(),
    history=st.booleans(),
    data=st.dictionaries(st.text(max_size=5) | st.just("actingOrg"), FINITE, max_size=3),
)


@unhurried
@given(EVENTS, st.integers(0, NOW))
def test_accepting_never_raises_on_any_event(event, appended_us):
    assert isinstance(accept(event, COOK, appended_us, RAW), Recorded | Refused)


@unhurried
@given(st.integers(-2000, 2000))
def test_a_time_is_accepted_exactly_until_a_day_ahead(minutes):
    time = datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(minutes=minutes)
    assert (reason(live(time=time.isoformat())) is None) == (minutes <= 1440)
