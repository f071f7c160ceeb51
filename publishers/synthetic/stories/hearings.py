"""Hearings of any kind: listed, resulted, and the end of a case in court."""

from publishers.synthetic import calibration as c
from publishers.synthetic.local_time import DAY, MINUTE
from publishers.synthetic.story import Said, Story
from publishers.synthetic.turns import turn

_COURT_CODES = {
    ("mags", "cleveland"): "B17JA",
    ("mags", "durham"): "B11KF",
    ("crown", "cleveland"): "C17TE",
    ("crown", "durham"): "C11DU",
}
RESULTED_AFTER = 45 * MINUTE
"""A hearing's result is told so long after whatever else happened there."""


def list_hearing(story: Story, at: int, kind: str, sitting: int) -> Said:
    """Say that a hearing is listed for the local day of an instant."""
    return story.say(
        "court.hearing-listed",
        story.court,
        at,
        hearingId=story.new_hearing(),
        hearingType=kind,
        sittingDay=story.date(sitting),
        courtCode=_COURT_CODES.get((story.court, story.area), ""),
    )


def result_hearing(story: Story, at: int, listed: Said, *, warrant: bool = False, code: str = "3100") -> Said:
    """Say what a hearing came to, at the end of it."""
    hearing = listed.data["hearingId"]
    return story.say(
        "court.hearing-resulted",
        story.court,
        at + RESULTED_AFTER,
        hearingId=hearing,
        resultIds=[f"{hearing}-1"],
        resultCodes=[code],
        remandStatus=story.remand,
        warrant=warrant,
    )


def hold_hearing(story: Story, at: int, kind: str, sitting: int, code: str = "3100") -> int:
    """Tell a hearing of which nothing but its listing and its result is said; return when it was held."""
    result_hearing(story, sitting, list_hearing(story, at, kind, sitting), code=code)
    return sitting


def complete_case(story: Story, at: int) -> None:
    """Say that the court is done with the case, and that the police have it on the national record."""
    completed = story.say(
        "court.case-completed",
        story.court,
        at + RESULTED_AFTER + 15 * MINUTE,
        completionDate=story.date(at),
        offenceDate=story.offence_date,
        chargeDate=story.charged_on,
        firstListingDate=story.first_listed_on,
    )
    finalised = turn(story, "H22", completed.at + DAY // 2, c.RECORD_FINALISED)
    received = story.date(completed.at + DAY // 4)
    story.say("court.national-record-finalised", "police", finalised.at, receivedByPolice=received)
