"""Waiting until everything published has a row: by offsets, never by counts."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping

from caseflow import held
from caseflow.errors import CommandError
from caseflow.progress import Meter
from caseflow.reading.database import opened
from consumers.projector.run import GROUP as PROJECTOR_GROUP
from infra import kafka_positions, topics
from infra.kafka_positions import Place
from infra.settings import Settings
from projections.late_case.queries import open_past_their_limit
from projections.positions.queries import positions

LOOK_S = 0.25
PROCESSES = ("intake", "timelines", "projector")
"""Those that make rows of what is published."""
STILL_S = 180.0
"""After so long without any movement something is broken, and waiting on is no help."""

Left = Callable[[], Awaitable[int]]


async def until_stored(settings: Settings, published: Mapping[Place, int]) -> None:
    """Return when everything that follows from the published records is in the database.

    First intake reads the last of them; then timelines and projector read what the log of events has by then;
    then the projector reads the changes and dead letters that there are by then.

    Args:
        settings: with both addresses.
        published: by raw topic and partition, the offset of the last record.

    Raises:
        CommandError: a process is held, or nothing moved for three minutes.
    """
    with Meter("intake", "records") as meter:
        await _none_left(settings, meter, lambda: _unread(settings, published))
    with Meter("timelines", "records") as meter:
        events = await kafka_positions.ends(settings, [topics.EVENTS])
        await _none_left(settings, meter, lambda: _unfolded(settings, events))
    await until_projected(settings, events)


async def until_projected(settings: Settings, events: Mapping[Place, int] | None = None) -> None:
    """Return when the projector has stored the changes and dead letters that there are now.

    Args:
        settings: with both addresses.
        events: the ends of the log of events that must be stored too; None: the present ones.

    Raises:
        CommandError: a process is held, or nothing moved for three minutes.
    """
    with Meter("database", "records") as meter:
        told = events or await kafka_positions.ends(settings, [topics.EVENTS])
        rest = await kafka_positions.ends(settings, [topics.CHANGES, topics.DEAD_LETTERS])
        await _none_left(settings, meter, lambda: _unstored(settings, {**told, **rest}), {"projector"})


async def until_judged(settings: Settings, by_us: int) -> None:
    """Return when no hand-off is open in the database whose limit passed before an instant.

    Call it after `until_stored`, where the profile's clock is live: the tick that says so comes behind the
    last event, and its effects take the same way.

    Raises:
        CommandError: a process is held, or nothing moved for three minutes.
    """
    with Meter("judging what is overdue", "hand-offs") as meter:
        await _none_left(settings, meter, lambda: _unjudged(settings, by_us))


async def _none_left(
    settings: Settings, meter: Meter, left: Left, needed: Collection[str] = PROCESSES
) -> None:
    clock = asyncio.get_running_loop()
    most = least = await left()
    moved_at = clock.time()
    while (now_left := await left()) > 0:
        most = max(most, now_left)
        if now_left < least:
            least, moved_at = now_left, clock.time()
        _still_hopeful(settings, clock.time() - moved_at, needed)
        meter.at(most - now_left, most, most - now_left)
        await asyncio.sleep(LOOK_S)


def _still_hopeful(settings: Settings, still_s: float, needed: Collection[str]) -> None:
    stopped = [name for name in held.held(settings.data) if name in needed]
    if stopped:
        raise CommandError(f"{stopped[0]} is held: {held.why(stopped[0])}")
    if still_s > STILL_S:
        raise CommandError(f"nothing has moved for {still_s:.0f} s: see the logs in {settings.data / 'logs'}")


async def _unread(settings: Settings, published: Mapping[Place, int]) -> int:
    """Return how many published records intake has not read."""
    read = await kafka_positions.committed(settings, topics.INTAKE_GROUP)
    return sum(max(0, last + 1 - read.get(place, 0)) for place, last in published.items())


async def _unfolded(settings: Settings, ends: Mapping[Place, int]) -> int:
    """Return how many records of the log timelines has not folded."""
    found = await kafka_positions.committed(settings, topics.TIMELINES_GROUP)
    reached = {place: found.get(place, 0) for place in ends}
    return sum((await kafka_positions.waiting(settings, reached, ends)).values())


async def _unjudged(settings: Settings, by_us: int) -> int:
    async with opened(settings) as reader, reader.connect() as connection:
        return await open_past_their_limit(connection, by_us)


async def _unstored(settings: Settings, ends: Mapping[Place, int]) -> int:
    """Return how many records the projector has not stored; its positions count markers too."""
    async with opened(settings) as reader, reader.connect() as connection:
        rows = await positions(connection, PROJECTOR_GROUP)
    stored = {(row.topic, row.partition): row.next_offset for row in rows}
    return sum(max(0, end - stored.get(place, 0)) for place, end in ends.items())
