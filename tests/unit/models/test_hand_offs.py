"""What becomes of a standard hand-off: every state, every restart, and when the clock alone changes it."""

from dataclasses import replace

import pytest

from models.hand_offs import State, judge
from models.instants import DAY_US
from models.register import Rule
from models.rules import Rules
from models.timeline import place
from tests.support.cases import fold, reading
from tests.support.profiles import shipped
from tests.support.records import at, recorded

RULES = Rules.of(shipped("cleveland-and-durham"))
CPS = {"source": "cps-north-east", "owner": "cps-north-east", "data": {"suspectStatus": "bail"}}
ACCEPTED = recorded("charge.file-accepted", "2026-03-02T10:00:00", **CPS)
DECIDED = recorded("charge.decision-made", "2026-03-20T10:00:00", **CPS)
DUE = at("2026-03-30T23:00:00") - 1  # 28 calendar days on: the last moment of 30 March in London


def judged(*events, now_us=None):
    return reading(events, RULES, now_us).hand_offs


def states(*events, now_us=None):
    return [hand_off.state for hand_off in judged(*events, now_us=now_us)]


def test_an_open_hand_off_says_who_waits_for_whom_until_when_by_what_rule():
    [hand_off] = judged(ACCEPTED)
    assert (hand_off.rule, hand_off.sender, hand_off.receiver) == (
        "H04",
        "cps-north-east",
        "cleveland-police",
    )
    assert hand_off.owner == "cps-north-east"
    assert (hand_off.state, hand_off.due_us) == (State.OPEN, DUE)
    assert (hand_off.limit, hand_off.certainty) == ("28 calendar days", "C")


def test_a_stop_in_time_meets_it_and_the_wait_is_exact():
    [hand_off] = judged(ACCEPTED, DECIDED)
    assert (hand_off.state, hand_off.wait_us) == (State.MET, 18 * DAY_US)


@pytest.mark.parametrize(("stop_us", "state"), [(DUE, State.MET), (DUE + 1, State.MET_LATE)])
def test_the_last_moment_of_the_limit_is_in_time(stop_us, state):
    assert states(ACCEPTED, recorded("charge.decision-made", stop_us, **CPS)) == [state]


@pytest.mark.parametrize(("now_us", "state"), [(None, "open"), (DUE, "open"), (DUE + 1, "overdue")])
def test_it_is_overdue_by_the_clock_as_soon_as_its_limit_has_passed(now_us, state):
    assert states(ACCEPTED, now_us=now_us) == [state]


def test_the_next_change_by_the_clock_is_known_and_passes():
    assert reading([ACCEPTED], RULES).next_due_us == DUE + 1
    assert reading([ACCEPTED], RULES, DUE + 1).next_due_us is None


def test_each_start_opens_its_own_and_a_stop_closes_the_oldest():
    second = recorded("charge.file-accepted", "2026-03-05T10:00:00", id="second", **CPS)
    assert states(ACCEPTED, second, DECIDED) == ["met", "open"]


def test_a_stop_before_the_start_is_negative_and_keeps_its_sign():
    early = recorded("charge.decision-made", "2026-03-01T10:00:00", **CPS)
    [hand_off] = judged(ACCEPTED, early)
    assert (hand_off.state, hand_off.wait_us) == (State.NEGATIVE, -DAY_US)


def test_a_later_stop_is_preferred_to_an_earlier_one():
    early = recorded("charge.decision-made", "2026-03-01T10:00:00", id="early", **CPS)
    assert states(ACCEPTED, early, DECIDED) == ["met"]


def test_a_withdrawn_start_leaves_a_void_hand_off():
    gone = recorded(
        "charge.event-withdrawn", "2026-03-03T10:00:00", **{**CPS, "data": {}}, withdraws=ACCEPTED.id
    )
    assert states(ACCEPTED, gone) == ["void"]


def test_a_condition_on_an_attribute_keeps_other_starts_out():
    in_custody = recorded(
        "charge.file-accepted", "2026-03-02T10:00:00", **{**CPS, "data": {"suspectStatus": "custody"}}
    )
    assert states(in_custody) == []


