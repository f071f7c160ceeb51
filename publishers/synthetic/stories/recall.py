"""On licence: supervision, and for some a recall to prison, a return and another release."""

from datetime import date
from typing import Final

from publishers.synthetic import calibration as c
from publishers.synthetic.counting import back
from publishers.synthetic.local_time import DAY, HOUR
from publishers.synthetic.stories.sentencing import Sentence
from publishers.synthetic.stories.supervision import end_supervision, plan, see_after_release
from publishers.synthetic.story import Data, Said, Story
from publishers.synthetic.turns import Hours, inside, turn
from publishers.synthetic.working_days import number_of

_LONGER_FROM: Final = number_of(date(2026, 3, 31))


def on_licence(story: Story, released: Said, sentence: Sentence) -> None:
    """Tell what follows a release on licence, to the end of supervision."""
    seen = see_after_release(story, released)
    if not story.happens("recalled", c.RECALLED):
        end_supervision(story, plan(story, seen, "licence"))
        return
    decided = inside(story, "probation", "recall", released.at, c.RECALL_AFTER)
    decided = max(decided, story.office("recall after appointment", seen.at + DAY))
    plan(story, seen, "licence", before=decided)
    again = _released_again(story, decided, sentence)
    end_supervision(story, plan(story, see_after_release(story, again), "licence"))


def _released_again(story: Story, decided: int, sentence: Sentence) -> Said:
    """Tell a recall, the return to prison and the release that ends it."""
    kind = story.chance.one_of("recall", c.RECALL_TYPES)
    returned = _recall(story, decided, kind, sentence)
    back_in = returned.at + story.between("received on recall", 2 * HOUR, 8 * HOUR)
    story.say("release.prison-received", "prison", back_in, reason="recall", sentenced=True)
    if kind == "fixed-term":
        return _after_fixed_term(story, returned, sentence)
    again = inside(story, "prison", "parole", returned.at, c.RELEASED_AGAIN)
    _recalculate(story, returned, again, sentence)
    return story.say("release.released", "prison", again, releaseType="other")


def _recall(story: Story, at: int, kind: str, sentence: Sentence) -> Said:
    told: Data = {"recallType": kind}
    decided = story.say("probation.recall-decided", "probation", at, **told)
    asked = turn(story, "H40", decided, c.RECALL_REQUEST_HOURS, Hours.ANY)
    requested = story.answer("H40", decided, asked, "release.recall-request-received", "ppcs", **told)
    wait = c.RECALL_REVOKED_HOURS["emergency" if kind == "emergency" else "standard"]
    done = turn(story, "H41", requested, wait, Hours.ANY)
    revoked = story.answer("H41", requested, done, "release.licence-revoked", "ppcs", **told)
    notified = story.say("release.revocation-notified", "ppcs", revoked.at + HOUR)
    arrested = turn(story, "H42", notified, c.RETURNED_HOURS, Hours.ANY)
    return story.say("release.returned-to-custody", "police", arrested.at, **told, sentenceDays=sentence.days)


def _after_fixed_term(story: Story, returned: Said, sentence: Sentence) -> Said:
    local = story.world.diary.local
    day = local.day(returned.at)
    days = 56 if day >= _LONGER_FROM else 28 if sentence.days >= 365 else 14
    morning = local.midnight(back(day + days)) + 9 * HOUR
    turned = turn(story, "H43", morning, c.RELEASE_HELD_UP_DAYS)
    return story.answer("H43", returned, turned, "release.released", "prison", releaseType="fixed-term")


def _recalculate(story: Story, returned: Said, again: int, sentence: Sentence) -> None:
    """Tell the dates that hold after a recall; they bind nobody who was released before."""
    at = inside(story, "prison", "recall dates", returned.at + DAY, c.DATES_CALCULATED)
    if at >= again - DAY:
        return
    calculated = story.say(
        "sentence.dates-calculated",
        "prison",
        at,
        conditionalReleaseDate=story.date(again + 30 * DAY),
        sentenceType="determinate",
        sentenceDays=sentence.days,
        custodialDays=max(sentence.days // 2, 1),
        ruleVersion="recall",
    )
    rules = (
        ("H36", "H37", "H39") if sentence.days < c.CURFEW_CUSTODY_DAYS * 2 else ("H36", "H37", "H38", "H39")
    )
    for rule in rules:
        story.note(rule, calculated)
