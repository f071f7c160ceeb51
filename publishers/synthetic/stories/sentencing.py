"""From conviction to sentence, with or without a report."""

from typing import NamedTuple

from publishers.synthetic import calibration as c
from publishers.synthetic.chance import Wait
from publishers.synthetic.local_time import DAY, HOUR, MINUTE
from publishers.synthetic.stories.hearings import hold_hearing
from publishers.synthetic.story import Data, Said, Story
from publishers.synthetic.turns import Hours, inside, turn

_AFTER_REPORT = Wait(2, 3)
_SAME_DAY = Wait(1, 1.1)


class Sentence(NamedTuple):
    """The event that passed it, its kind, and for how many days."""

    passed: Said
    disposal: str
    days: int


def from_conviction_to_sentence(story: Story, convicted: int) -> Sentence:
    """Tell the report's part and the sentence."""
    at = convicted + 10 * MINUTE
    if story.happens("report asked for", c.REPORT_ASKED["youth" if story.youth else story.court]):
        at = _with_report(story, at)
    elif story.court == "crown":
        held = inside(story, "crown", "sentencing", at, c.SENTENCING_HEARING, Hours.SITTING)
        at = hold_hearing(story, at + HOUR, "sentence", held)
    return _pass(story, at + 15 * MINUTE)


def _with_report(story: Story, at: int) -> int:
    """Tell a report from its request to the hearing that has it; return when sentence can be passed."""
    kind = "standard" if story.youth else story.chance.one_of("report", c.REPORT_TYPES[story.court])
    due = _due(story, at, kind)
    requested = story.say(
        "sentence.report-requested",
        story.court,
        at,
        reportType=kind,
        dueDate=story.date(due),
        youth=story.youth,
        persistentOffender=story.youth and story.happens("persistent offender", c.PERSISTENT_OFFENDER),
    )
    delivered = _delivered(story, requested, kind)
    if story.date(delivered) == story.date(at):
        return delivered + 20 * MINUTE
    after = max(delivered, due)
    held = inside(story, story.court, "sentencing", after, _AFTER_REPORT, Hours.SITTING)
    return hold_hearing(story, at + 2 * HOUR, "sentence", held)


def _due(story: Story, at: int, kind: str) -> int:
    """Return an instant on the day for which the court asks for the report."""
    days = {"oral": 0, "short": 21, "standard": 28}[kind]
    return story.sitting("report due", at + (days - 1) * DAY) if days else at


def _delivered(story: Story, requested: Said, kind: str) -> int:
    rule, author = ("H25", "yjs") if story.youth else ("H20", "probation")
    reused = story.youth and story.happens("report reused", c.REPORT_REUSED)
    if reused or kind == "oral" or (kind == "short" and story.happens("same day", c.SHORT_REPORT_SAME_DAY)):
        turned = turn(story, rule, requested, _SAME_DAY, Hours.ANY, c.REPORT_NEVER_CAME)
    else:
        wait = c.YOUTH_REPORT if story.youth else c.REPORT[kind]
        turned = turn(story, rule, requested, wait, never=c.REPORT_NEVER_CAME)
    story.answer(rule, requested, turned, "sentence.report-delivered", author, reportType=kind, reused=reused)
    return turned.at


def _pass(story: Story, at: int) -> Sentence:
    disposal = story.chance.one_of("disposal", c.DISPOSALS["youth" if story.youth else story.court])
    days = (
        round(story.chance.amount("sentence", c.SENTENCE_DAYS[story.court])) if disposal == "custody" else 0
    )
    told: Data = {"disposal": disposal, "sentenceDays": days, "youth": story.youth}
    if story.court == "crown" and story.happens("specified offence", c.SPECIFIED_OFFENCE):
        told["specifiedOffence"] = story.chance.one_of("which offence", {"violent": 3, "sexual": 1})
    passed = story.say("sentence.passed", story.court, at, **told)
    if disposal == "referral-order":
        panel = turn(story, "H26", passed, c.PANEL)
        story.answer("H26", passed, panel, "sentence.referral-panel-held", "yjs")
    return Sentence(passed, disposal, days)


def is_for_liaison(sentence: Sentence) -> bool:
    """Return whether victims are referred: a violent or sexual offence, and a year or more of custody."""
    return (
        sentence.disposal == "custody" and sentence.days >= 365 and "specifiedOffence" in sentence.passed.data
    )
