"""From an arrest, or an interview by appointment, to charge, requisition or no further action."""

from publishers.synthetic import calibration as c
from publishers.synthetic.local_time import DAY, HOUR, MINUTE
from publishers.synthetic.references import arrest_summons_number, national_number
from publishers.synthetic.stories.custody_suite import Detention, detain
from publishers.synthetic.stories.police_bail import end_bail
from publishers.synthetic.stories.prosecution import Decided, through_prosecutor
from publishers.synthetic.story import Said, Story
from publishers.synthetic.turns import Hours, inside, turn


def from_arrest_to_charge(story: Story, at: int) -> Said | None:
    """Tell the police's and the prosecutor's part; return the charge or requisition, None when never."""
    offence = at - round(story.chance.amount("offence before arrest", c.OFFENCE_BEFORE_ARREST) * DAY)
    story.offence_date = story.date(offence)
    if story.happens("by appointment", c.BY_APPOINTMENT):
        story.say("charge.interviewed", "police", at, voluntary=True)
        return _without_bail(story, through_prosecutor(story, at, "rui"))
    _arrest(story, at)
    route = story.chance.one_of("route", c.ROUTES)
    begins = at + story.between("to the station", 20 * MINUTE, 150 * MINUTE)
    detention = detain(story, begins, charged=route == "charged-in-custody")
    match route:
        case "charged-in-custody":
            charged = _charge(story, detention.ended.at, "custody")
            story.note("H01", detention.authorised, charged, detention.ended)
            return charged
        case "to-prosecutor":
            return _released(story, detention)
        case _:
            released = "charge.released-without-charge"
            story.answer("H01", detention.authorised, detention.ended, released, "police")
            return None


def _arrest(story: Story, at: int) -> None:
    arrested = story.say(
        "charge.arrested",
        "police",
        at,
        arrestDate=story.date(at),
        onWarrant=False,
        youth=story.youth,
        identifiers=[
            {"type": "asn", "value": arrest_summons_number(story.case)},
            {"type": "pnc", "value": national_number(story.case)},
        ],
    )
    _enter_record(story, arrested)


def _enter_record(story: Story, start: Said) -> None:
    entered = turn(story, "H08", start, c.RECORD_ENTERED_HOURS, Hours.ANY)
    story.say("charge.national-record-entered", "police", entered.at)


def _released(story: Story, detention: Detention) -> Said | None:
    """Release on bail or under investigation, and go on from there."""
    authorised, ended = detention
    if story.chance.one_of("suspect status", c.SUSPECT_STATUS) == "rui":
        out = story.answer("H01", authorised, ended, "charge.released-under-investigation", "police")
        return _without_bail(story, through_prosecutor(story, out.at, "rui"))
    bailed = story.answer(
        "H01",
        authorised,
        ended,
        "charge.bailed-before-charge",
        "police",
        bailStartDate=story.date(ended.at),
        extension="none",
    )
    back = end_bail(story, bailed, through_prosecutor(story, bailed.at, "bail"))
    if back is None:
        return None
    charged = _charge(story, back.at + story.between("charge", HOUR, 3 * HOUR), "bail")
    story.also_ends("H02", charged)
    return charged


def _without_bail(story: Story, decided: Decided) -> Said | None:
    """Tell what follows a decision on somebody at liberty: a letter, or no further action."""
    wait = c.CHARGED_AFTER_DECISION if decided.charge else c.FILE_CHECKED
    at = inside(story, "police", "after the decision", decided.at, wait)
    if not decided.charge:
        story.say("charge.no-further-action", "police", at, reason="evidential")
        return None
    _classify(story, at, "bail")
    told = {"offenceDate": story.offence_date}
    if story.happens("summons", c.SUMMONS):
        summoned = story.say("charge.summons-issued", "police", at, **told)
        _enter_record(story, summoned)
        return summoned
    told |= {"chargeDate": story.charged_on, "offenceClass": story.offence_class}
    return story.say("charge.requisition-issued", "police", at, **told)


def _charge(story: Story, at: int, remand: str) -> Said:
    _classify(story, at, remand)
    guilty = story.happens("guilty plea anticipated", c.GUILTY_PLEA_ANTICIPATED)
    return story.say(
        "charge.charged",
        "police",
        at,
        offenceDate=story.offence_date,
        chargeDate=story.charged_on,
        offenceCode="SYN0001",
        offenceClass=story.offence_class,
        remandStatus=remand,
        initiation="C",
        anticipatedPlea="gap" if guilty else "ngap",
        youth=story.youth,
    )


def _classify(story: Story, at: int, remand: str) -> None:
    story.remand = remand
    story.charged_on = story.date(at)
    story.offence_class = story.chance.one_of("offence class", c.OFFENCE_CLASSES)
