"""The synthetic partnership as a stream of events, in the order in which they arrive; and the truth about it."""

import heapq
from collections.abc import Iterator
from datetime import datetime

from models.envelope import Event
from models.profile import Profile
from publishers.synthetic.local_time import MINUTE, seconds
from publishers.synthetic.rows import ROWS
from publishers.synthetic.telling import Told, told
from publishers.synthetic.truth.labels import Label, labels
from publishers.synthetic.wire import Arrival, arrivals
from publishers.synthetic.world import World


def generate(profile: Profile, cases: int, seed: int, until: datetime) -> Iterator[Event]:
    """Yield the events of the last `cases` cases that began before `until`, as known at `until`.

    What a case tells follows from (profile, seed, cases, its number) alone and `until` only cuts it off: a later
    `until` gives the same events again, with the same ids, and what came after. Cases begin evenly over the two
    years before `until`, so many are still under way then.

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
    return (arrival.event for arrival in tell(World(profile, seed, cases), until))


def tell(world: World, until: datetime, since: datetime | None = None) -> Iterator[Arrival]:
    """Yield what arrives up to an instant, in the order of arrival.

    Args:
        world: its profile, seed, number of cases in two years, and what is planted.
        until: aware; nothing that arrives after it is yielded.
        since: from when on cases begin; None: so that exactly the last `world.cases` are told. With the same
            `since` a later `until` gives the same arrivals and what came after.
    """
    end, waiting = seconds(until), list[Arrival]()
    for number in world.numbers(None if since is None else seconds(since), end):
        begins = world.begins(number)
        while waiting and waiting[0].at < begins:
            yield heapq.heappop(waiting)
        for case in tellings(world, number):
            for arrival in arrivals(*case):
                if arrival.at <= end:
                    heapq.heappush(waiting, arrival)
    while waiting:
        yield heapq.heappop(waiting)


def truth(world: World, until: datetime, since: datetime | None = None) -> Iterator[Label]:
    """Yield what is true of every hand-off with a number, as it can be known at an instant; arguments as `tell`."""
    end, graces = seconds(until), graces_of(world.profile)
    for number in world.numbers(None if since is None else seconds(since), end):
        for case in tellings(world, number):
            yield from labels(*case, end, graces)


def tellings(world: World, number: int) -> Iterator[Told]:
    """Yield the case of this number, and those that begin beside it where more begin than usual."""
    for telling in range(1, world.tellings(number) + 1):
        yield told(world, number, telling)


def graces_of(profile: Profile) -> dict[str, int]:
    """Return by row how long after its due instant the feeds may still tell of a stop, in seconds."""
    found = {}
    for rule, row in ROWS.items():
        listed = (profile.event_types.get(name) for name in row.stops)
        roles = {role for one in listed if one is not None for role in one.publishers}
        found[rule] = profile.head.judging.grace_minutes_of(roles) * MINUTE
    return found
