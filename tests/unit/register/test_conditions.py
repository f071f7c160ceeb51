"""Conditions that do not hold: what answers nothing, ends nothing, proves nothing and prevents nothing."""

import pytest

from models.hand_offs import State
from tests.support.register_table import POLICE, VLO, judged, local, said, what
from tests.unit.register import court_papers as court
from tests.unit.register import custody_time_limits as custody
from tests.unit.register import release_and_recall as recall
from tests.unit.register import sentence, supervision, victims

BEFORE, START, LATER = "2026-03-01 10:00", "2026-03-02 10:00", "2026-03-03 10:00"
WEEKS_LATER = local("2026-06-01 10:00")
ABOUT = {"victimRef": "v-1", "aboutEvent": "start"}
NOT_SEEN = {"inPerson": False, "appointmentDate": "2026-03-04"}
NOT_GUILTY = what("court.arraigned", plea="not-guilty")
PLEA_UNKNOWN = what("court.arraigned")
INEFFECTIVE = what("court.trial-outcome-recorded", outcome="ineffective")
FREED = what("release.released", releaseType="court")
UNKNOWN_RELEASE = what("release.released")

UNANSWERED = (
    (sentence.H24, what("release.prison-received", reason="transfer")),
    (sentence.H24, what("release.prison-received", reason="recall")),
    (supervision.H30, what("probation.first-appointment-arranged", **NOT_SEEN)),
    (supervision.H30, what("probation.first-appointment-arranged", supervision="licence")),
    (supervision.H32, what("probation.first-appointment-attended", supervision="community")),
    (victims.V01, what("victim.told", by=POLICE, topic="outcome", **ABOUT)),
    (victims.V01, what("victim.told", by=POLICE, topic="suspect", victimRef="v-2", aboutEvent="start")),
    (victims.V01, what("victim.told", by=POLICE, topic="suspect")),
    (victims.V01, what("victim.told", by=POLICE, topic="suspect", victimRef="v-1", aboutEvent="another")),
    (victims.V02, what("victim.notice-received", topic="hearing", **ABOUT)),
    (victims.V02, what("victim.notice-received", topic="outcome", victimRef="v-1", aboutEvent="another")),
    (victims.V03, what("victim.told", topic="outcome", victimRef="v-2", aboutEvent="start")),
    (victims.V03, what("victim.told", topic="outcome", victimRef="v-1", aboutEvent="another")),
    (victims.V03, what("victim.told", topic="outcome")),
    (victims.V03, what("victim.told", topic="hearing", **ABOUT)),
    (victims.V04, what("victim.told", topic="outcome", **ABOUT)),
    (victims.V04, what("victim.told", topic="hearing", victimRef="v-2", aboutEvent="start")),
    (victims.V04, what("victim.told", topic="hearing", victimRef="v-1", aboutEvent="another")),
    (victims.V05, what("victim.told", topic="hearing", **ABOUT)),
    (victims.V05, what("victim.told", topic="evidence", victimRef="v-2", aboutEvent="start")),
    (victims.V05, what("victim.told", topic="evidence", victimRef="v-1", aboutEvent="another")),
    (victims.V06, what("victim.referred", victimRef="v-2")),
    (victims.V07, what("victim.liaison-contacted", victimRef="v-2")),
    (victims.V07, what("victim.liaison-contacted")),
    (victims.V08, what("victim.told", by=VLO, topic="outcome", **ABOUT)),
    (victims.V08, what("victim.told", by=VLO, topic="custody", victimRef="v-2")),
    (victims.V08, what("victim.told", by=VLO, topic="custody", victimRef="v-1", aboutEvent="another")),
)
UNENDED = (
    (custody.H10, INEFFECTIVE),
    (custody.H11, INEFFECTIVE),
    (custody.H12, INEFFECTIVE),
    (custody.H12, NOT_GUILTY),
    (custody.H13, INEFFECTIVE),
    (custody.H13, NOT_GUILTY),
    (custody.H14, NOT_GUILTY),
    (court.H17, NOT_GUILTY),
    (court.H17, PLEA_UNKNOWN),
    (court.H18, NOT_GUILTY),
    (court.H21, NOT_GUILTY),
    (court.H21, INEFFECTIVE),
    (supervision.H32, what("probation.plan-completed", supervision="community")),
    (supervision.H33, what("release.released", releaseType="fixed-term")),
    (supervision.H33, UNKNOWN_RELEASE),
    (recall.H42, what("release.prison-received", reason="transfer")),
    (victims.V06, FREED),
)
STILL_OPENED = (
    (custody.SENT, custody.H13),
    (NOT_GUILTY, court.H18),
    (NOT_GUILTY, court.H21),
    (FREED, recall.H37),
    (FREED, recall.H38),
    (FREED, recall.H39),
    (UNKNOWN_RELEASE, recall.H37),
)


def name(told):
    return getattr(told, "row", None) or str(told)


@pytest.mark.parametrize(("wait", "stop"), UNANSWERED, ids=name)
def test_what_does_not_fit_answers_nothing(wait, stop):
    [found] = judged(wait.row, (*wait.first, wait.begin(START), said(LATER, stop)))
    assert found.state == State.OPEN


@pytest.mark.parametrize(("wait", "event"), UNENDED, ids=name)
def test_what_does_not_fit_ends_nothing_and_proves_nothing(wait, event):
    events = (*wait.first, wait.begin(START), said(LATER, event))
    [found] = judged(wait.row, events, WEEKS_LATER)
    assert found.state in (State.OPEN, State.OVERDUE)


def test_a_release_of_unknown_kind_is_no_curfew_and_ends_no_wait_for_one():
    [found] = judged("H38", (recall.H38.begin(START), said(LATER, UNKNOWN_RELEASE)))
    assert found.state == State.OPEN


@pytest.mark.parametrize(("before", "wait"), STILL_OPENED, ids=name)
def test_what_does_not_fit_prevents_nothing(before, wait):
    [found] = judged(wait.row, (*wait.first, said(BEFORE, before), wait.begin(START)))
    assert found.start_event == "start"
