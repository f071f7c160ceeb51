"""The first hearing: listed, its papers served, held."""

from typing import NamedTuple

from publishers.synthetic import calibration as c
from publishers.synthetic.local_time import DAY, MINUTE
from publishers.synthetic.stories.hearings import list_hearing
from publishers.synthetic.story import Said, Story, Turn
from publishers.synthetic.turns import Hours, turn


class First(NamedTuple):
    """The first hearing: its listing, and the event that says that it was held."""

    listed: Said
    held: Said


def first_hearing(story: Story, charged: Said) -> First:
    """Tell the first hearing; its result is told once it is known what it came to."""
    turned = _sits(story, charged)
    in_custody = story.remand == "custody"
    listed_at = charged.at + story.between("listed", 20 * MINUTE, 80 * MINUTE)
    if not in_custody:
        listed_at = min(story.office("first listing", listed_at), turned.at - DAY)
    listed = list_hearing(story, max(listed_at, charged.at + 5 * MINUTE), "first", turned.at)
    story.first_listed_on = story.date(turned.at)
    _serve_details(story, listed, turned.at)
    held = story.say(
        "court.first-hearing-held",
        "mags",
        turned.at,
        hearingId=listed.data["hearingId"],
        sittingDay=story.date(turned.at),
        remandStatus=story.remand,
    )
    if charged.name == "charge.charged":
        story.note("H06" if in_custody else "H05", charged, held, turned)
    return First(listed, held)


def _sits(story: Story, charged: Said) -> Turn:
    if story.remand == "custody":
        return turn(story, "H06", charged, c.FIRST_HEARING_CUSTODY, Hours.CUSTODY_SITTING)
    if charged.name != "charge.charged":
        return turn(story, "H09", charged, c.FIRST_HEARING_REQUISITION, Hours.SITTING)
    wait = c.FIRST_HEARING[str(charged.data["anticipatedPlea"])]
    return turn(story, "H05", charged, wait, Hours.SITTING)


def _serve_details(story: Story, listed: Said, sitting: int) -> None:
    """Serve the initial details, at the latest when the hearing begins."""
    if story.remand == "custody":
        served = turn(story, "H07", listed, c.DETAILS_SERVED_IN_CUSTODY, Hours.ANY)
    else:
        served = turn(story, "H07", listed, c.DETAILS_SERVED)
    at = max(min(served.at, sitting - 20 * MINUTE), listed.at + MINUTE)
    story.answer("H07", listed, served._replace(at=at), "court.idpc-served", "cps")
