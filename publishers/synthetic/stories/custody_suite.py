"""At the police station: detention, its extensions, an interview, and sometimes a decision by CPS Direct."""

from typing import NamedTuple

from publishers.synthetic import calibration as c
from publishers.synthetic.local_time import HOUR, MINUTE
from publishers.synthetic.story import Data, Said, Story, Turn
from publishers.synthetic.turns import Hours, turn

_PROVIDERS = {"cleveland": "provider-sopra-steria"}
_STEPS = (("superintendent", 24, 36), ("magistrates", 36, 96))


class Detention(NamedTuple):
    """The event that began it, and how it ended."""

    authorised: Said
    ended: Turn


def detain(story: Story, at: int, *, charged: bool) -> Detention:
    """Tell a detention; its end itself is told by what ends it."""
    authorised = story.say("charge.detention-authorised", "police", at, extension="none", **_acting(story))
    ended = turn(story, "H01", authorised, c.DETENTION_HOURS, Hours.ANY)
    length = ended.at - authorised.at
    interviewed = authorised.at + round(length * story.chance.between("interviewed", 0.2, 0.45))
    story.say("charge.interviewed", "police", interviewed, voluntary=False)
    if charged and story.happens("CPS Direct", c.CPS_DIRECT):
        ended = _decided_in_custody(story, authorised.at + length // 2, ended)
    _extend(story, authorised, ended.at)
    return Detention(authorised, ended)


def _decided_in_custody(story: Story, at: int, ended: Turn) -> Turn:
    """Tell how CPS Direct decides; who is still waiting for it when the time is up stays until it has."""
    data: Data = {"attempt": 1, "suspectStatus": "custody"}
    story.speakers["cps"] = "cps-direct"
    story.say("charge.referred-to-cps", "police", at, fileCategory="red", **data)
    taken = turn(story, "H03", at, c.FILE_TAKEN_IN_CUSTODY, Hours.ANY)
    accepted = story.say("charge.file-accepted", "cps", taken.at, **data)
    decided = turn(story, "H04", accepted, c.CPS_DIRECT_HOURS, Hours.ANY)
    said = story.answer("H04", accepted, decided, "charge.decision-made", "cps", decision="charge", attempt=1)
    del story.speakers["cps"]
    if said.at + 20 * MINUTE <= ended.at:
        return ended
    return Turn(said.at + 20 * MINUTE, ended.drawn, ended.planted + taken.planted + decided.planted)


def _extend(story: Story, authorised: Said, ends: int) -> None:
    """Tell the extensions that somebody thought of in time."""
    for extension, hours, longer in _STEPS:
        limit = authorised.at + hours * HOUR
        if ends <= limit or not story.happens(f"{extension} sought", c.DETENTION_EXTENDED):
            return
        at = limit - story.between(f"{extension} at", 30 * MINUTE, 4 * HOUR)
        said = story.say("charge.detention-authorised", "police", at, extension=extension)
        said.extends = authorised.id
        if ends <= authorised.at + longer * HOUR:
            return


def _acting(story: Story) -> Data:
    """Return who runs the custody suite on the force's behalf, where somebody does."""
    provider = _PROVIDERS.get(story.area)
    agencies = story.world.profile.agencies
    if provider is None or provider not in agencies or not story.happens("provider acts", c.PROVIDER_ACTS):
        return {}
    return {"actingOrg": provider, "ownerOrg": story.speaker("police")}
