"""How a story is recorded: later than it happened, sometimes wrongly, sometimes twice, now and then never right."""

from dataclasses import dataclass, field
from typing import NamedTuple

from publishers.synthetic import calibration as c
from publishers.synthetic.local_time import DAY, HOUR, MINUTE, LocalTime
from publishers.synthetic.story import Data, Said, Story

_MOST_WRONG, _LEAST_WRONG = 50 * MINUTE, 2 * MINUTE
_CENTURIES = 200 * 365 * DAY
"""How far off an impossible date is: refused whenever it is published."""
_OVERTAKING = "victim."


class Version(NamedTuple):
    """What one event says of a happening: when it was (as written), how exactly, what else, recorded when."""

    id: str
    at: int
    precision: str
    data: Data
    recorded: int


@dataclass(slots=True)
class Record:
    """A happening as it is recorded: the first version, its correction, its withdrawal, and further sendings.

    `misdated` is an impossible time under which it was sent before, as another event that nobody accepts.
    """

    said: Said
    first: Version
    corrected: Version | None = None
    withdrawn: int | None = None
    sent_again: list[int] = field(default_factory=list)
    misdated: int | None = None

    def known(self, until: int) -> Version | None:
        """Return the version that counts for whoever has all that was recorded up to an instant; None: nothing."""
        if self.first.recorded > until or self.is_withdrawn(until):
            return None
        if self.corrected is not None and self.corrected.recorded <= until:
            return self.corrected
        return self.first

    def is_withdrawn(self, until: int) -> bool:
        """Return whether it was taken back by then."""
        return self.withdrawn is not None and self.withdrawn <= until


def record(story: Story) -> list[Record]:
    """Return the records of a story in the order of time; `order` of what was said is set.

    Two tellings of one type overtake each other only where each names what it is about, so that nobody is left
    to guess which came first.
    """
    story.said.sort(key=lambda said: said.at)
    by_day = any(said.agency in c.DAYS_ONLY_AGENCIES for said in story.said)
    local, before, latest = story.world.diary.local, 0, dict[str, int]()
    records = []
    for order, said in enumerate(story.said):
        said.order = order
        recorded = _recorded(story, said)
        if not said.name.startswith(_OVERTAKING):
            recorded = latest[said.name] = max(recorded, latest.get(said.name, 0))
        one = _record(story, said, recorded, 0 if by_day else said.at - before, local)
        records.append(one)
        before = said.at
    return records


def _recorded(story: Story, said: Said) -> int:
    """Return when the feed tells of it."""
    if story.happens(f"{said.key}, forgotten", c.FORGOTTEN):
        lag = story.chance.amount(f"{said.key}, lag", c.FORGOTTEN_DAYS) * DAY
    else:
        wait = c.RECORDING_HOURS.get(said.role, c.RECORDING_HOURS_ELSEWHERE)
        lag = story.chance.amount(f"{said.key}, lag", wait) * HOUR
    recorded = said.at + 1 + round(lag)
    batch = c.BATCHES_HOURS.get(said.role, 0) * HOUR
    if batch:
        recorded += -recorded % batch
    for plant, first, over in story.world.spans:
        late = plant.name == "publish-lag" and plant.sender in {said.agency, said.role}
        if late and first <= recorded < over:
            recorded += round(plant.parameters["days"] * DAY)
            story.planted.add(plant.name)
    return recorded


def _record(story: Story, said: Said, recorded: int, room: int, local: LocalTime) -> Record:
    """Return a record with at most one slip; `room` is the time since whatever happened before."""
    precision = _precision(story, said)
    at = local.midnight(local.day(said.at)) if precision == "day" else said.at
    right = Version(said.id, at, precision, said.data, recorded)
    if said.in_error:
        return Record(said, right, withdrawn=_put_right(story, right, said.key))
    one = Record(said, right)
    slip = story.chance.one_of(f"{said.key}, slip", c.SLIPS)
    if slip == "repeated":
        one.sent_again.append(_put_right(story, right, said.key))
    elif slip == "amended":
        wrong = _wrong(right, said, room, local)
        if wrong is not None:
            corrected = right._replace(id=f"{said.id}-corrected", recorded=_put_right(story, right, said.key))
            one = Record(said, wrong, corrected)
    _misdate(story, one)
    return one


def _put_right(story: Story, wrong: Version, key: str) -> int:
    """Return when a mistake is put right."""
    hours = story.chance.amount(f"{key}, put right", c.PUT_RIGHT_HOURS)
    return wrong.recorded + MINUTE + round(hours * HOUR)


def _precision(story: Story, said: Said) -> str:
    if said.agency in c.DAYS_ONLY_AGENCIES:
        return "day"
    for plant, first, over in story.world.spans:
        holds = plant.name == "bad-dates" and first <= said.at < over
        if holds and story.happens(f"{said.key}, known to the day", plant.parameters["share"]):
            story.planted.add(plant.name)
            return "day"
    return "minute" if said.role == "police" else "second"


def _wrong(right: Version, said: Said, room: int, local: LocalTime) -> Version | None:
    """Return what was recorded at first: another result, another date, or a time that is a little early."""
    data = said.data
    if "resultCodes" in data:
        return right._replace(data={**data, "resultCodes": ["3999"]})
    if said.name == "sentence.report-requested":
        due = local.date(said.at + 7 * DAY)
        return right._replace(data={**data, "dueDate": due})
    early = min(_MOST_WRONG, room // 2) // MINUTE * MINUTE
    return right._replace(at=right.at - early) if early >= _LEAST_WRONG and right.precision != "day" else None


def _misdate(story: Story, one: Record) -> None:
    """Let a share of events be sent with an impossible date first."""
    for plant, first, over in story.world.spans:
        holds = plant.name == "bad-dates" and first <= one.said.at < over
        if holds and story.happens(f"{one.said.key}, misdated", plant.parameters["share"]):
            far = story.happens(f"{one.said.key}, to the future", 0.5)
            story.planted.add(plant.name)
            one.misdated = one.said.at + (_CENTURIES if far else -_CENTURIES)
