"""Starting all of it for one measurement, warm, and ending it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import profiles
from bench.delays.recalls import case, grace_us, publish, recall_decided
from bench.delays.receiver import Receiver, receiving
from bench.delays.rig import READY_S, Rig
from bench.process import folder
from bench.raw_events import PROFILE
from infra.clock import now_us
from infra.embedded import Servers, embedded
from infra.postgres import connect, migrate
from infra.settings import Settings
from infra.topic_admin import apply

PROCESSES = ("intake", "timelines", "projector", "alerts")
ROUTE = '[[route]]\nname = "desk"\nchannel = "webhook"\ntarget = "desk"\n'
TARGETS = '[webhook.desk]\nurl = "{address}"\nsecret = "the benchmark has no secrets"\n'
WARM_UP = 20


@asynccontextmanager
async def rig(scratch: Path, name: str, alerts: str = "") -> AsyncIterator[Rig]:
    """Start servers, caseflow and receiver, send some alerts through to warm all up, and end all of it.

    Args:
        scratch: an existing directory.
        name: of a new directory in it.
        alerts: the [alerts] of routes.toml; empty: as shipped.
    """
    own = folder(scratch, name)
    async with AsyncExitStack() as stack:
        servers = await stack.enter_async_context(embedded(own / "servers", Settings().cache))
        receiver = await stack.enter_async_context(receiving())
        settings = _settings(own, servers, receiver, alerts)
        await migrate(settings.database_url)
        await apply(settings)
        database = await connect(settings.database_url, "bench")
        stack.push_async_callback(database.close)
        made = Rig(settings, servers, receiver, database, own, grace_us())
        stack.push_async_callback(made.end)
        for process in PROCESSES:
            await made.start(process)
        await _warm_up(made)
        yield made


def _settings(own: Path, servers: Servers, receiver: Receiver, alerts: str) -> Settings:
    """Return settings for a copy of the profile whose only route leads to the receiver."""
    copied = own / "profiles" / PROFILE
    shutil.copytree(Path(profiles.__file__).parent / PROFILE, copied)
    (copied / "routes.toml").write_text(alerts + ROUTE)
    targets = own / "targets.toml"
    targets.write_text(TARGETS.format(address=receiver.address))
    base = Settings(
        data=own / "data",
        profile=PROFILE,
        profiles_dir=own / "profiles",
        alert_targets=targets,
        log_level="WARNING",
    )
    return servers.settings(base)


async def _warm_up(made: Rig) -> None:
    deadline = now_us()
    events = [recall_decided(case("warm", number), deadline, made.grace_us) for number in range(WARM_UP)]
    await publish(made.settings, events)

    async def told() -> bool:
        return len(made.receiver.first_told("warm")) == WARM_UP

    await made.until(told, READY_S, "the alerts of the warm-up have been told")
