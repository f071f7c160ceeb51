"""What victims are told: references only, no name or contact detail in any event."""

from publishers.synthetic import calibration as c
from publishers.synthetic.chance import Wait
from publishers.synthetic.local_time import HOUR
from publishers.synthetic.references import victim_reference
from publishers.synthetic.stories.sentencing import Sentence, is_for_liaison
from publishers.synthetic.story import Data, Said, Story, Victim
from publishers.synthetic.turns import inside, turn

_OF_THE_SUSPECT = frozenset(
    {
        "charge.arrested",
        "charge.interviewed",
        "charge.released-without-charge",
        "charge.released-under-investigation",
        "charge.bailed-before-charge",
        "charge.charged",
    }
)
_OF_CUSTODY = frozenset(
    {"release.released", "release.returned-to-custody", "release.moved-to-open-conditions"}
)
_HEARINGS = frozenset({"first", "trial", "sentence"})


def register_victims(story: Story, since: int) -> None:
    """Register the victims of a case."""
    if not story.happens("victim", c.WITH_VICTIM):
        return
    count = 2 if story.happens("second victim", c.SECOND_VICTIM) else 1
    story.victims = tuple(_register(story, since, number) for number in range(count))


def _register(story: Story, since: int, number: int) -> Victim:
    ref = victim_reference(story.case, number)
    enhanced, wishes = story.happens("enhanced", c.ENHANCED), story.happens("opted in", c.OPTED_IN)
    role = "police" if story.happens("registered by police", c.REGISTERED_BY_POLICE) else "wcu"
    at = story.office(
        "registered", since + round(story.chance.amount("registered", c.REGISTERED_HOURS) * HOUR)
    )
    registered = story.say("victim.registered", role, at, victimRef=ref, enhanced=enhanced, optedIn=wishes)
    return Victim(number, ref, enhanced, registered)


def tell_victims(story: Story, sentence: Sentence | None) -> None:
    """Tell every victim of everything that was said so far."""
    happened = sorted(story.said, key=lambda said: said.at)
    for victim in story.victims:
        if victim.registered.data["optedIn"]:
            for said in happened:
                _tell(story, victim, said)
        if sentence is not None and is_for_liaison(sentence):
            _refer(story, victim, sentence, happened)


def _tell(story: Story, victim: Victim, said: Said) -> None:
    since, about = _since(victim, said), f"{victim.number} {said.key}"
    if said.name in _OF_THE_SUSPECT and said.extends is None:
        wait = c.VICTIM_TOLD_ENHANCED if victim.enhanced else c.VICTIM_TOLD
        turned = turn(story, "V01", since, wait, never=c.NOT_TOLD, draw=f"V01 {about}")
        told = _about(victim, "suspect", said)
        story.answer_for(victim, "V01", said, turned, "victim.told", "police", **told)
    elif said.name == "court.hearing-resulted":
        turned = turn(story, "V02", since, c.NOTICE["outcome"], never=c.NO_NOTICE, draw=f"V02 {about}")
        told = _about(victim, "outcome", said)
        notice = story.answer_for(victim, "V02", said, turned, "victim.notice-received", "wcu", **told)
        wait = c.VICTIM_TOLD_ENHANCED if victim.enhanced else c.VICTIM_TOLD
        _pass_on(story, "V03", victim, notice, "outcome", wait)
    elif said.name == "court.hearing-listed" and said.data["hearingType"] in _HEARINGS:
        _notify(story, "V04", victim, said, "hearing")
        if said.data["hearingType"] == "trial":
            _notify(story, "V05", victim, said, "evidence")


def _notify(story: Story, rule: str, victim: Victim, said: Said, topic: str) -> None:
    """Tell of a notice that no row times, and of what the victim is then told."""
    name = f"notice of {topic} {victim.number} {said.key}"
    at = inside(story, "court", name, _since(victim, said), c.NOTICE[topic])
    notice = story.say("victim.notice-received", "wcu", at, **_about(victim, topic, said))
    _pass_on(story, rule, victim, notice, topic, c.VICTIM_TOLD_AT_ONCE)


def _pass_on(story: Story, rule: str, victim: Victim, notice: Said, topic: str, wait: Wait) -> None:
    turned = turn(story, rule, notice, wait, never=c.NOT_TOLD, draw=f"{rule} {notice.key}")
    story.answer(rule, notice, turned, "victim.told", "wcu", **_about(victim, topic, notice))


def _about(victim: Victim, topic: str, said: Said) -> Data:
    return {"victimRef": victim.ref, "topic": topic, "aboutEvent": said.id, "enhanced": victim.enhanced}


def _since(victim: Victim, said: Said) -> int:
    return max(said.at, victim.registered.at)


def _refer(story: Story, victim: Victim, sentence: Sentence, happened: list[Said]) -> None:
    """Refer a victim to the liaison officers, who make contact and tell of what happens in custody."""
    passed = sentence.passed
    role = "police" if story.happens("referred by police", c.REFERRED_BY_POLICE) else "wcu"
    turned = turn(story, "V06", _since(victim, passed), c.VICTIM_REFERRED, never=c.NOT_REFERRED)
    offence = passed.data["specifiedOffence"]
    told: Data = {"victimRef": victim.ref, "specifiedOffence": offence, "sentenceDays": sentence.days}
    referred = story.answer_for(victim, "V06", passed, turned, "victim.referred", role, **told)
    contacted = turn(story, "V07", referred, c.LIAISON_CONTACTED)
    name = "victim.liaison-contacted"
    first = story.answer("V07", referred, contacted, name, "vlo", victimRef=victim.ref)
    for said in happened:
        if first.told and said.name in _OF_CUSTODY and said.at > first.at:
            turned = turn(story, "V08", said, c.VICTIM_TOLD, draw=f"V08 {victim.number} {said.key}")
            about = _about(victim, "custody", said)
            story.say("victim.told", "vlo", turned.at, **about)
