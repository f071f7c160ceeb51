"""The synthetic partnership as a stream of events, in the order in which they arrive."""

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from models.calendars import Calendar
from models.envelope import Event
from models.profile import Profile
from publishers.synthetic import calibration as c
from publishers.synthetic.chance import Chance
from publishers.synthetic.charge import from_arrest_to_charge
from publishers.synthetic.court import complete_case, from_first_hearing_to_verdict
from publishers.synthetic.diary import Diary
from publishers.synthetic.recording import Arrival, record
from publishers.synthetic.references import case_number_of_urn, case_reference, spacing
from publishers.synthetic.sentencing import from_conviction_to_sentence
from publishers.synthetic.story import Story
from publishers.synthetic.supervision import serve
from publishers.synthetic.victims import refer_to_liaison, register_victims, tell_of_outcome

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_WEEKENDS = Calendar(name="weekends")
_SPOKEN = (
    "charge.arrested",
    "court.first-hearing-held",
    "sentence.passed",
    "release.released",
    "victim.told",
)


def generate(profile: Profile, cases: int, seed: int, until: datetime) -> Iterator[Event]:
    """Yield the events of the last `cases` cases that began before `until`, as known at `until`.

    A case's story follows from (seed, cases, its number) alone and `until` only cuts it off: a later `until`
    gives the same events again, with the same ids, and what came after. Cases begin evenly over the two years
    before `until`, so many are still under way then.

    Args:
        profile: one with the vocabulary and areas of Cleveland and Durham.
        cases: how many, 1 or more.
        seed: any whole number.
        until: aware; nothing recorded after it is yielded.

    Yields:
        Events in the order of arrival: by `recordedtime`, but that repeats come later. All are people and
        cases that do not exist; `data.synthetic` is true.

    Raises:
        ValueError: the profile does not have the vocabulary, or `cases` is less than 1.
    """
    _check(profile, cases)
    world = f"{profile.name}/{seed}/{cases}"
    apart = spacing(cases, c.SPAN_DAYS)
    last = (until - _BEGINNING) // apart
    waiting: list[tuple[datetime, str, int, Event]] = []
    for number in range(last - cases, last):
        begins = _BEGINNING + number * apart
        yield from _arrived(waiting, begins)
        for place, arrival in enumerate(_case(profile, world, number, begins, apart)):
            if arrival.at <= until:
                heapq.heappush(waiting, (arrival.at, arrival.event.id, place, arrival.event))
    yield from _arrived(waiting, until)


def _check(profile: Profile, cases: int) -> None:
    missing = [name for name in _SPOKEN if name not in profile.event_types]
    if missing or not profile.areas:
        lacking = missing[0] if missing else "areas"
        raise ValueError(
            f"profile '{profile.name}' has no {lacking}: the synthetic partnership speaks "
            "the vocabulary of cleveland-and-durham; publish a file of your own instead"
        )
    if cases < 1:
        raise ValueError(f"{cases} synthetic cases: ask for 1 or more")


def _arrived(waiting: list[tuple[datetime, str, int, Event]], by: datetime) -> Iterator[Event]:
    while waiting and waiting[0][0] <= by:
        yield heapq.heappop(waiting)[3]


def _case(profile: Profile, world: str, number: int, begins: datetime, apart: timedelta) -> Iterator[Arrival]:
    shared = Chance(f"{world}/{case_number_of_urn(number)}/area")
    area = shared.one_of({area.code: 2.0 - place / 2 for place, area in enumerate(profile.areas)})
    chance = Chance(f"{world}/{number}")
    calendar = next(iter(profile.calendars.values()), _WEEKENDS)
    story = Story(case_reference(number, area, world), area, profile, chance, Diary(calendar))
    story.youth = chance.happens(c.YOUTH)
    story.by_day = chance.happens(c.DAYS_ONLY)
    _tell(story, (begins + apart * chance.between(0, 1)).astimezone(profile.tz))
    return record(story, world)


def _tell(story: Story, arrested: datetime) -> None:
    """Tell a case from its arrest to wherever it ends."""
    charged = from_arrest_to_charge(story, arrested)
    register_victims(story, arrested)
    if charged is None:
        return
    convicted = from_first_hearing_to_verdict(story, charged)
    if convicted is None:
        ended = story.said[-1].at
        complete_case(story, ended, charged)
        tell_of_outcome(story, ended)
        return
    sentence = from_conviction_to_sentence(story, convicted)
    complete_case(story, sentence.passed, charged)
    tell_of_outcome(story, sentence.passed)
    refer_to_liaison(story, sentence)
    serve(story, sentence)