MAGISTRATES = {"source": "hmcts-magistrates", "owner": "hmcts-magistrates"}
SENT = recorded("court.sent-for-trial", "2026-03-02T10:00:00", **MAGISTRATES)
COMPLETED = recorded("court.case-completed", "2026-03-10T10:00:00", source="hmcts-crown", owner="hmcts-crown")


def test_a_proof_and_its_grace_make_a_hand_off_missing():
    gone_us = at("2026-03-17T10:00:00")
    assert states(SENT, COMPLETED, now_us=gone_us - 1) == ["open"]
    assert states(SENT, COMPLETED, now_us=gone_us) == ["missing"]


def test_without_a_proof_it_stays_open_and_ages():
    assert states(SENT, now_us=at("2027-03-02T10:00:00")) == ["overdue"]


def test_a_stop_after_the_proof_still_closes_it():
    held = recorded("court.ptph-held", "2026-03-12T10:00:00", source="hmcts-crown", owner="hmcts-crown")
    assert states(SENT, COMPLETED, held, now_us=at("2026-04-12T10:00:00")) == ["met"]


def test_a_start_known_to_the_day_is_not_judged_in_hours():
    decided = recorded(
        "probation.recall-decided",
        "2026-03-02T00:00:00",
        precision="day",
        source="probation-north-east",
        owner="probation-north-east",
    )
    [hand_off] = judged(decided)
    assert hand_off.due_us is None


def test_between_whole_days_the_wait_is_whole_days_and_the_due_day_is_in_time():
    start = recorded("charge.file-accepted", "2026-03-02T00:00:00", precision="day", **CPS)
    stop = recorded("charge.decision-made", "2026-03-30T00:00:00+01:00", precision="day", **CPS)
    [hand_off] = judged(start, stop)
    assert (hand_off.state, hand_off.wait_us) == (State.MET, 28 * DAY_US)


def with_row(**changes):
    """The rules with H04 changed."""
    row = Rule.model_validate(RULES.profile.rules[0].model_dump() | changes)
    return Rules.of(replace(RULES.profile, rules=(row,)))


SECOND = recorded("charge.file-accepted", "2026-03-05T10:00:00", id="second", **CPS)


@pytest.mark.parametrize(
    ("restart", "started"),
    [("each", [ACCEPTED, SECOND]), ("first", [ACCEPTED]), ("latest", [SECOND])],
)
def test_a_second_start_follows_the_restart_of_the_row(restart, started):
    rules = with_row(restart=restart)
    case = fold([ACCEPTED, SECOND], rules)
    placed = place(case.entries.values(), rules.precedence, rules.zone)
    found = judge(case.ref, placed, (), rules, None).hand_offs
    assert [hand_off.started_us for hand_off in found] == [event.time_us for event in started]


def test_a_clock_may_start_on_a_date_that_the_event_names():
    rules = with_row(start={"events": ["charge.file-accepted"], "at": "fromDate"})
    told = {**CPS, "data": {"fromDate": "2026-03-10"}}
    case = fold([recorded("charge.file-accepted", "2026-03-02T10:00:00", **told)], rules)
    entries = [e._replace(judged={"fromDate": "2026-03-10"}) for e in case.entries.values()]
    [hand_off] = judge(case.ref, place(entries, rules.precedence, rules.zone), (), rules, None).hand_offs
    assert hand_off.started_us == at("2026-03-10T00:00:00")


@pytest.mark.parametrize("told", ["soon", 7, None, "2026-13-45"])
def test_what_is_no_date_leaves_the_clock_on_the_events_own_time(told):
    rules = with_row(start={"events": ["charge.file-accepted"], "at": "fromDate"})
    case = fold([ACCEPTED], rules)
    entries = [e._replace(judged={"fromDate": told}) for e in case.entries.values()]
    [hand_off] = judge(case.ref, place(entries, rules.precedence, rules.zone), (), rules, None).hand_offs
    assert hand_off.started_us == ACCEPTED.time_us
