"""The synthetic partnership invents the same cases for the same seed, and its profile accepts every event."""

import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest

from models.checks import accept
from models.instants import to_us
from models.refusals import Refused
from publishers.synthetic.partnership import generate, tell
from publishers.synthetic.references import FIRST_YEAR
from publishers.synthetic.telling import told
from publishers.synthetic.world import World
from tests.support.profiles import shipped

UNTIL = datetime(2026, 11, 22, 12, tzinfo=UTC)
SINCE = datetime(2025, 6, 1, tzinfo=UTC)
CASES = 300


@pytest.fixture(scope="module")
def profile():
    return shipped("cleveland-and-durham")


@pytest.fixture(scope="module")
def world(profile):
    return World(profile, 1, CASES)


@pytest.fixture(scope="module")
def arrived(world):
    return list(tell(world, UNTIL))


@pytest.fixture(scope="module")
def events(arrived):
    return [arrival.event for arrival in arrived]


def test_the_same_seed_gives_the_same_bytes(profile, arrived):
    assert list(tell(World(profile, 1, CASES), UNTIL)) == arrived


def test_the_stream_of_events_is_what_arrives(profile, events):
    assert list(generate(profile, CASES, 1, UNTIL)) == events


def test_another_seed_gives_other_cases(profile, events):
    others = generate(profile, CASES, seed=2, until=UNTIL)
    assert not {event.id for event in others} & {event.id for event in events}


def test_a_later_end_gives_the_same_and_what_came_after(world):
    first = list(tell(world, UNTIL, SINCE))
    later = list(tell(world, UNTIL + timedelta(days=30), SINCE))
    assert later[: len(first)] == first
    assert len(later) > len(first)


def test_as_many_cases_are_told_as_were_asked_for(world, events):
    assert len({event.subject for event in events}) == CASES
    assert len(world.numbers(None, int(UNTIL.timestamp()))) == CASES


def test_every_event_is_accepted(profile, events):
    for event in events:
        accepted = accept(event, profile, to_us(event.recordedtime), ("raw", 0, 0))
        assert not isinstance(accepted, Refused), accepted


def test_every_stage_and_both_areas_have_their_say(profile, events):
    assert {event.stage for event in events} == {stage.code for stage in profile.stages}
    assert {event.data["area"] for event in events} == {"cleveland", "durham"}


def test_every_type_by_which_the_register_begins_or_ends_a_wait_is_said(profile):
    named = {name for rule in profile.rules for name in (*rule.start_events, *rule.stop_events)}
    world = World(profile, 1, 2_000)
    said = {s.name for n in world.numbers(None, int(UNTIL.timestamp())) for s in told(world, n).story.said}
    assert named - said == set()


def test_events_are_recorded_after_they_happened_and_none_after_the_end(events):
    assert all(event.time <= event.recordedtime <= UNTIL for event in events)


def test_events_arrive_as_they_are_recorded_but_for_those_sent_twice(arrived):
    seen, first_sent = set(), []
    for arrival in arrived:
        if arrival.line not in seen:
            first_sent.append(arrival.event)
        seen.add(arrival.line)
    assert len(first_sent) < len(arrived)
    assert all(a.recordedtime <= b.recordedtime for a, b in pairwise(first_sent))


def test_some_events_arrive_out_of_order(events):
    last_of, late = {}, 0
    for event in events:
        late += event.time < last_of.get(event.subject, event.time)
        last_of[event.subject] = max(event.time, last_of.get(event.subject, event.time))
    assert len(events) * 0.01 < late < len(events) * 0.2


def test_some_events_are_corrected_and_some_taken_back_by_their_own_agency(events):
    known = {(event.subject, event.source, event.id) for event in events}
    roots = [event for event in events if event.amends or event.withdraws]
    assert {bool(event.amends) for event in roots} == {True, False}
    assert all((e.subject, e.source, e.amends or e.withdraws) in known for e in roots)
    assert all(event.name.endswith(".event-withdrawn") for event in roots if event.withdraws)


