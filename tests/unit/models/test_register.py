"""A row of the register knows its starts, its stops, its conditions and the words of its limits."""

import pytest

from models.clauses import Clause, Verdict, attribute_number, attribute_text
from models.limits import Certainty, Limit
from models.profile import ProfileError
from models.register import Rule
from tests.support.asking import limits
from tests.support.registers import ROW, TEN_DAYS, register

LIMIT = {"kind": "max", "amount": 5, "certainty": "C", "source": "an act"}


def clause(**conditions):
    return Clause.model_validate({"events": ["a.b"], **conditions})


def test_a_condition_holds_fails_or_cannot_be_known():
    asked = clause(where={"remand": ["bail"]}, at_least={"days": 10})
    assert asked.verdict({"remand": "bail", "days": 10}) == Verdict(holds=True)
    assert not asked.verdict({"remand": "custody"}).holds
    assert not asked.verdict({"days": 9}).holds
    assert asked.verdict({"days": 12}) == Verdict(holds=True, unknown=("remand",))


def test_an_unknown_attribute_matches_only_where_the_clause_says_so():
    assert not clause(where={"remand": ["bail"]}).matches("a.b", {})
    assert clause(where={"remand": ["bail"]}, unknown_matches=["remand"]).matches("a.b", {})
    assert not clause(where={"remand": ["bail"]}, unknown_matches=["remand"]).matches("a.b", {"remand": "no"})
    assert not clause().matches("a.c", {})


@pytest.mark.parametrize(("days", "holds"), [(9, False), (10, True), ("20", True), (21, False), ("x", True)])
def test_numbers_lie_between_their_bounds(days, holds):
    assert clause(at_least={"days": 10}, at_most={"days": 20}).verdict({"days": days}).holds is holds


@pytest.mark.parametrize(
    ("value", "text"), [("x", "x"), (True, "true"), (1, "1"), (None, None), (1.5, None), (["x"], None)]
)
def test_attributes_are_compared_as_text(value, text):
    assert attribute_text(value) == text


@pytest.mark.parametrize(
    ("value", "number"), [(7, 7), ("7", 7), (True, None), ("-7", None), ("\u0667", None)]
)
def test_attributes_are_counted_as_whole_numbers(value, number):
    assert attribute_number(value) == number


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"amount": 28}, "28 calendar days"),
        ({"amount": 1, "unit": "working-days", "calendar": "c"}, "1 working day"),
        ({"amount": 0}, "same day"),
        ({"kind": "lead", "amount": 7, "at": "sittingDay"}, "7 calendar days before sittingDay"),
        ({"kind": "lead", "amount": 0, "at": "sittingDay", "edge": "beginning"}, "before sittingDay begins"),
        ({"kind": "date", "at": "dueDate"}, "on dueDate"),
        ({"kind": "floor", "amount": 5}, "at least 5 calendar days"),
        ({"kind": "window", "amount": 364, "least": 14, "at": "d"}, "364 to 14 calendar days before d"),
        ({"kind": "share", "percent": 90, "amount": 24, "unit": "hours"}, "90 % within 24 hours"),
        ({"kind": "local"}, "local"),
    ],
)
def test_a_limit_reads_as_a_person_would_say_it(fields, text):
    assert Limit.model_validate(LIMIT | fields).text == text


@pytest.mark.parametrize("certainty", Certainty)
def test_only_a_confirmed_number_is_no_local_target(certainty):
    assert certainty.is_local_target == (certainty.value in "DKE")


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ('kind = "max"', "needs its amount"),
        ('kind = "lead"\namount = 3', "needs `at`"),
        ('kind = "date"\nat = "date"\nunit = "hours"', "counts days from a date"),
        ('kind = "max"\namount = 3\nunit = "working-days"', "need a calendar"),
        ('kind = "max"\namount = 3\nroll = "back"', "need a calendar"),
        ('kind = "share"\namount = 3', "needs `percent`"),
        ('kind = "max"\namount = 3\ncalendar = "lunar"', "no calendar 'lunar'"),
        ('kind = "max"\namount = 3\nwhere = { colour = ["red"] }', "reads 'colour'"),
        ('kind = "max"\namount = 3\ngiven = { events = ["work.never"] }', "no event type 'work.never'"),
    ],
)
def test_a_limit_that_cannot_be_judged_is_refused(table, wrong):
    with pytest.raises(ProfileError, match=wrong):
        register(ROW + limits(table))


def test_two_limits_for_the_same_day_and_conditions_are_refused():
    with pytest.raises(ProfileError, match="two limits hold on the same day"):
        register(ROW + TEN_DAYS + TEN_DAYS)


@pytest.mark.parametrize(
    ("head", "wrong"),
    [
        ('follows = "T9"\n', "no row 'T9'"),
        ('follows = "T1"\n', "T1 does not end with an event that starts T1"),
        ('[[pause]]\nfrom_events = ["work.gone"]\nto_events = ["work.told"]\n', "no event type 'work.gone'"),
    ],
)
def test_a_row_that_refers_to_nothing_is_refused(head, wrong):
    text = head + ROW if head.startswith("follows") else ROW + head
    with pytest.raises(ProfileError, match=wrong):
        register(text)


def test_a_wait_of_the_receiver_needs_one():
    with pytest.raises(ProfileError, match="owner = receiver needs a receiver"):
        register(ROW.replace('receiver = "back"\n', ""))


def test_roles_that_share_a_duty_are_listed_and_the_first_is_named():
    rules = register(ROW.replace('sender = "front"', 'sender = ["front", "back"]'))
    [row] = rules.profile.rules
    assert (row.sender, row.owners, row.internal) == (("front", "back"), ("back",), False)


def test_a_row_looks_at_the_types_of_all_its_clauses_and_no_other():
    [row] = register(ROW + '[[over]]\nevents = ["work.dropped"]\n').profile.rules
    assert row.event_types == {"work.asked", "work.answered", "work.dropped"}
    assert isinstance(row, Rule)
