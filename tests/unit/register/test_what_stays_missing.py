"""What ends a case does not undo what was missed, and what happened before a start does not answer it."""

import pytest

from models.hand_offs import State
from tests.support.register_table import POLICE, YJS, judged, local, said, what
from tests.unit.register import victims
from tests.unit.register.court_papers import ARRAIGNED, COMPLETED, SENT

FIRST, SECOND, THIRD = "2026-03-02 10:00", "2026-03-03 10:00", "2026-03-20 10:00"
MONTHS_LATER = local("2026-09-01 10:00")
NFA, ENDED = what("charge.no-further-action"), what("probation.supervision-ended")
ON_RECALL = what("release.prison-received", reason="recall")

# J1
MISSED = (
    ("H03", what("charge.referred-to-cps"), what("charge.decision-made"), NFA),
    ("H09", what("charge.requisition-issued"), SENT, COMPLETED),
    ("H15", SENT, ARRAIGNED, COMPLETED),
    ("H42", what("release.revocation-notified"), ON_RECALL, ENDED),
)


@pytest.mark.parametrize(("row", "start", "proof", "end"), MISSED)
def test_what_was_missing_stays_missing_when_the_case_ends(row, start, proof, end):
    events = (said(FIRST, start), said(SECOND, proof), said(THIRD, end))
    [found] = judged(row, events, MONTHS_LATER)
    assert found.state == State.MISSING


@pytest.mark.parametrize(("row", "start", "proof", "end"), MISSED)
def test_what_ends_within_the_grace_of_a_proof_was_not_missed(row, start, proof, end):
    events = (said(FIRST, start), said(SECOND, proof), said("2026-03-05 10:00", end))
    [found] = judged(row, events, MONTHS_LATER)
    assert found.state == State.VOID


# R1: ordinary stops of something else, shortly before
RELEASED = what("release.released", releaseType="crd")
RETURNED = what("release.returned-to-custody", recallType="fixed-term", sentenceDays=300)
FROM_COURT = what("release.prison-received", reason="return-from-court")
NAMELESS = what("victim.told", by=POLICE, topic="suspect", victimRef="v-1")
NEWS = what("victim.told", by="victim-contact-north-east", topic="custody", victimRef="v-1")
EARLIER = (
    ("H43", (), RELEASED, RETURNED),
    ("H24", (), FROM_COURT, what("sentence.passed", disposal="custody")),
    ("H22", (), what("court.national-record-finalised"), what("court.hearing-resulted")),
    ("V01", victims.REGISTERED, NAMELESS, what("charge.charged")),
    ("V08", victims.V08.first, NEWS, RELEASED),
)


@pytest.mark.parametrize(("row", "given", "stop", "start"), EARLIER)
def test_what_happened_the_day_before_a_start_does_not_answer_it(row, given, stop, start):
    [found] = judged(row, (*given, said(FIRST, stop), said(SECOND, start)))
    assert found.state == State.OPEN


# R2
@pytest.mark.parametrize(("row", "first", "second"), [("H05", "custody", "bail"), ("H06", "bail", "custody")])
def test_a_further_charge_after_the_first_hearing_asks_for_no_other(row, first, second):
    charged = said(FIRST, what("charge.charged", remandStatus=first))
    further = said(THIRD, what("charge.charged", remandStatus=second))
    assert judged(row, (charged, said(SECOND, "court.first-hearing-held"), further)) == []


# J2
def test_the_youth_justice_service_that_delivered_a_report_is_named():
    requested = said(FIRST, what("sentence.report-requested", youth=True))
    [found] = judged("H25", (requested, said(SECOND, what("sentence.report-delivered", by=YJS))))
    assert (found.sender, found.owner) == (YJS, YJS)
