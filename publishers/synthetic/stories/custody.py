"""Remand in custody: the way to prison and back, and the custody time limit with its extensions."""

from publishers.synthetic import calibration as c
from publishers.synthetic.counting import back
from publishers.synthetic.local_time import DAY, HOUR, MINUTE
from publishers.synthetic.story import Data, Said, Story
from publishers.synthetic.turns import Hours, turn

_LIMITS = {"H10": 56, "H11": 70, "H12": 182, "H13": 112}
_OF_CLASS = {"summary": "H10", "either-way": "H11"}
_JURISDICTIONS = {"mags": "magistrates", "crown": "crown"}


def remand(story: Story, at: int) -> Said:
    """Remand somebody in custody at a hearing: an escort takes them to prison, and a limit begins."""
    story.remand = "custody"
    remanded = story.say(
        "court.remanded-in-custody",
        story.court,
        at,
        custodyStart=story.date(at),
        offenceClass=story.offence_class,
        youth=story.youth,
    )
    receive(story, remanded, "remand", sentenced=False)
    rule = _OF_CLASS.get(story.offence_class)
    if rule is not None:
        await_trial(story, rule, remanded)
    return remanded


def await_trial(story: Story, rule: str, start: Said, less: int = 0) -> None:
    """Begin a wait for a trial; in custody its limit is now the one that counts.

    The day it begins is not counted, and a limit that would end on a day off ends on the working day before.
    """
    story.awaiting_trial.append(story.note(rule, start))
    day = story.world.diary.local.day(start.at)
    story.limit_until = back(day + _LIMITS[rule] - less) if story.remand == "custody" else None


def decide_summary_trial(story: Story, at: int) -> None:
    """Decide on summary trial; in custody that shortens the limit of an either-way offence."""
    decided = at + 10 * MINUTE
    story.say("court.summary-trial-decided", "mags", decided, decisionDate=story.date(decided))
    for note in story.awaiting_trial:
        shorter = back(story.world.diary.local.day(note.start.at) + _LIMITS["H10"])
        if note.rule == "H11" and story.limit_until is not None:
            story.limit_until = min(story.limit_until, shorter)


def receive(story: Story, start: Said, reason: str, *, sentenced: bool) -> Said:
    """Tell the reception into prison that a remand or a sentence leads to; the escort acts for the court."""
    taken = turn(story, "H24", start, c.ESCORT_HOURS, Hours.ANY)
    prison = story.speaker("prison")
    told: Data = {"reason": reason, "prison": prison, "sentenced": sentenced}
    if "pecs-north" in story.world.profile.agencies:
        told |= {"actingOrg": "pecs-north", "ownerOrg": prison}
    return story.answer("H24", start, taken, "release.prison-received", "prison", **told)


def free(story: Story, at: int) -> None:
    """Release somebody whom the court lets go."""
    story.remand, story.limit_until = "bail", None
    story.say("release.released", "prison", at + 3 * HOUR, releaseType="court")


def hold_until(story: Story, trial: int, listed: Said) -> None:
    """Apply, where somebody thinks of it, to extend a limit that a trial would overrun.

    Args:
        story: of somebody in custody.
        trial: when the trial is to be.
        listed: its listing.
    """
    due, local = story.limit_until, story.world.diary.local
    name = f"extension for {listed.key}"
    if due is None or local.day(trial) <= due or not story.happens(name, c.EXTENSION_SOUGHT):
        return
    early, wait = c.EXTENSION[story.court]
    lead = round(story.chance.between(f"{name}, lead", early, early + 5) * DAY)
    at = story.office(name, max(local.midnight(due) - lead, listed.at + HOUR))
    if at >= trial - 2 * DAY:
        return
    notified = story.say(
        "court.ctl-extension-notified",
        "cps",
        at,
        currentExpiry=story.date(local.midnight(due)),
        jurisdiction=_JURISDICTIONS[story.court],
    )
    heard = turn(story, "H14", notified, wait, draw=name)
    if heard.at >= trial - HOUR:
        story.note("H14", notified, None, heard)
        story.limit_until = None  # the application lies there: nobody makes another
    elif story.happens(f"{name}, granted", c.EXTENSION_GRANTED):
        until = local.day(trial) + round(story.chance.between(f"{name}, until", 2, 12))
        told: Data = {"granted": True, "newExpiry": story.date(local.midnight(until))}
        said = story.answer("H14", notified, heard, "court.ctl-extension-heard", story.court, **told)
        story.limit_until = until if local.day(said.at) <= due else due
    else:
        said = story.answer("H14", notified, heard, "court.ctl-extension-heard", story.court, granted=False)
        story.say("court.bailed", story.court, said.at + 20 * MINUTE)
        free(story, said.at + 20 * MINUTE)
