"""After sentence: prison and release, supervision in the community, breach and recall."""

from datetime import datetime, timedelta

from publishers.synthetic import calibration as c
from publishers.synthetic.sentencing import Sentence
from publishers.synthetic.story import Story

_SUPERVISED = {"community", "suspended"}
_SUPERVISION_DAYS = (180, 365)


def serve(story: Story, sentence: Sentence) -> None:
    """Tell what follows a sentence, if anything does."""
    if sentence.disposal == "custody":
        _in_prison(story, sentence)
    elif sentence.disposal in _SUPERVISED:
        allocated = story.office(sentence.passed, c.ALLOCATED)
        story.say("probation.case-allocated", "probation", allocated)
        _supervise(story, allocated, "community")
    elif sentence.disposal == "referral-order":
        story.say_day("sentence.referral-panel-held", "yjs", story.office(sentence.passed, c.PLAN))


def _in_prison(story: Story, sentence: Sentence) -> None:
    received = sentence.passed + timedelta(hours=story.chance.between(2, 5))
    story.say("release.prison-received", "prison", received, reason="sentence", sentenced=True)
    calculated = story.office(received, c.DATES_CALCULATED)
    at_earliest = calculated + timedelta(days=20)
    due = max(sentence.passed + timedelta(days=sentence.days // 2), at_earliest)
    released = story.diary.office(due.replace(hour=9, minute=30), story.chance)
    story.say(
        "sentence.dates-calculated",
        "prison",
        calculated,
        conditionalReleaseDate=released.date().isoformat(),
        licenceStartDate=released.date().isoformat(),
        sentenceType="determinate",
        sentenceDays=sentence.days,
    )
    story.say("probation.com-allocated", "probation", story.office(calculated, c.ALLOCATED))
    approved = story.diary.office(released - timedelta(days=4), story.chance)
    story.say("release.licence-approved", "prison", min(approved, released), licenceKind="standard")
    story.say("release.released", "prison", released, releaseType="crd")
    if story.chance.happens(c.RECALLED):
        _recall(story, released, sentence)
    else:
        _supervise(story, released, "licence")


def _supervise(story: Story, at: datetime, kind: str) -> None:
    arranged = story.office(at, c.APPOINTMENT_ARRANGED)
    appointment = story.office(arranged, c.APPOINTMENT)
    story.say(
        "probation.first-appointment-arranged",
        "probation",
        arranged,
        appointmentDate=appointment.date().isoformat(),
        inPerson=True,
        supervision=kind,
    )
    story.say("probation.first-appointment-attended", "probation", appointment, supervision=kind)
    planned = story.office(appointment, c.PLAN)
    story.say_day("probation.plan-completed", "probation", planned, supervision=kind)
    if story.chance.happens(c.BREACHED):
        found = story.office(planned, c.BREACH_AFTER)
        story.say("probation.breach-identified", "probation", found, failureNumber=2)
        story.say("probation.breach-referred", "probation", story.office(found, c.BREACH_REFERRED))
        planned = found
    ended = planned + timedelta(days=story.chance.between(*_SUPERVISION_DAYS))
    story.say(
        "probation.supervision-ended", "probation", story.diary.office(ended, story.chance), reason="expired"
    )


def _recall(story: Story, released: datetime, sentence: Sentence) -> None:
    decided = story.office(released, c.RECALL_AFTER)
    requested = decided + story.chance.hours(c.RECALL_REQUEST_HOURS)
    revoked = requested + story.chance.hours(c.RECALL_REVOKED_HOURS)
    notified = revoked + timedelta(hours=1)
    returned = notified + story.chance.days(c.RETURNED)
    story.say("probation.recall-decided", "probation", decided, recallType="standard")
    story.say("release.recall-request-received", "ppcs", requested, recallType="standard")
    story.say("release.licence-revoked", "ppcs", revoked, recallType="standard")
    story.say("release.revocation-notified", "ppcs", notified)
    story.say(
        "release.returned-to-custody", "police", returned, recallType="standard", sentenceDays=sentence.days
    )
    back = returned + timedelta(hours=story.chance.between(2, 8))
    story.say("release.prison-received", "prison", back, reason="recall", sentenced=True)
