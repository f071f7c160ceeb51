"""The steps of a rebuild, in their order."""

from contextlib import AsyncExitStack
from typing import NamedTuple

from caseflow import held
from caseflow.console import say
from caseflow.errors import CommandError
from caseflow.group_gone import gone
from caseflow.progress import Meter
from caseflow.reading.processes import NOT_READY, READY, processes
from caseflow.rebuilding.servers import projected, reached
from caseflow.rebuilding.signals import forgotten, nobody_judges
from caseflow.wiring import profile_of
from infra import clock, topics
from infra.settings import Settings
from models.rules import Rules
from streams.timelines.rebuilding import Rebuilt, rebuild

TIMELINES = "timelines"
STILL_RUNS = (
    "timelines still runs: end `caseflow up`, or every `caseflow run timelines`, then rebuild. The other processes "
    "may go on"
)


class Done(NamedTuple):
    """What a rebuild did; `days`: judged days that were forgotten (None: they were left)."""

    rebuilt: Rebuilt
    days: int | None


async def rebuilt(settings: Settings, *, signals: bool) -> Done:
    """Rebuild everything that follows from `caseflow.events`; may be repeated, also where one was cut off.

    Raises:
        CommandError: timelines still runs, or the signals process does where its days are to be forgotten.
        ProfileError, ProfileFilesError: the profile has a mistake, or is missing.
        aiokafka.errors.KafkaError, asyncpg.PostgresError, OSError: a server does not answer.
    """
    rules = Rules.of(profile_of(settings))
    async with reached(settings) as running, AsyncExitStack() as stack:
        await _stopped(running)
        judging = await stack.enter_async_context(nobody_judges(running)) if signals else None
        total = await _retold(running, rules)
        if held.release(running.data, TIMELINES):
            say("timelines is no longer held: it starts within seconds where `caseflow up` runs")
        await projected(running)
        return Done(total, None if judging is None else await forgotten(judging))


async def _stopped(settings: Settings) -> None:
    """Refuse while a timelines worker lives; one that was killed counts as living for a while."""
    told = [one.state for one in await processes(settings) if one.process == TIMELINES]
    lives = READY in told or NOT_READY in told
    if lives or not await gone(settings, topics.TIMELINES_GROUP, wait=True):
        raise CommandError(STILL_RUNS)


async def _retold(settings: Settings, rules: Rules) -> Rebuilt:
    """Rebuild one partition after the other; a bar shows how far the log is read."""
    total = Rebuilt()
    with Meter("replaying the log", "records") as meter:
        for number in range(settings.partitions):
            before = total.records

            def show(offset: int, end: int, number: int = number, before: int = before) -> None:
                share = (number + offset / end) / settings.partitions
                meter.at(int(1_000 * share), 1_000, before + offset)

            total += await rebuild(settings, rules, number, clock.now, show)
    return total
