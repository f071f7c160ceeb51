"""What somebody says in error and takes back: a start that never was, or an end that had not come yet."""

from publishers.synthetic import calibration as c
from publishers.synthetic.local_time import DAY, HOUR, MINUTE
from publishers.synthetic.story import Note, Said, Story

_ANSWERED_BY_NAME = frozenset({"V01", "V03", "V04", "V05"})
_LONG_ENOUGH = 6 * HOUR


def make_mistakes(story: Story) -> None:
    """Let somebody say something in error, in some cases."""
    if story.happens("something in error", c.START_IN_ERROR):
        _false_start(story)
    for note in list(story.notes):
        if note.rule in _ANSWERED_BY_NAME and _wait(note) > _LONG_ENOUGH:
            _false_end(story, note)


def _false_start(story: Story) -> None:
    """Say what opens a hand-off that this case never had."""
    names = {said.name: said for said in story.said}
    passed, seen = names.get("sentence.passed"), names.get("probation.first-appointment-attended")
    if seen is not None and "release.released" in names and "probation.recall-decided" not in names:
        at = story.office("in error", seen.at + 30 * DAY)
        said = story.say("probation.recall-decided", "probation", at, recallType="standard")
        _withdrawn(story, "H40", said)
    elif seen is not None and "probation.breach-identified" not in names:
        at = story.office("in error", seen.at + 30 * DAY)
        said = story.say("probation.breach-identified", "probation", at, failureNumber=2)
        _withdrawn(story, "H44", said)
    elif passed is not None and "sentence.report-requested" not in names and passed.at > 0:
        at = passed.at - 5 * MINUTE
        said = story.say(
            "sentence.report-requested",
            passed.role,
            at,
            reportType="short",
            dueDate=story.date(at + 21 * DAY),
            youth=story.youth,
            persistentOffender=False,
        )
        _withdrawn(story, "H25" if story.youth else "H20", said)


def _withdrawn(story: Story, rule: str, said: Said) -> None:
    said.in_error = True
    story.note(rule, said)


def _false_end(story: Story, note: Note) -> None:
    """Say, now and then, that something was done before it was; the event that it answers is named."""
    end = note.stops[0]
    if story.happens(f"{end.key} in error", c.END_IN_ERROR):
        at = end.at - _wait(note) // 2
        said = story.add(Said("", "", end.name, end.role, end.agency, at, end.data, in_error=True))
        note.stops = (said, *note.stops)


def _wait(note: Note) -> int:
    """Return how long a hand-off took once everybody it is about was known."""
    if not note.stops:
        return 0
    since = max(note.start.at, note.victim.registered.at if note.victim is not None else 0)
    return note.stops[0].at - since
