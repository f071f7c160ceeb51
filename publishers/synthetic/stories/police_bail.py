"""Bail before charge: its extensions, and how it ends."""

from publishers.synthetic import calibration as c
from publishers.synthetic.counting import months_after
from publishers.synthetic.local_time import DAY
from publishers.synthetic.stories.prosecution import Decided
from publishers.synthetic.story import Said, Story, Turn
from publishers.synthetic.turns import inside

_STEPS = (("inspector", 3, 6), ("superintendent", 6, 9))


def end_bail(story: Story, bailed: Said, decided: Decided) -> Said | None:
    """Tell how bail ends once it is decided: answered for a charge, or no further action (None)."""
    waiting = c.CHARGED_AFTER_DECISION if decided.charge else c.FILE_CHECKED
    at = inside(story, "police", "end of bail", decided.at, waiting)
    _extend(story, bailed, at)
    ended = Turn(at, None, decided.planted)
    if decided.charge:
        return story.answer("H02", bailed, ended, "charge.bail-answered", "police")
    story.answer("H02", bailed, ended, "charge.no-further-action", "police", reason="evidential")
    return None


def _extend(story: Story, bailed: Said, ends: int) -> None:
    """Tell the extensions that somebody thought of before the bail ran out."""
    local = story.world.diary.local
    for extension, months, longer in _STEPS:
        limit = local.midnight(months_after(local.day(bailed.at), months))
        if ends <= limit or not story.happens(f"bail, {extension} sought", c.BAIL_EXTENDED):
            return
        at = limit - round(story.chance.between(f"bail, {extension} at", 0.2, 9) * DAY)
        said = story.say(
            "charge.bailed-before-charge",
            "police",
            at,
            bailStartDate=bailed.data["bailStartDate"],
            extension=extension,
        )
        said.extends = bailed.id
        if ends <= local.midnight(months_after(local.day(bailed.at), longer)):
            return
