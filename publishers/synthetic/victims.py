"""What victims are told: references only, no name or contact detail in any event."""

from datetime import datetime

from publishers.synthetic import calibration as c
from publishers.synthetic.references import victim_reference
from publishers.synthetic.sentencing import Sentence
from publishers.synthetic.story import Story

_SPECIFIED_FROM_DAYS = 365


def register_victims(story: Story, arrested: datetime) -> None:
    """Register the victims of a case, and tell them of the arrest."""
    if not story.chance.happens(c.WITH_VICTIM):
        return
    count = 2 if story.chance.happens(c.SECOND_VICTIM) else 1
    story.victims = tuple(
        (victim_reference(story.case, number), story.chance.happens(c.ENHANCED)) for number in range(count)
    )
    for victim, enhanced in story.victims:
        registered = story.office(arrested, c.FILE_CHECKED)
        story.say(
            "victim.registered", "police", registered, victimRef=victim, enhanced=enhanced, optedIn=True
        )
        told = story.office(registered, c.VICTIM_TOLD)
        story.say("victim.told", "police", told, victimRef=victim, topic="suspect", enhanced=enhanced)


def tell_of_outcome(story: Story, resulted: datetime) -> None:
    """Notify the Witness Care Unit of the result, and tell each victim."""
    for victim, enhanced in story.victims:
        noticed = story.office(resulted, c.VICTIM_TOLD)
        story.say(
            "victim.notice-received", "wcu", noticed, victimRef=victim, topic="outcome", enhanced=enhanced
        )
        told = story.office(noticed, c.VICTIM_TOLD)
        story.say("victim.told", "wcu", told, victimRef=victim, topic="outcome", enhanced=enhanced)


def refer_to_liaison(story: Story, sentence: Sentence) -> None:
    """Refer victims of a specified offence to the liaison officers, who then make contact."""
    if not sentence.specified or sentence.days < _SPECIFIED_FROM_DAYS:
        return
    for victim, _ in story.victims:
        referred = story.office(sentence.passed, c.VICTIM_REFERRED)
        story.say("victim.referred", "wcu", referred, victimRef=victim, sentenceDays=sentence.days)
        contacted = story.office(referred, c.LIAISON_CONTACTED)
        story.say_day("victim.liaison-contacted", "vlo", contacted, victimRef=victim)
