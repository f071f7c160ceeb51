"""The synthetic partnership invents the same cases for the same seed, and its profile accepts every event."""

import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from models.calendars import due_us
from models.instants import to_us
from publishers.synthetic.partnership import generate
from publishers.synthetic.references import FIRST_YEAR
from tests.support.profiles import shipped

UNTIL = datetime(2026, 11, 22, 12, tzinfo=UTC)
CASES = 400


@pytest.fixture(scope="module")
def profile():
    return shipped("cleveland-and-durham")


@pytest.fixture(scope="module")
def events(profile):
    return list(generate(profile, CASES, seed=1, until=UNTIL))


@pytest.fixture(scope="module")
def waits(profile, events):
    """Return, per rule, how each start stands: met, late, overdue or open."""
    cases = defaultdict(list)
    for event in events:
        if not event.amends:
            cases[event.subject].append(event)
    found = defaultdict(list)
    for rule in profile.rules:
        for said in cases.values():
            ordered = sorted(said, key=lambda event: event.time)
            found[rule.id].extend(_stands(profile, rule, ordered))
    return found


def _stands(profile, rule, ordered):
    for place, start in enumerate(ordered):
        if not rule.starts(start.name, start.data):
            continue
        limit = rule.limits[0]
        due = due_us(to_us(start.time), limit, profile.calendars["england-and-wales"], profile.tz)
        later = ordered[place + 1 :]
        stop = next((e for e in later if rule.stops(start.data, e.name, e.data)), None)
        if stop is None:
            yield "overdue" if to_us(UNTIL) > due else "open"
        else:
            yield "late" if to_us(stop.time) > due else "met"


def test_the_same_seed_gives_the_same_events(profile, events):
    assert list(generate(profile, CASES, seed=1, until=UNTIL)) == events


def test_another_seed_gives_other_cases(profile, events):
    others = generate(profile, CASES, seed=2, until=UNTIL)
    assert not {event.id for event in others} & {event.id for event in events}


def test_a_later_day_adds_to_what_was_known_and_changes_none_of_it(profile, events):
    later = {event.id: event for event in generate(profile, CASES, seed=1, until=UNTIL + timedelta(days=9))}
    before = {event.id: event for event in events}
    kept = before.keys() & later.keys()  # the oldest cases have left the span
    assert len(kept) > len(before) * 0.9
    assert all(later[name].recordedtime == before[name].recordedtime for name in kept)
    assert len(later.keys() - before.keys()) > 0


def test_every_event_is_one_that_its_agency_may_publish(profile, events):
    assert all(profile.may_publish(event.agency, event.name) for event in events)


def test_every_stage_and_both_areas_have_their_say(profile, events):
    assert {event.stage for event in events} == {stage.code for stage in profile.stages}
    assert {event.data["area"] for event in events} == {"cleveland", "durham"}


def test_events_are_recorded_after_they_happened_and_none_after_the_end(events):
    assert all(event.time <= event.recordedtime <= UNTIL for event in events)


def test_events_arrive_as_they_are_recorded_but_for_those_sent_twice(events):
    seen = set()
    first_sent = []
    for event in events:
        if event.to_json() not in seen:
            first_sent.append(event)
        seen.add(event.to_json())
    assert len(first_sent) < len(events)
    assert all(a.recordedtime <= b.recordedtime for a, b in pairwise(first_sent))


def test_some_events_arrive_out_of_order(events):
    last_of = {}
    late = 0
    for event in events:
        late += event.time < last_of.get(event.subject, event.time)
        last_of[event.subject] = max(event.time, last_of.get(event.subject, event.time))
    assert 0 < late < len(events) * 0.2


def test_some_events_are_corrected_and_some_taken_back_by_their_own_agency(events):
    known = {(event.subject, event.source, event.id) for event in events}
    roots = [event for event in events if event.amends or event.withdraws]
    assert {bool(event.amends) for event in roots} == {True, False}
    assert all((e.subject, e.source, e.amends or e.withdraws) in known for e in roots)
    assert all(event.name.endswith(".event-withdrawn") for event in roots if event.withdraws)


def test_one_identity_never_has_two_contents(events):
    contents = defaultdict(set)
    for event in events:
        contents[event.subject, event.source, event.id].add(event.to_json())
    assert all(len(found) == 1 for found in contents.values())


def test_some_hand_offs_are_late_and_some_are_overdue_by_the_clock(waits):
    decisions = waits["H04"]
    assert 0.1 < decisions.count("late") / len(decisions) < 0.35
    assert "late" in waits["H15"]
    assert "late" in waits["H20"]
    assert any("overdue" in states for states in waits.values())
    assert any("open" in states for states in waits.values())


def test_every_rule_of_the_register_is_exercised(profile, waits):
    assert all(waits[rule.id] for rule in profile.rules)


def test_a_case_that_is_written_down_by_the_day_keeps_no_time_of_day(profile, events):
    by_day = [event for event in events if event.timeprecision == "day" and not event.amends]
    assert by_day
    assert all(event.time.astimezone(profile.tz).hour == 0 for event in by_day)


def test_case_references_cannot_be_real(events):
    for event in events:
        match = re.fullmatch(r"(?:17|11)[A-Z][0-9A-Z]\d{5}(\d\d)/[12]", event.subject)
        assert match, event.subject
        assert int(match[1]) >= FIRST_YEAR


def test_a_urn_may_have_a_second_defendant_in_the_same_area(events):
    areas = defaultdict(set)
    for event in events:
        areas[event.subject.split("/")[0]].add(event.data["area"])
    subjects = {event.subject for event in events}
    assert any(subject.endswith("/2") for subject in subjects)
    assert all(len(found) == 1 for found in areas.values())


def test_every_event_is_labelled_and_names_nobody(events):
    for event in events:
        assert event.data["synthetic"] is True
        assert not {"name", "address", "phone", "email", "dateOfBirth"} & event.data.keys()
        assert str(event.data.get("victimRef", "synthetic-victim-")).startswith("synthetic-victim-")


def test_every_event_survives_the_wire(events):
    for event in events[:500]:
        assert type(event).from_json(event.to_json()) == event


def test_a_profile_without_the_vocabulary_is_refused():
    with pytest.raises(ValueError, match="speaks the vocabulary of cleveland-and-durham"):
        next(generate(shipped("cook-county"), 1, seed=1, until=UNTIL))


def test_no_cases_are_refused(profile):
    with pytest.raises(ValueError, match="ask for 1 or more"):
        next(generate(profile, 0, seed=1, until=UNTIL))
