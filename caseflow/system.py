"""Everything that `caseflow up` runs: servers, topics, tables and processes, as one block."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from caseflow.administration import prepare_database
from caseflow.errors import CommandError
from caseflow.supervisor import Say, supervised
from caseflow.wiring import profile_of
from infra import topic_admin
from infra.alert_targets import read_alert_targets
from infra.embedded import claim, embedded
from infra.embedded.data_directory import held
from infra.settings import Settings


@asynccontextmanager
async def servers(settings: Settings) -> AsyncIterator[Settings]:
    """Give settings that know both addresses; embedded servers run for the time of the block.

    Raises:
        DataDirectoryInUseError: another process holds the data directory.
        OtherProfileError: it holds cases of another profile.
        CommandError: one of two addresses is set.
    """
    claim(settings.data, settings.profile)
    if settings.kafka and settings.database:
        with held(settings.data):
            yield settings
        return
    if settings.kafka or settings.database:
        raise CommandError(
            "set both CASEFLOW_KAFKA and CASEFLOW_DATABASE, or neither for the embedded servers"
        )
    async with embedded(settings.data, settings.cache) as started:
        yield started.settings(settings)


@asynccontextmanager
async def system(
    settings: Settings, say: Say, before_processes: Callable[[Settings], Settings] = lambda known: known
) -> AsyncIterator[Settings]:
    """Run the whole of caseflow for the time of the block; gives settings that know both addresses.

    Processes are stopped first, then the servers. A crash leaves nothing running; a second start goes on.
    `before_processes` may change the settings once the servers answer and nothing else runs.

    Raises:
        ProfileError, ProfileFilesError, AlertTargetsError: before anything was started.
        EmbeddedServerError, TopicAdminError, CommandError: it could not be started.
    """
    profile_of(settings)
    read_alert_targets(settings.alert_targets)
    say(f"starting on {settings.data}, profile {settings.profile}")
    async with servers(settings) as running:
        say(f"Kafka answers at {running.bootstrap}")
        await asyncio.gather(topic_admin.apply(running), prepare_database(running))
        changed = before_processes(running)
        async with supervised(changed, say):
            yield changed
