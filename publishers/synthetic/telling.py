"""One case of a world, told from its arrest to wherever it ends."""

from typing import NamedTuple

from publishers.synthetic import calibration as c
from publishers.synthetic.chance import Chance
from publishers.synthetic.recording import Record, record
from publishers.synthetic.references import case_number_of_urn, case_reference
from publishers.synthetic.stories.charge import from_arrest_to_charge
from publishers.synthetic.stories.custody import free
from publishers.synthetic.stories.hearings import complete_case
from publishers.synthetic.stories.magistrates import from_first_hearing_to_verdict
from publishers.synthetic.stories.mistakes import make_mistakes
from publishers.synthetic.stories.prison import serve
from publishers.synthetic.stories.recall import on_licence
from publishers.synthetic.stories.sentencing import Sentence, from_conviction_to_sentence
from publishers.synthetic.stories.supervision import supervise_sentence
from publishers.synthetic.stories.victims import register_victims, tell_victims
from publishers.synthetic.story import Story
from publishers.synthetic.world import World


class Told(NamedTuple):
    """A case as it is known in the end: its story, and how that is recorded."""

    story: Story
    records: list[Record]


def told(world: World, number: int, telling: int = 1) -> Told:
    """Tell a case of a world; a further telling of a number is another case."""
    again = "" if telling == 1 else f"/{telling}"
    shared = Chance(f"{world.name}/{case_number_of_urn(number)}/area")
    areas = {area.code: 2.0 - place / 2 for place, area in enumerate(world.profile.areas)}
    area = shared.one_of("area", areas)
    reference = case_reference(number, area, world.name, telling)
    story = Story(reference, area, world, Chance(f"{world.name}/{number}{again}"))
    story.youth = story.happens("youth", c.YOUTH)
    begins, next_one = world.begins(number), world.begins(number + 1)
    _tell(story, begins + story.between("begins", 0, next_one - begins))
    make_mistakes(story)
    return Told(story, record(story))


def _tell(story: Story, begins: int) -> None:
    charged = from_arrest_to_charge(story, begins)
    register_victims(story, story.said[0].at)
    sentence = None
    if charged is not None:
        verdict = from_first_hearing_to_verdict(story, charged)
        if verdict.convicted:
            sentence = from_conviction_to_sentence(story, verdict.at)
            _after_sentence(story, sentence)
        else:
            if story.remand == "custody":
                free(story, verdict.at)
            complete_case(story, verdict.at)
    tell_victims(story, sentence)


def _after_sentence(story: Story, sentence: Sentence) -> None:
    passed = sentence.passed
    if story.remand == "custody" and sentence.disposal != "custody":
        free(story, passed.at)
    complete_case(story, passed.at)
    if sentence.disposal == "custody":
        on_licence(story, serve(story, sentence), sentence)
    elif sentence.disposal in {"community", "suspended"}:
        supervise_sentence(story, passed)
