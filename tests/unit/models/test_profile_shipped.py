"""The two profiles that come with caseflow load and fit together."""

import csv
import gzip
from collections import Counter
from datetime import date

import pytest

from infra.profile_files import profile_names
from tests.support.profiles import shipped
from tests.support.shared import shared

ACTIVITIES = (
    "Arrest",
    "Received by prosecutor",
    "Felony review",
    "Grand Jury",
    "Preliminary Hearing",
    "Direct Indictment",
    "Indictment",
    "Re-Indictment",
    "Arraignment",
    "Disposition",
    "Sentencing",
)


def test_the_shipped_profiles_are_these():
    assert profile_names() == ("cleveland-and-durham", "cook-county")


@pytest.mark.parametrize("name", ["cleveland-and-durham", "cook-county"])
def test_every_publishing_role_is_held_by_an_agency_that_publishes(name):
    profile = shipped(name)
    held = {role for agency in profile.agencies.values() if not agency.reader for role in agency.roles}
    for event in profile.event_types.values():
        assert event.publishers <= held, event.name


def test_readers_publish_nothing():
    profile = shipped("cleveland-and-durham")
    readers = [agency.code for agency in profile.agencies.values() if agency.reader]
    assert readers
    assert not any(profile.may_publish(code, name) for code in readers for name in profile.event_types)


def test_the_partnership_has_its_vocabulary_and_a_withdrawal_for_each_stage():
    profile = shipped("cleveland-and-durham")
    per_stage = Counter(event.stage for event in profile.event_types.values())
    assert per_stage == {
        "charge": 17,
        "court": 22,
        "sentence": 6,
        "probation": 17,
        "release": 11,
        "victim": 6,
    }


def test_the_partnership_resolves_roles_by_area():
    profile = shipped("cleveland-and-durham")
    on = date(2026, 11, 22)
    assert profile.agency_for("police", "durham", on) == "durham-police"
    assert profile.agency_for("cps", "cleveland", on) == "cps-north-east"
    assert profile.agency_for("prison", "cleveland", on) is None
    assert profile.owner_of("provider-tascor", on) == "cleveland-police"
    assert profile.code_of("durham-tees-valley-probation") == "probation-north-east"


def test_the_register_has_every_row_and_each_a_limit_today():
    rules = {rule.id: rule for rule in shipped("cleveland-and-durham").rules}
    numbered = [f"H{n:02d}" for n in range(1, 45) if n not in (27, 28, 29)] + [
        f"V{n:02d}" for n in range(1, 9)
    ]
    assert sorted(rules) == numbered
    for rule in rules.values():
        assert any(limit.includes(date(2026, 11, 22)) for limit in rule.limits), rule.id


def test_the_felony_log_follows_the_procedure_at_equal_times():
    profile = shipped("cook-county")
    names = [profile.imports["felony-log"].activities[activity] for activity in ACTIVITIES]
    assert [profile.event_types[name].precedence for name in names] == list(range(11))
    assert profile.clock_mode == "history"
    assert profile.accepts_history
    assert profile.tz.key == "UTC"


def test_the_organisations_of_the_felony_log_map_one_to_one():
    profile = shipped("cook-county")
    for name, code in profile.imports["felony-log"].orgs.items():
        assert profile.agencies[code].source_name == name


@pytest.mark.parametrize(("file", "rows", "outside"), [("day", 145_362, 0), ("raw", 145_501, 139)])
def test_every_row_of_the_felony_log_is_authorised_and_dated(file, rows, outside):
    profile = shipped("cook-county")
    mapping = profile.imports["felony-log"]
    seen: Counter[tuple[str, str, str]] = Counter()
    with gzip.open(shared(f"data/cook_county/felony_2019_{file}.csv.gz"), "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            seen[row["org"], row["activity"], row["timestamp"][:10]] += 1
    assert seen.total() == rows
    refused = 0
    for (org, activity, day), count in seen.items():
        agency = profile.agencies[mapping.orgs[org]]
        assert profile.may_publish(agency.code, mapping.activities[activity])
        refused += 0 if agency.window.includes(date.fromisoformat(day)) else count
    assert refused == outside
