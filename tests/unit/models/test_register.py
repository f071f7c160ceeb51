"""A rule of the register knows its starts, its stops and its limit of the day."""

from datetime import date

import pytest

from models.profile import parse_profile
from models.register import attribute_text
from tests.support.profiles import SMALL, changed, shipped


@pytest.fixture(scope="module")
def rule():
    return parse_profile(SMALL).rules[0]


@pytest.fixture(scope="module")
def shipped_rules():
    return {rule.id: rule for rule in shipped("cleveland-and-durham").rules}


def test_the_limit_is_the_one_in_force_on_the_day_of_the_start(rule):
    assert rule.limit_in_force(date(2025, 12, 31)).text == "28 calendar days"
    assert rule.limit_in_force(date(2026, 1, 1)).text == "10 working days"


def test_a_rule_may_have_no_limit_on_a_day():
    profile = parse_profile(changed("hand_offs/A1.toml", "from = 2026-01-01", "from = 2027-01-01"))
    assert profile.rules[0].limit_in_force(date(2026, 6, 1)) is None


def test_a_start_needs_its_type_and_its_attributes(rule):
    assert rule.starts("charge.charged", {"remandStatus": "bail"})
    assert not rule.starts("charge.charged", {"remandStatus": "custody"})
    assert not rule.starts("charge.arrested", {"remandStatus": "bail"})


def test_an_unknown_attribute_does_not_match(rule):
    assert not rule.starts("charge.charged", {})
    assert not rule.starts("charge.charged", {"remandStatus": None})


def test_an_unknown_attribute_matches_where_the_rule_says_so(shipped_rules):
    decision = shipped_rules["H04"]
    assert decision.starts("charge.file-accepted", {})
    assert decision.starts("charge.file-accepted", {"suspectStatus": "rui"})
    assert not decision.starts("charge.file-accepted", {"suspectStatus": "custody"})


def test_a_stop_answers_the_start_with_the_same_attribute(shipped_rules):
    contact = shipped_rules["V07"]
    stop = "victim.liaison-contacted"
    assert contact.stops({"victimRef": "a"}, stop, {"victimRef": "a"})
    assert not contact.stops({"victimRef": "a"}, stop, {"victimRef": "b"})
    assert not contact.stops({}, stop, {})


def test_a_proof_says_that_the_stop_never_came(shipped_rules):
    assert shipped_rules["H20"].proves_missing("sentence.passed", {})
    assert not shipped_rules["H20"].proves_missing("sentence.report-delivered", {})
    assert not shipped_rules["V07"].proves_missing("sentence.passed", {})


def test_the_wait_has_an_owner(shipped_rules):
    assert shipped_rules["H15"].owner_role == "crown"
    assert shipped_rules["H40"].owner_role == "probation"


@pytest.mark.parametrize(
    ("value", "text"), [("x", "x"), (True, "true"), (1, "1"), (None, None), (1.5, None), (["x"], None)]
)
def test_attributes_are_compared_as_text(value, text):
    assert attribute_text(value) == text
