"""What a judgement means for the alert of its hand-off, row by row."""

from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest

from consumers.projector.alert_decisions import (
    NO_ALERTS,
    OpenAlert,
    Raise,
    Resolve,
    Restate,
    Said,
    Standing,
    decide,
)
from consumers.projector.alert_plan import ALERT, plan
from models.hand_offs import State
from models.routes import Severity

HAND_OFF = UUID(int=1)
ALERT_ID = UUID(int=2)
AT = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
STATES = {
    "late": ("overdue", 0),
    "very-late": ("overdue", 1),
    "severe": ("overdue", 2),
    "missing": ("missing", None),
}


def said(state: str = "overdue", tier: int | None = 0, **over: object) -> Said:
    told = Said(
        id=HAND_OFF,
        case_ref="C1",
        state=state,
        rule="H04",
        title="File to prosecutor",
        sender="police",
        receiver="cps",
        owner="police",
        internal=False,
        area="north",
        tier=tier,
        due_us=5,
        overdue_us=6,
        time_limit="5 days",
        certainty="C",
        version=10,
        importing=False,
    )
    return told._replace(**over)


def standing(severity: str, **over: object) -> Standing:
    """Return one open alert that repeats what `said()` says."""
    open_ = OpenAlert(ALERT_ID, "police", Severity(severity), 1, said().shown)
    return Standing(open=open_._replace(**over), version=9)


def settled(severity: str) -> Standing:
    """Return what stands after a person has resolved an alert of this severity."""
    return Standing(settled=Severity(severity), version=9)


def words(told: Said, stands: Standing) -> list[str]:
    """Return the actions in words."""
    made = []
    for action in decide(told, stands):
        match action:
            case Raise(severity):
                made.append(f"raise {severity.value}")
            case Restate(_, severity):
                made.append(f"{'rise to' if action.risen else 'restate'} {severity.value}")
            case Resolve(_, how):
                made.append(f"resolve {how}")
    return made


@pytest.mark.parametrize("severity", STATES)
def test_what_is_late_or_missing_raises_an_alert_as_severe_as_it_is(severity: str) -> None:
    state, tier = STATES[severity]
    assert words(said(state, tier), NO_ALERTS) == [f"raise {severity}"]


@pytest.mark.parametrize("state", [one.value for one in State if one not in {State.OVERDUE, State.MISSING}])
def test_what_is_neither_late_nor_missing_raises_nothing(state: str) -> None:
    assert words(said(state, None), NO_ALERTS) == []


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        ("late", "late", "restate late"),
        ("late", "very-late", "rise to very-late"),
        ("late", "missing", "rise to missing"),
        ("very-late", "severe", "rise to severe"),
        ("severe", "missing", "rise to missing"),
        ("missing", "missing", "restate missing"),
        ("severe", "late", "restate late"),
        ("missing", "severe", "restate severe"),
    ],
)
def test_an_open_alert_goes_with_its_hand_off(now: str, then: str, expected: str) -> None:
    assert words(said(*STATES[then]), standing(now)) == [expected]


@pytest.mark.parametrize(
    ("state", "how"),
    [
        ("met_late", "completed"),
        ("met", "late-information"),
        ("open", "late-information"),
        ("negative", "late-information"),
        ("void", "withdrawn"),
        ("removed", "withdrawn"),
    ],
)
@pytest.mark.parametrize("importing", [False, True])
def test_a_hand_off_that_is_late_no_more_ends_its_alert(state: str, how: str, importing: bool) -> None:
    assert words(said(state, None, importing=importing), standing("severe")) == [f"resolve {how}"]


def test_every_state_of_a_hand_off_means_something_for_its_alert() -> None:
    assert all(decide(said(state.value, None), standing("late")) for state in State)


@pytest.mark.parametrize("stands", [NO_ALERTS, settled("late")])
def test_imported_history_raises_nothing(stands: Standing) -> None:
    assert words(said("overdue", 2, importing=True), stands) == []


def test_an_open_alert_follows_its_hand_off_under_an_import_too() -> None:
    assert words(said("overdue", 2, importing=True), standing("late")) == ["rise to severe"]


@pytest.mark.parametrize(
    ("resolved", "then", "expected"),
    [
        ("late", "late", []),
        ("very-late", "late", []),
        ("missing", "severe", []),
        ("late", "very-late", ["raise very-late"]),
        ("severe", "missing", ["raise missing"]),
    ],
)
def test_what_a_person_resolved_stays_resolved_until_it_is_worse(
    resolved: str, then: str, expected: list[str]
) -> None:
    assert words(said(*STATES[then]), settled(resolved)) == expected


def test_what_the_hand_off_ended_is_raised_anew() -> None:
    assert words(said(), Standing(version=9)) == ["raise late"]


def test_another_agency_that_must_act_gets_an_alert_of_its_own() -> None:
    assert words(said(owner="cps"), standing("severe")) == ["resolve late-information", "raise late"]


@pytest.mark.parametrize("version", [9, 8])
def test_a_change_that_the_alerts_have_seen_does_nothing(version: int) -> None:
    for told in (said("overdue", 2, version=version), said("met_late", None, version=version)):
        assert words(told, standing("late")) == []


def test_without_an_owner_the_receiver_must_act() -> None:
    (row,) = plan([said(owner=None)], {}, AT).raised
    assert dict(zip(ALERT, row, strict=True))["owner"] == "cps"


@pytest.mark.parametrize(
    ("certainty", "local"),
    [("C", False), ("P", False), ("D", True), ("K", True), ("E", True), (None, True)],
)
def test_a_limit_that_nobody_confirmed_is_a_local_target(certainty: str | None, local: bool) -> None:
    assert said(certainty=certainty).shown.local_target is local


def test_the_audit_says_what_is_different() -> None:
    made = plan([said("overdue", 1, due_us=7)], {HAND_OFF: standing("late")}, AT)
    ((alert, what, at, who, detail),) = made.audit
    assert (alert, what, at, who) == (ALERT_ID, "risen", AT, "caseflow")
    assert orjson.loads(str(detail)) == {"severity": ["late", "very-late"], "due_us": [5, 7]}
    assert made.outbox == [(ALERT_ID, "risen", 1, AT)]


def test_what_looks_the_same_is_neither_audited_nor_told() -> None:
    made = plan([said()], {HAND_OFF: standing("late")}, AT)
    assert (made.audit, made.outbox, len(made.restated)) == ([], [], 1)


def test_a_milder_severity_is_audited_but_told_to_nobody() -> None:
    made = plan([said()], {HAND_OFF: standing("severe")}, AT)
    assert ([row[1] for row in made.audit], made.outbox) == (["restated"], [])


def test_an_alert_has_the_same_id_however_often_it_is_planned() -> None:
    first, second = (plan([said()], {}, AT).raised[0][0] for _ in range(2))
    other = plan([said(version=11)], {}, AT).raised[0][0]
    assert first == second != other
