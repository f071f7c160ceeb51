"""A profile answers who may say what, for whom, and by which rules."""

from datetime import date

import pytest

from models import profile
from models.profile import parse_profile
from tests.support.profiles import SMALL, changed

ON = date(2024, 6, 1)


@pytest.fixture(scope="module")
def small():
    return parse_profile(SMALL)


def test_precedence_is_the_order_of_the_file_and_withdrawals_come_last(small):
    names = sorted(small.event_types, key=lambda name: small.event_types[name].precedence)
    assert names == [
        "charge.arrested",
        "charge.charged",
        "court.ptph-held",
        "charge.event-withdrawn",
        "court.event-withdrawn",
    ]


def test_an_agency_says_what_its_role_may_say(small):
    assert small.may_publish("north-police", "charge.charged")
    assert not small.may_publish("north-police", "court.ptph-held")
    assert not small.may_publish("north-police", "charge.invented")
    assert not small.may_publish("nobody", "charge.charged")


def test_a_provider_says_what_its_principal_may_say_and_the_principal_owns_it_while_it_lasts(small):
    assert small.may_publish("provider", "charge.charged")
    assert not small.may_publish("provider", "court.ptph-held")
    assert small.owner_of("provider", date(2024, 12, 31)) == "north-police"
    assert small.owner_of("provider", date(2025, 1, 1)) == "provider"
    assert small.owner_of("crown", ON) == "crown"


def test_whoever_publishes_in_a_stage_may_withdraw_there(small):
    assert small.may_publish("crown", "court.event-withdrawn")
    assert not small.may_publish("crown", "charge.event-withdrawn")


def test_a_role_is_resolved_by_area(small):
    assert small.agency_for("police", "north", ON) == "north-police"
    assert small.agency_for("police", "south", ON) is None
    assert small.agency_for("crown", "north", ON) == "crown"
    assert small.agency_for("victim", "north", ON) is None


def test_an_agency_that_names_the_area_goes_before_one_that_covers_all():
    extra = '\n[[agency]]\ncode = "police-everywhere"\nname = "All"\nroles = ["police"]\n'
    profile = parse_profile({**SMALL, "agencies.toml": SMALL["agencies.toml"] + extra})
    assert profile.agency_for("police", "north", ON) == "north-police"
    assert profile.agency_for("police", None, ON) is None


def test_an_agency_is_not_resolved_outside_its_window():
    window = 'roles = ["crown"]\nwindow = { from = 2024-01-01, to = 2024-06-01 }'
    profile = parse_profile(changed("agencies.toml", 'roles = ["crown"]', window))
    assert profile.agency_for("crown", None, date(2024, 6, 1)) == "crown"
    assert profile.agency_for("crown", None, date(2024, 6, 2)) is None


def test_an_agency_is_known_by_its_alias(small):
    assert small.code_of("northern-constabulary") == "north-police"
    assert small.code_of("north-police") == "north-police"
    assert small.code_of("southern-constabulary") is None


def test_an_import_without_words_of_its_own_uses_those_of_the_profile():
    text = SMALL["imports/log.toml"].split("[activities]")[0]
    mapping = parse_profile({**SMALL, "imports/log.toml": text}).imports["log"]
    assert mapping.activities["charge.charged"] == "charge.charged"
    assert mapping.orgs["northern-constabulary"] == "north-police"


def test_a_star_carries_every_column_without_another_meaning():
    files = changed("imports/log.toml", 'precision = "minute"', 'precision = "minute"\ndata = ["*"]')
    mapping = parse_profile(files).imports["log"]
    assert mapping.carried(["case", "what", "when", "who", "outcome"]) == ("outcome",)


def test_comments_and_formatting_leave_the_judging_hash_as_it_is(small):
    files = {name: f"# a comment\n\n{text}\n# another" for name, text in SMALL.items()}
    files["agencies.toml"] = files["agencies.toml"].replace('"North Police"', '"The Police of the North"')
    assert parse_profile(files).judging_hash == small.judging_hash


def test_regions_and_court_houses_have_names_and_leave_the_judging_hash_as_it_is(small):
    told = 'region = "North East"\n\n[[court]]\ncode = "B99XX"\ntitle = "North Court"\narea = "north"\n'
    named = parse_profile(changed("profile.toml", 'title = "North"\n', f'title = "North"\n{told}'))
    assert [(court.code, court.title, court.area) for court in named.head.courts] == [
        ("B99XX", "North Court", "north")
    ]
    assert [area.region for area in named.areas] == ["North East"]
    assert [area.region for area in small.areas] == [None]
    assert named.judging_hash == small.judging_hash


def test_the_judging_hash_changes_with_how_judging_judges(small, monkeypatch):
    before = small.judging_hash
    monkeypatch.setattr(profile, "JUDGING", profile.JUDGING + 1)
    assert parse_profile(SMALL).judging_hash != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("events.toml", '"charge.arrested"', '"charge.summoned"'),
        ("events.toml", 'judged = ["remandStatus"]', 'judged = ["remandStatus", "plea"]'),
        ("hand_offs/A1.toml", "amount = 28", "amount = 29"),
        ("hand_offs/A1.toml", '["bail"]', '["bail", "custody"]'),
        ("calendars.toml", 'name = "weekends"', 'name = "weekends"\nclosed = [2026-01-01]'),
        ("profile.toml", "Europe/London", "Europe/Paris"),
        ("agencies.toml", 'areas = ["north"]', ""),
    ],
)
def test_the_judging_hash_changes_with_what_judging_reads(small, file, old, new):
    files = changed(file, old, new)
    files["imports/log.toml"] = files["imports/log.toml"].replace("charge.arrested", "charge.charged")
    assert parse_profile(files).judging_hash != small.judging_hash


def test_the_judging_hash_changes_with_precedence(small):
    tables = SMALL["events.toml"].split("\n\n")
    swapped = "\n\n".join([tables[1], tables[0], tables[2]])
    assert parse_profile({**SMALL, "events.toml": swapped}).judging_hash != small.judging_hash
