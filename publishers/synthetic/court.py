"""From the first hearing to a verdict, in the magistrates' courts or the Crown Court."""

from datetime import datetime, timedelta

from publishers.synthetic import calibration as c
from publishers.synthetic.chance import Wait
from publishers.synthetic.story import Story

_COURT_CODES = {
    ("mags", "cleveland"): "B17JA",
    ("mags", "durham"): "B11KF",
    ("crown", "cleveland"): "C17TE",
    ("crown", "durham"): "C11DU",
}
_NEXT_DAY = Wait(0.6, 0.65)


def from_first_hearing_to_verdict(story: Story, charged: datetime) -> datetime | None:
    """Tell the courts' part; return the time of conviction, None for an acquittal."""
    held = _first_hearing(story, charged)
    if _is_sent(story):
        return _crown(story, held)
    if story.chance.happens(c.COMPLETE_AT_FIRST_HEARING):
        return held
    return _trial(story, held, c.MAGISTRATES_TRIAL)


def list_hearing(story: Story, at: datetime, kind: str, sitting: datetime) -> str:
    """Say that a hearing is listed for a sitting day; return its reference."""
    hearing = story.new_hearing()
    story.say(
        "court.hearing-listed",
        story.court,
        at,
        hearingId=hearing,
        hearingType=kind,
        sittingDay=sitting.date().isoformat(),
        courtCode=_COURT_CODES.get((story.court, story.area), ""),
    )
    return hearing


def result_hearing(story: Story, at: datetime, hearing: str) -> None:
    """Say what a hearing came to, at the end of its day."""
    story.say(
        "court.hearing-resulted",
        story.court,
        at + timedelta(minutes=30),
        hearingId=hearing,
        remandStatus=story.remand,
        warrant=False,
    )


def complete_case(story: Story, at: datetime, charged: datetime) -> None:
    """Say that the court is done with the case, and that the police have it on the national record."""
    story.say(
        "court.case-completed",
        story.court,
        at + timedelta(minutes=45),
        completionDate=at.date().isoformat(),
        offenceDate=story.offence_date,
        chargeDate=charged.date().isoformat(),
    )
    finalised = story.office(at, c.RECORD_FINALISED)
    received = (at + timedelta(days=1)).date().isoformat()
    story.say("court.national-record-finalised", "police", finalised, receivedByPolice=received)


def _first_hearing(story: Story, charged: datetime) -> datetime:
    if story.remand == "custody":
        held = story.sitting(charged, _NEXT_DAY)
        listed = charged + timedelta(hours=1)
    else:
        guilty = story.chance.happens(c.GUILTY_PLEA_ANTICIPATED)
        listed = story.office(charged, _NEXT_DAY)
        held = story.sitting(listed, c.FIRST_HEARING_GUILTY if guilty else c.FIRST_HEARING_NOT_GUILTY)
    hearing = list_hearing(story, listed, "first", held)
    story.say("court.idpc-served", "cps", held.replace(hour=8, minute=30))
    remand = "custody" if story.chance.happens(c.REMANDED_IN_CUSTODY[story.remand]) else "bail"
    story.remand = remand
    story.say(
        "court.first-hearing-held",
        "mags",
        held,
        hearingId=hearing,
        sittingDay=held.date().isoformat(),
        remandStatus=remand,
    )
    result_hearing(story, held, hearing)
    return held


def _is_sent(story: Story) -> bool:
    if story.offence_class == "indictable":
        return True
    return story.offence_class == "either-way" and story.chance.happens(c.EITHER_WAY_SENT)


def _crown(story: Story, sent: datetime) -> datetime | None:
    sent += timedelta(minutes=5)
    story.say(
        "court.sent-for-trial", "mags", sent, remandStatus=story.remand, offenceClass=story.offence_class
    )
    if story.remand == "custody":
        _into_custody(story, sent)
    story.court = "crown"
    ptph = story.sitting(sent, c.PTPH)
    hearing = list_hearing(story, story.office(sent, _NEXT_DAY), "ptph", ptph)
    story.say("court.indictment-served", "cps", story.diary.office(ptph - timedelta(days=6), story.chance))
    story.say("court.ptph-held", "crown", ptph, sittingDay=ptph.date().isoformat())
    guilty = story.chance.happens(c.GUILTY_AT_PTPH)
    plea = "guilty" if guilty else "not-guilty"
    at = ptph + timedelta(minutes=10)
    story.say("court.arraigned", "crown", at, plea=plea, pleaDate=ptph.date().isoformat())
    result_hearing(story, at, hearing)
    return at if guilty else _trial(story, at, c.CROWN_TRIAL)


def _into_custody(story: Story, at: datetime) -> None:
    at += timedelta(minutes=10)
    story.say(
        "court.remanded-in-custody",
        "mags",
        at,
        custodyStart=at.date().isoformat(),
        offenceClass=story.offence_class,
        youth=story.youth,
    )
    received = at + timedelta(hours=story.chance.between(2, 5))
    story.say("release.prison-received", "prison", received, reason="remand", sentenced=False)


def _trial(story: Story, at: datetime, wait: Wait) -> datetime | None:
    """List a trial until one goes ahead or none is needed; return the conviction, None for an acquittal."""
    while True:
        day = story.sitting(at, wait)
        hearing = list_hearing(story, story.office(at, _NEXT_DAY), "trial", day)
        outcome = _outcome(story)
        if outcome == "effective":
            story.say("court.trial-started", story.court, day)
        end = day + timedelta(hours=1)
        story.say("court.trial-outcome-recorded", story.court, end, outcome=outcome, reason="")
        result_hearing(story, end, hearing)
        if outcome != "ineffective":
            convicted = outcome == "cracked" or story.chance.happens(c.CONVICTED[story.court])
            return end if convicted else None
        at, wait = end, c.RELISTED


def _outcome(story: Story) -> str:
    ineffective = c.INEFFECTIVE[story.court]
    effective = 1 - ineffective - c.CRACKED
    return story.chance.one_of({"effective": effective, "cracked": c.CRACKED, "ineffective": ineffective})
