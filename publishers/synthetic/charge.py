"""From arrest to charge, or to no further action."""

from datetime import datetime, timedelta

from publishers.synthetic import calibration as c
from publishers.synthetic.story import Story


def from_arrest_to_charge(story: Story, at: datetime) -> datetime | None:
    """Tell the police's and the prosecutor's part; return when charged, None when never."""
    offence = at - story.chance.days(c.OFFENCE_BEFORE_ARREST)
    story.offence_date = offence.date().isoformat()
    story.say("charge.arrested", "police", at, arrestDate=_day(at), onWarrant=False, youth=story.youth)
    at += timedelta(minutes=story.chance.between(20, 150))
    story.say("charge.detention-authorised", "police", at, extension="none")
    at += timedelta(hours=story.chance.between(2, 9))
    story.say("charge.interviewed", "police", at, voluntary=False)
    match story.chance.one_of(c.ROUTES):
        case "charged-in-custody":
            return _charge(story, at + timedelta(hours=story.chance.between(1, 9)), "custody")
        case "to-prosecutor":
            return _through_prosecutor(story, at)
        case _:
            story.say("charge.released-without-charge", "police", at + timedelta(hours=1))
            return None


def _through_prosecutor(story: Story, at: datetime) -> datetime | None:
    status = story.chance.one_of(c.SUSPECT_STATUS)
    at += timedelta(hours=1)
    if status == "bail":
        story.say("charge.bailed-before-charge", "police", at, bailStartDate=_day(at), extension="none")
    else:
        story.say("charge.released-under-investigation", "police", at)
    at = story.office(at, c.INVESTIGATION)
    for attempt in (1, 2, 3):
        at = _file(story, at, attempt, status)
        decision = story.chance.one_of(c.DECISIONS)
        story.say("charge.decision-made", "cps", at, decision=decision)
        if decision == "charge":
            return _charge(story, story.office(at, c.CHARGED_AFTER_DECISION), "bail")
        if decision == "no-further-action":
            break
        at = story.office(at, c.FILE_REPAIRED)
    story.say("charge.no-further-action", "police", story.office(at, c.FILE_CHECKED), reason="evidential")
    return None


def _file(story: Story, at: datetime, attempt: int, status: str) -> datetime:
    """Send a file until it is accepted; return when the prosecutor decides on it."""
    story.say(
        "charge.referred-to-cps", "police", at, attempt=attempt, fileCategory="green", suspectStatus=status
    )
    at = story.office(at, c.FILE_CHECKED)
    if story.chance.happens(c.FILE_REJECTED):
        story.say("charge.file-rejected", "cps", at, attempt=attempt, reason="missing-evidence")
        at = story.office(at, c.FILE_REPAIRED)
        story.say(
            "charge.referred-to-cps",
            "police",
            at,
            attempt=attempt,
            fileCategory="green",
            suspectStatus=status,
        )
        at = story.office(at, c.FILE_CHECKED)
    story.say("charge.file-accepted", "cps", at, attempt=attempt, suspectStatus=status)
    return story.office(at, c.PROSECUTOR_DECIDES)


def _charge(story: Story, at: datetime, remand: str) -> datetime:
    story.remand = remand
    story.offence_class = story.chance.one_of(c.OFFENCE_CLASSES)
    guilty = story.chance.happens(c.GUILTY_PLEA_ANTICIPATED)
    story.say(
        "charge.charged",
        "police",
        at,
        offenceDate=story.offence_date,
        chargeDate=_day(at),
        offenceClass=story.offence_class,
        remandStatus=remand,
        initiation="C",
        anticipatedPlea="gap" if guilty else "ngap",
        youth=story.youth,
    )
    recorded = at + story.chance.hours(c.RECORDING_HOURS["crown"])
    story.say("charge.national-record-entered", "police", recorded)
    return at


def _day(at: datetime) -> str:
    return at.date().isoformat()
