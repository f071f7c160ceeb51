"""Trials: listed until one goes ahead or none is needed."""

from typing import NamedTuple

from publishers.synthetic import calibration as c
from publishers.synthetic.chance import Wait
from publishers.synthetic.local_time import DAY, HOUR, MINUTE
from publishers.synthetic.stories.custody import await_trial, hold_until
from publishers.synthetic.stories.hearings import list_hearing, result_hearing
from publishers.synthetic.story import Said, Story, Turn
from publishers.synthetic.turns import Hours, inside

_LISTED_AT_MOST = 6


class Verdict(NamedTuple):
    """When a case was decided, and whether against the defendant."""

    at: int
    convicted: bool


def try_case(story: Story, at: int, wait: Wait) -> Verdict:
    """List a trial until one goes ahead or none is needed."""
    for listing in range(_LISTED_AT_MOST):
        day = inside(story, story.court, "trial", at, wait if listing == 0 else c.RELISTED, Hours.SITTING)
        listed_at = min(story.office("trial listed", at + DAY // 2), day - 12 * HOUR)
        listed = list_hearing(story, max(listed_at, at + 2 * HOUR), "trial", day)
        if story.remand == "custody":
            hold_until(story, day, listed)
        end = day + story.between("trial lasts", HOUR, 4 * HOUR)
        if _is_absent(story):
            at = _warrant(story, end, listed)
            continue
        outcome = "effective" if listing == _LISTED_AT_MOST - 1 else _outcome(story)
        if outcome == "effective":
            _start(story, day)
        _record(story, end, outcome, "" if outcome == "effective" else "not ready")
        if outcome != "ineffective":
            return _decided(story, end, outcome, listed)
        result_hearing(story, end, listed, code="3150")
        at = end
    return Verdict(at, convicted=False)


def _start(story: Story, at: int) -> Said:
    started = story.say("court.trial-started", story.court, at)
    for note in story.awaiting_trial:
        note.stops = (started,)
        note.turn = Turn(at, None)
    story.awaiting_trial.clear()
    return started


def _record(story: Story, at: int, outcome: str, reason: str) -> None:
    story.say("court.trial-outcome-recorded", story.court, at, outcome=outcome, reason=reason)


def _decided(story: Story, at: int, outcome: str, listed: Said) -> Verdict:
    """Return what a trial came to: a jury may also come to nothing, and be followed by another."""
    result_hearing(story, at, listed)
    if outcome == "effective" and story.court == "crown" and story.happens("jury divided", c.JURY_DIVIDED):
        return _retrial(story, at)
    convicted = outcome == "cracked" or story.happens("convicted", c.CONVICTED[story.court])
    return Verdict(at, convicted)


def _retrial(story: Story, at: int) -> Verdict:
    """Tell a second trial, which goes ahead on its first day."""
    preferred = inside(story, "crown", "retrial asked for", at, c.RETRIAL_ASKED_FOR)
    bill = story.say("court.voluntary-bill-preferred", "crown", preferred, retrial=True)
    await_trial(story, "H13", bill)
    day = inside(story, "crown", "retrial", bill.at, c.RETRIAL, Hours.SITTING)
    listed = list_hearing(story, story.office("retrial listed", bill.at + DAY // 2), "trial", day)
    if story.remand == "custody":
        hold_until(story, day, listed)
    _start(story, day)
    end = day + 3 * HOUR
    _record(story, end, "effective", "")
    result_hearing(story, end, listed)
    return Verdict(end, story.happens("convicted", c.CONVICTED["crown"]))


def _is_absent(story: Story) -> bool:
    return story.happens("defendant absent", c.DEFENDANT_ABSENT) and story.remand == "bail"


def _warrant(story: Story, at: int, listed: Said) -> int:
    """Tell a trial at which the defendant did not appear, and the arrest on the court's warrant."""
    _record(story, at, "ineffective", "defendant absent")
    result_hearing(story, at, listed, warrant=True, code="3154")
    found = inside(story, "police", "warrant", at + HOUR, c.WARRANT_HOURS, Hours.ANY) + MINUTE
    arrested = story.say(
        "charge.arrested", "police", found, arrestDate=story.date(found), onWarrant=True, youth=story.youth
    )
    return arrested.at


def _outcome(story: Story) -> str:
    ineffective = c.INEFFECTIVE[story.court]
    shares = {"effective": 1 - ineffective - c.CRACKED, "cracked": c.CRACKED, "ineffective": ineffective}
    return story.chance.one_of("trial outcome", shares)