def test_detention_and_bail_are_extended_by_a_further_event(profile):
    arrived = (a for a in tell(World(profile, 1, 1_000), UNTIL) if b'"extends"' in a.line)
    extended = [arrival.event for arrival in arrived]
    assert {event.name for event in extended} == {
        "charge.detention-authorised",
        "charge.bailed-before-charge",
    }
    assert {event.data["extension"] for event in extended} >= {"superintendent", "inspector"}


def test_one_identity_never_has_two_contents(arrived):
    contents = defaultdict(set)
    for arrival in arrived:
        event = arrival.event
        contents[event.subject, event.source, event.id].add(arrival.line)
    assert all(len(found) == 1 for found in contents.values())


def test_agencies_keep_their_times_in_their_own_ways(profile, events):
    exact = defaultdict(set)
    for event in events:
        if not event.withdraws:
            exact[event.agency].add(event.timeprecision)
    assert exact["cleveland-police"] == exact["durham-police"] == {"minute"}
    assert exact["hmcts-magistrates"] == {"second"}
    days = [event for event in events if event.timeprecision == "day"]
    assert {event.agency for event in days} <= {"yjs-stockton", "victim-contact-north-east"}
    assert days
    assert all(event.time.astimezone(profile.tz).hour == 0 for event in days)


def test_probation_sends_what_has_gathered_in_batches(events):
    sent = [e for e in events if e.agency == "probation-north-east" and not (e.amends or e.withdraws)]
    recorded = [event.recordedtime for event in sent]
    assert recorded
    assert all((at.hour % 3, at.minute, at.second) == (0, 0, 0) for at in recorded)


def test_a_provider_acts_for_the_police_that_owns_what_it_does(profile, events):
    acting = [event for event in events if event.data.get("actingOrg") == "provider-sopra-steria"]
    assert acting
    assert {event.agency for event in acting} == {"cleveland-police"}


def test_case_references_cannot_be_real(events):
    for event in events:
        match = re.fullmatch(r"(?:17|11)[A-Z][0-9A-Z]\d{5}(\d\d)/[12]", event.subject)
        assert match, event.subject
        assert int(match[1]) >= FIRST_YEAR


def test_a_urn_may_have_a_second_defendant_in_the_same_area(events):
    areas = defaultdict(set)
    for event in events:
        areas[event.subject.split("/")[0]].add(event.data["area"])
    assert any(event.subject.endswith("/2") for event in events)
    assert all(len(found) == 1 for found in areas.values())


def test_every_event_is_labelled_and_names_nobody(events):
    for event in events:
        assert event.data["synthetic"] is True
        assert not {"name", "address", "phone", "email", "dateOfBirth"} & event.data.keys()
        assert str(event.data.get("victimRef", "synthetic-victim-")).startswith("synthetic-victim-")


def test_every_event_about_a_victim_says_which(events):
    about = [e for e in events if e.stage == "victim" and not e.withdraws]
    assert all("victimRef" in event.data for event in about)
    told = [e for e in about if e.name in {"victim.told", "victim.notice-received"}]
    assert all("aboutEvent" in event.data for event in told)


def test_the_truth_is_never_inside_an_event(arrived):
    words = (b'"why"', b'"late"', b'"due"', b'"state"', b"planted", b"ordinary")
    assert not [a for a in arrived if any(word in a.line for word in words)]


def test_every_event_survives_the_wire(events):
    for event in islice(events, 500):
        assert type(event).from_json(event.to_json()) == event


def test_a_profile_without_the_vocabulary_is_refused():
    with pytest.raises(ValueError, match="speaks the vocabulary of cleveland-and-durham"):
        next(generate(shipped("cook-county"), 1, seed=1, until=UNTIL))


def test_no_cases_are_refused(profile):
    with pytest.raises(ValueError, match="ask for 1 or more"):
        next(generate(profile, 0, seed=1, until=UNTIL))
