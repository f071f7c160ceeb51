"""In the magistrates' courts: from the first hearing to a verdict, or to the Crown Court."""

from publishers.synthetic import calibration as c
from publishers.synthetic.chance import Wait
from publishers.synthetic.local_time import MINUTE
from publishers.synthetic.stories.crown import by_voluntary_bill, send_for_trial
from publishers.synthetic.stories.custody import decide_summary_trial, remand
from publishers.synthetic.stories.first_hearing import First, first_hearing
from publishers.synthetic.stories.hearings import list_hearing, result_hearing
from publishers.synthetic.stories.trials import Verdict, try_case
from publishers.synthetic.story import Said, Story
from publishers.synthetic.turns import Hours, inside

_ALLOCATION = Wait(11, 12.5)


def from_first_hearing_to_verdict(story: Story, charged: Said) -> Verdict:
    """Tell the courts' part up to the verdict."""
    first = first_hearing(story, charged)
    held, custody = first.held.at, story.remand == "custody"
    story.remand = "bail"
    if _is_sent(story):
        return _send(story, first, custody=custody and story.happens("remanded, sent", c.REMANDED["sent"]))
    if story.happens("pleads guilty", c.GUILTY_AT_FIRST_HEARING):
        result_hearing(story, held, first.listed)
        return Verdict(held, convicted=True)
    if custody and not story.youth and story.happens("remanded", c.REMANDED["tried"]):
        return _try_in_custody(story, first)
    if story.offence_class == "either-way":
        decide_summary_trial(story, held)
    result_hearing(story, held, first.listed)
    return try_case(story, held, c.MAGISTRATES_TRIAL)


def _is_sent(story: Story) -> bool:
    if story.youth:
        return False
    if story.offence_class == "indictable":
        return True
    return story.offence_class == "either-way" and story.happens("sent", c.EITHER_WAY_SENT)


def _send(story: Story, first: First, *, custody: bool) -> Verdict:
    """Send for trial: at the first hearing, or from custody at a second one."""
    held = first.held.at
    if not custody:
        return send_for_trial(story, held, first.listed)
    if story.offence_class == "either-way" and story.happens("sent later", c.SENT_LATER):
        remand(story, held + 20 * MINUTE)
        result_hearing(story, held, first.listed)
        at, listed = _allocation(story, held)
        return send_for_trial(story, at, listed, days_held=_days_between(story, held, at))
    if story.offence_class == "indictable" and story.happens("voluntary bill", c.VOLUNTARY_BILL):
        remand(story, held + 20 * MINUTE)
        result_hearing(story, held, first.listed)
        return by_voluntary_bill(story, held)
    return send_for_trial(story, held, first.listed, days_held=0)


def _try_in_custody(story: Story, first: First) -> Verdict:
    """Keep somebody in custody until a summary trial; of an either-way offence it is decided on at a second one."""
    at = first.held.at
    remand(story, at + 20 * MINUTE)
    result_hearing(story, at, first.listed)
    if story.offence_class == "either-way":
        at, listed = _allocation(story, at)
        decide_summary_trial(story, at)
        result_hearing(story, at, listed)
    return try_case(story, at, c.MAGISTRATES_TRIAL_CUSTODY)


def _allocation(story: Story, since: int) -> tuple[int, Said]:
    day = inside(story, "mags", "allocation", since, _ALLOCATION, Hours.SITTING)
    return day, list_hearing(story, since + 90 * MINUTE, "other", day)


def _days_between(story: Story, first: int, last: int) -> int:
    local = story.world.diary.local
    return local.day(last) - local.day(first)
