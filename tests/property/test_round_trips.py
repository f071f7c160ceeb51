"""parse(serialise(x)) = x for everything that goes through a topic, a table or a file."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.canonical import Recorded, Tick, decode_record, encode_record
from models.case import Case
from models.case_codec import Stored, decode_case, encode_case
from models.changes import CaseChange, StepRow, decode_change, encode_change
from models.envelope import Event
from models.hand_offs import HandOff, State
from models.identifiers import Note
from models.parsing import read_event
from models.reading import Summary
from models.timeline import Entry, StepKind

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long an example takes says something about the machine, and nothing about the code."""
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
NUMBER = st.integers(-(1 << 53), 1 << 53)
MAYBE = st.none() | TEXT
JSON = st.recursive(
    st.none() | st.booleans() | NUMBER | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
DATA = st.dictionaries(TEXT, JSON, max_size=3)
ZONES = st.just(UTC) | st.builds(lambda m: timezone(timedelta(minutes=m)), st.integers(-1439, 1439))
TIMES = st.datetimes(min_value=datetime(1000, 1, 1)) | st.datetimes(  # noqa: DTZ001 - local times are allowed
    min_value=datetime(1000, 1, 2),  # noqa: DTZ001 - a bound has no zone
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001 - a bound has no zone
    timezones=ZONES,
)
CASES = TEXT.filter(lambda text: text.strip() != "" and not text.startswith("~"))
PLACES = st.tuples(TEXT, st.integers(0, 99), st.integers(0, 1 << 40))

LINKS = st.fixed_dictionaries({"amends": MAYBE, "extends": MAYBE}) | st.fixed_dictionaries(
    {"withdraws": MAYBE}
)


def _event(links, **fields):
    return Event(**fields, **links)


EVENTS = st.builds(
    _event,
    links=LINKS,
    id=TEXT,
    source=st.just("/agency/durham-police"),
    type=st.just("caseflow.charge.charged.v1"),
    subject=CASES,
    time=TIMES,
    recordedtime=st.none() | TIMES,
    sequence=st.none() | st.integers(0, (1 << 31) - 1),
    timeprecision=st.sampled_from(["second", "minute", "day"]),
    history=st.booleans(),
    data=DATA,
    xtraceparent=JSON,
)
# `from_type` fills every field of a dataclass or named tuple by its annotation; the exceptions are named.
st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, NUMBER)
RECORDS = st.builds(
    Recorded, raw=PLACES, data=DATA, extensions=DATA, notes=st.lists(st.builds(Note), max_size=2).map(tuple)
)
TICKS = st.builds(Tick)
ENTRIES = st.builds(Entry, judged=DATA)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    entries = {(entry.source, entry.id): entry for entry in draw(st.lists(ENTRIES, max_size=3))}
    return draw(st.builds(Case, entries=st.just(entries)))


CHANGES = st.builds(
    CaseChange,
    summary=st.none() | st.builds(Summary),
    steps_added=st.lists(st.builds(StepRow, kind=st.sampled_from(StepKind)), max_size=2).map(tuple),
    steps_removed=st.lists(TEXT, max_size=2).map(tuple),
    hand_offs=st.lists(st.builds(HandOff, state=st.sampled_from(State)), max_size=2).map(tuple),
    hand_offs_removed=st.lists(TEXT, max_size=2).map(tuple),
)


@unhurried
@given(EVENTS)
def test_an_event_is_read_as_it_was_written(event):
    assert Event.from_json(event.to_json()) == event
    assert read_event(event.to_json()) == event


@unhurried
@given(RECORDS | TICKS)
def test_a_canonical_record_is_read_as_it_was_written(record):
    assert decode_record(encode_record(record)) == record


@unhurried
@given(CHANGES)
def test_a_change_is_read_as_it_was_written(change):
    assert decode_change(encode_change(change)) == change


@unhurried
@given(cases(), TEXT, st.none() | NUMBER)
def test_the_state_of_a_case_is_read_as_it_was_written(case, rules_hash, due_us):
    assert decode_case(encode_case(case, rules_hash, due_us)) == Stored(case, rules_hash, due_us)
