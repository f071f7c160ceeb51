"""What the state and the limit of a standard hand-off are called."""

from typing import Any

import pytest

from caseflow.reading import hand_off_words as words

ROW: dict[str, Any] = {
    "sender": "police",
    "receiver": "cps",
    "internal": False,
    "state": "open",
    "tier": None,
    "due_soon": False,
    "time_limit": "5 working days",
    "certainty": "C",
    "assumed": None,
}


@pytest.mark.parametrize(
    ("state", "tier", "due_soon", "said"),
    [
        ("open", None, False, "open"),
        ("open", None, True, "open, due soon"),
        ("overdue", 0, False, "OVERDUE"),
        ("overdue", 1, False, "OVERDUE, very late"),
        ("overdue", 2, False, "OVERDUE, severe"),
        ("met_late", None, False, "met late"),
    ],
)
def test_a_state_says_how_near_or_how_far_past_its_due_instant_it_is(
    state: str, tier: int | None, due_soon: bool, said: str
) -> None:
    assert words.state(ROW | {"state": state, "tier": tier, "due_soon": due_soon}) == said


@pytest.mark.parametrize(
    ("limit", "certainty", "assumed", "said"),
    [
        ("5 working days", "C", None, "limit 5 working days (certainty C)"),
        ("5 working days", "E", None, "limit 5 working days (local target, certainty E)"),
        ("5 working days", "C", "youth", "limit 5 working days (certainty C, youth not known)"),
        ("local", "K", None, "local target, its number is not known here"),
        (None, None, None, "no limit in force"),
    ],
)
def test_a_limit_says_how_far_it_may_be_trusted(
    limit: str | None, certainty: str | None, assumed: str | None, said: str
) -> None:
    assert words.limit(ROW | {"time_limit": limit, "certainty": certainty, "assumed": assumed}) == said


def test_an_internal_step_lies_inside_one_organisation() -> None:
    assert words.between(ROW) == "police → cps"
    assert words.between(ROW | {"internal": True, "receiver": "police"}) == "inside police"
