"""What a rebuild works with: the servers that run, or those of the data directory for its time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from caseflow.administration import prepare_database
from caseflow.arrival import until_projected
from caseflow.reading.database import opened
from caseflow.system import servers
from caseflow.wiring import connected
from consumers.group_members import members
from consumers.projector import run as projector
from infra import topic_admin
from infra.embedded import running
from infra.settings import Settings

ANY_PORT = 0


@asynccontextmanager
async def reached(settings: Settings) -> AsyncIterator[Settings]:
    """Give settings that know both addresses; where nothing runs on the data directory, servers run for the block.

    Raises:
        EmbeddedServerError, CommandError: they could not be started, or hold cases of another profile.
    """
    if settings.kafka or settings.database or running(settings.data) is not None:
        known = connected(settings)
        async with opened(known, known.profile):  # cases of another would be lost
            yield known
        return
    async with servers(settings) as started:
        await asyncio.gather(topic_admin.apply(started), prepare_database(started))
        yield started


async def projected(settings: Settings) -> None:
    """Return when the database holds what the log says now; a projector runs for that, where none does.

    Raises:
        CommandError: nothing moves.
        Exception: what ends a projector.
    """
    if await members(settings, projector.GROUP):
        await until_projected(settings)
        return
    stop = asyncio.Event()
    own = settings.model_copy(update={"metrics_port": ANY_PORT})
    working = asyncio.create_task(projector.run(own, stop=stop))
    waiting = asyncio.create_task(until_projected(settings))
    try:
        done, _ = await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()  # what ended it too early is said
    finally:
        waiting.cancel()
        stop.set()
        await asyncio.gather(working, waiting, return_exceptions=True)
