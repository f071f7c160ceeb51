"""In the Crown Court: from sending, or a voluntary bill, to a verdict."""

from publishers.synthetic import calibration as c
from publishers.synthetic.local_time import DAY, HOUR, MINUTE
from publishers.synthetic.stories.custody import await_trial, remand
from publishers.synthetic.stories.hearings import list_hearing, result_hearing
from publishers.synthetic.stories.trials import Verdict, try_case
from publishers.synthetic.story import Data, Said, Story, Turn
from publishers.synthetic.turns import Hours, inside, turn


def send_for_trial(story: Story, at: int, listed: Said, days_held: int | None = None) -> Verdict:
    """Send a case to the Crown Court at a hearing.

    Args:
        story: the case.
        at: when the hearing is held.
        listed: its listing.
        days_held: days spent in magistrates' custody; None for somebody on bail.
    """
    in_custody = days_held is not None
    story.remand = "custody" if in_custody else "bail"
    told: Data = {"remandStatus": story.remand, "offenceClass": story.offence_class}
    if days_held is not None:
        told |= {"daysInMagistratesCustody": days_held}
    sent = story.say("court.sent-for-trial", "mags", at + 15 * MINUTE, **told)
    if in_custody:
        if not days_held:
            remand(story, at + 25 * MINUTE)
        await_trial(story, "H12", sent, days_held or 0)
    result_hearing(story, at, listed)
    return _in_crown_court(story, sent, sent)


def by_voluntary_bill(story: Story, at: int) -> Verdict:
    """Bring a case to the Crown Court without sending."""
    preferred = inside(story, "crown", "voluntary bill", at, c.VOLUNTARY_BILL_PREFERRED)
    bill = story.say("court.voluntary-bill-preferred", "crown", preferred, retrial=False)
    await_trial(story, "H13", bill)
    return _in_crown_court(story, bill, None)


def _in_crown_court(story: Story, start: Said, sent: Said | None) -> Verdict:
    story.court = "crown"
    hearing = turn(story, "H15", start, c.PTPH, Hours.SITTING)
    listed = _list_plea_hearing(story, start, hearing.at)
    _serve_indictment(story, start, sent, hearing.at)
    held = story.say("court.ptph-held", "crown", hearing.at, sittingDay=story.date(hearing.at))
    if sent is not None:
        story.note("H15", sent, held, hearing)
    guilty = sent is not None and story.happens("guilty at PTPH", c.GUILTY_AT_PTPH)
    deferred = not guilty and story.happens("arraigned later", c.ARRAIGNED_LATER)
    if not deferred:
        _arraign(story, held.at + 10 * MINUTE, "guilty" if guilty else "not-guilty")
    result_hearing(story, held.at + 10 * MINUTE, listed)
    if guilty:
        _leave_unserved(story, sent)
        return Verdict(held.at + 10 * MINUTE, convicted=True)
    ready = _prepare(story, start, sent, deferred=deferred)
    wait = c.CROWN_TRIAL_CUSTODY if story.remand == "custody" else c.CROWN_TRIAL
    return try_case(story, max(held.at + 10 * MINUTE, ready), wait)


def _list_plea_hearing(story: Story, start: Said, held: int) -> Said:
    """List the plea hearing; now and then it is put off by a week."""
    at = min(story.office("PTPH listed", start.at + DAY // 2), held - 2 * DAY)
    at = max(at, start.at + 2 * HOUR)
    if held - at > 15 * DAY and story.happens("PTPH put off", c.PTPH_PUT_OFF):
        first = list_hearing(story, at, "ptph", held - 7 * DAY)
        again = list_hearing(story, story.office("PTPH listed again", first.at + 3 * DAY), "ptph", held)
        again.data["hearingId"] = first.data["hearingId"]
        return again
    return list_hearing(story, at, "ptph", held)


def _serve_indictment(story: Story, start: Said, sent: Said | None, held: int) -> None:
    served = turn(story, "H16", start, c.INDICTMENT_SERVED)
    served = served._replace(at=min(served.at, held - HOUR))
    said = story.say("court.indictment-served", "cps", served.at)
    if sent is not None:
        story.note("H16", sent, said, served)


def _arraign(story: Story, at: int, plea: str) -> None:
    story.say("court.arraigned", "crown", at, plea=plea, pleaDate=story.date(at))


def _leave_unserved(story: Story, sent: Said | None) -> None:
    """Note that after a guilty plea nobody serves the case any more."""
    if sent is not None:
        story.note("H17", sent)


def _prepare(story: Story, start: Said, sent: Said | None, *, deferred: bool) -> int:
    """Serve the case, answer it, and apply to dismiss it; return when it is ready for trial."""
    wait = c.CASE_SERVED[story.remand if sent is not None else "custody"]
    served = turn(story, "H17", start, wait)
    case = story.say("court.prosecution-case-served", "cps", served.at)
    if sent is not None:
        story.note("H17", sent, case, served)
    answered = turn(story, "H18", case, c.DEFENCE_STATEMENT, never=c.NO_DEFENCE_STATEMENT)
    story.answer("H18", case, answered, "court.defence-statement-served", "crown")
    ready = max(answered.at if answered.told else case.at, case.at) + 3 * DAY
    if not deferred:
        story.note("H19", case)
        return ready
    applied = turn(story, "H19", case, c.DISMISSAL_APPLIED)
    if story.happens("dismissal applied", c.APPLIES_TO_DISMISS):
        story.answer("H19", case, applied, "court.dismissal-applied", "crown")
    else:
        story.note("H19", case, None, Turn(applied.at, applied.drawn))
    arraigned = story.sitting("arraignment", max(ready, applied.at + 5 * DAY))
    _arraign(story, arraigned, "not-guilty")
    return arraigned + HOUR
