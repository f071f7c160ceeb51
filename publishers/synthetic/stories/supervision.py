"""Supervision in the community: allocation, first appointment, plan, breach."""

from publishers.synthetic import calibration as c
from publishers.synthetic.local_time import DAY, HOUR
from publishers.synthetic.references import community_number, prison_number
from publishers.synthetic.story import Data, Said, Story
from publishers.synthetic.turns import inside, turn

_SUPERVISION_DAYS = (180, 365)


def supervise_sentence(story: Story, passed: Said) -> None:
    """Tell a community or suspended sentence to its end."""
    allocated = turn(story, "H23", passed, c.ALLOCATED, never=c.NOT_ALLOCATED)
    said = story.answer("H23", passed, allocated, "probation.case-allocated", "probation")
    if said.told:
        _link(story, said.at + 2 * HOUR)
    arranged = turn(story, "H30", passed, c.APPOINTMENT_ARRANGED)
    appointment = _appointment(story, arranged.at)
    told: Data = {"appointmentDate": story.date(appointment), "inPerson": True, "supervision": "community"}
    first = story.say("probation.first-appointment-arranged", "probation", arranged.at, **told)
    if passed.data["disposal"] == "community":
        story.note("H30", passed, first, arranged)
    if story.happens("appointment missed", c.APPOINTMENT_MISSED):
        appointment = _appointment(story, appointment + DAY)
    attended = story.say(
        "probation.first-appointment-attended", "probation", appointment, supervision="community"
    )
    planned = plan(story, attended, "community")
    _breach(story, planned)
    end_supervision(story, planned)


def see_after_release(story: Story, released: Said) -> Said:
    """Tell the first appointment on licence, arranged before the release and attended after it."""
    seen = turn(story, "H32", released, c.SEEN_AFTER_RELEASE)
    arranged = min(story.office("arranged before release", released.at - 3 * DAY), released.at - HOUR)
    told: Data = {"appointmentDate": story.date(seen.at), "inPerson": True, "supervision": "licence"}
    story.say("probation.first-appointment-arranged", "probation", arranged, **told)
    seen = seen._replace(at=max(seen.at, released.at + 2 * HOUR))
    attended = "probation.first-appointment-attended"
    if released.data["releaseType"] == "other":
        return story.say(attended, "probation", seen.at, supervision="licence")
    return story.answer("H32", released, seen, attended, "probation", supervision="licence")


def plan(story: Story, attended: Said, supervision: str, before: int | None = None) -> int:
    """Tell the plan, unless something ends the supervision before it; return when it is complete."""
    planned = turn(story, "H31", attended, c.PLAN)
    if before is not None and planned.at >= before:
        story.note("H31", attended, None, planned)
        return before
    name = "probation.plan-completed"
    return story.answer("H31", attended, planned, name, "probation", supervision=supervision).at


def end_supervision(story: Story, since: int) -> None:
    """Tell the end of supervision, which ends the case."""
    days = story.chance.between("supervision", *_SUPERVISION_DAYS)
    ended = story.office("supervision ended", since + round(days * DAY))
    story.say("probation.supervision-ended", "probation", ended, reason="expired")


def _appointment(story: Story, since: int) -> int:
    return inside(story, "probation", "appointment", since, c.APPOINTMENT)


def _link(story: Story, at: int) -> None:
    if story.happens("identifiers linked", c.IDENTIFIERS_LINKED):
        told: Data = {"crn": community_number(story.case), "nomsNumber": prison_number(story.case)}
        story.say("probation.identifiers-linked", "probation", at, **told)


def _breach(story: Story, planned: int) -> None:
    """Tell a first failure, which is warned of, and a second, which goes back to court."""
    if not story.happens("breached", c.BREACHED):
        return
    warned = inside(story, "probation", "first failure", planned, c.BREACH_AFTER)
    story.say("probation.breach-identified", "probation", warned, failureNumber=1)
    found = inside(story, "probation", "second failure", warned, c.BREACH_AFTER)
    identified = story.say("probation.breach-identified", "probation", found, failureNumber=2)
    referred = turn(story, "H44", identified, c.BREACH_REFERRED)
    story.answer("H44", identified, referred, "probation.breach-referred", "probation")
