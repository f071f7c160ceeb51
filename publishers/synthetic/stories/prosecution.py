"""The file between the police and the prosecution: sent, returned, accepted, decided on."""

from typing import NamedTuple

from publishers.synthetic import calibration as c
from publishers.synthetic.story import Data, Said, Story
from publishers.synthetic.turns import inside, returned, sends, turn

_FILES_AT_MOST = 6
_DECISIONS_AT_MOST = 3


class Decided(NamedTuple):
    """What the prosecution decided, when, and what was planted on the way."""

    at: int
    charge: bool
    planted: tuple[str, ...]


def through_prosecutor(story: Story, at: int, status: str) -> Decided:
    """Tell how a file is built, sent until it is accepted, and decided on."""
    at = inside(story, "police", "investigation", at, c.INVESTIGATION)
    attempt, planted = 0, list[str]()
    for _ in range(_DECISIONS_AT_MOST):
        accepted, attempt = _accepted(story, at, attempt, status)
        decided = turn(story, "H04", accepted, c.PROSECUTOR_DECIDES)
        planted += decided.planted
        decision = story.chance.one_of("decision", c.DECISIONS)
        said = story.answer(
            "H04", accepted, decided, "charge.decision-made", "cps", decision=decision, attempt=attempt
        )
        if decision != "action-plan":
            return Decided(said.at, decision == "charge", tuple(dict.fromkeys(planted)))
        at = inside(story, "police", "action plan", said.at, c.FILE_REPAIRED)
    return Decided(at, charge=False, planted=tuple(dict.fromkeys(planted)))


def _accepted(story: Story, at: int, attempt: int, status: str) -> tuple[Said, int]:
    """Send the file until it is accepted."""
    while True:
        attempt += 1
        told: Data = {"attempt": attempt, "suspectStatus": status}
        sent = story.say(
            "charge.referred-to-cps", "police", sends(story, "H03", at), fileCategory="green", **told
        )
        checked = turn(story, "H03", sent, c.FILE_CHECKED)
        if attempt >= _FILES_AT_MOST or not returned(story, "H03", sent.at, c.FILE_RETURNED):
            return story.say("charge.file-accepted", "cps", checked.at, **told), attempt
        story.say("charge.file-rejected", "cps", checked.at, attempt=attempt, reason="missing-evidence")
        at = inside(story, "police", "file repair", checked.at, c.FILE_REPAIRED)
