"""From conviction to sentence, with or without a report."""

from datetime import datetime, timedelta
from typing import NamedTuple

from publishers.synthetic import calibration as c
from publishers.synthetic.chance import Wait
from publishers.synthetic.court import list_hearing, result_hearing
from publishers.synthetic.story import Story

_HEARING_AFTER_REPORT = Wait(2, 3)


class Sentence(NamedTuple):
    """What the court passed, when, and for how many days."""

    passed: datetime
    disposal: str
    days: int
    specified: bool


def from_conviction_to_sentence(story: Story, convicted: datetime) -> Sentence:
    """Tell the report's part and the sentence."""
    at = convicted + timedelta(minutes=15)
    if story.chance.happens(c.REPORT_ASKED[story.court]):
        at = _with_report(story, at)
    elif story.court == "crown":
        at = _sentencing_hearing(story, at, story.sitting(at, c.RELISTED))
    return _pass(story, at)


def _with_report(story: Story, at: datetime) -> datetime:
    kind = story.chance.one_of(c.REPORT_TYPES[story.court])
    delivered = _delivery(story, at, kind)
    due = at + {"oral": timedelta(), "short": timedelta(days=21), "standard": timedelta(days=28)}[kind]
    story.say(
        "sentence.report-requested",
        story.court,
        at,
        reportType=kind,
        dueDate=due.date().isoformat(),
        youth=story.youth,
    )
    if not story.chance.happens(c.REPORT_NEVER_CAME):
        author = "yjs" if story.youth else "probation"
        story.say("sentence.report-delivered", author, delivered, reportType=kind, reused=False)
    if delivered.date() == at.date():
        return delivered + timedelta(minutes=30)
    return _sentencing_hearing(story, at, story.sitting(max(delivered, due), _HEARING_AFTER_REPORT))


def _delivery(story: Story, at: datetime, kind: str) -> datetime:
    if kind == "standard":
        return story.office(at, c.STANDARD_REPORT)
    if kind == "short" and not story.chance.happens(c.SHORT_REPORT_SAME_DAY):
        return story.office(at, c.SHORT_REPORT)
    return at + timedelta(minutes=story.chance.between(40, 90))


def _sentencing_hearing(story: Story, at: datetime, held: datetime) -> datetime:
    hearing = list_hearing(story, at + timedelta(minutes=20), "sentence", held)
    result_hearing(story, held, hearing)
    return held


def _pass(story: Story, at: datetime) -> Sentence:
    disposal = "referral-order" if story.youth else story.chance.one_of(c.DISPOSALS[story.court])
    days = round(story.chance.amount(c.SENTENCE_DAYS[story.court])) if disposal == "custody" else 0
    specified = story.court == "crown" and disposal == "custody" and story.chance.happens(c.SPECIFIED_OFFENCE)
    story.say(
        "sentence.passed",
        story.court,
        at,
        disposal=disposal,
        sentenceDays=days,
        specifiedOffence="violent" if specified else None,
        youth=story.youth,
    )
    return Sentence(at, disposal, days, specified)
