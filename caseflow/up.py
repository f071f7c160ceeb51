"""`caseflow up`: everything on one machine, until Ctrl-C."""

import asyncio

from caseflow.addresses import processes_answer, tell_addresses
from caseflow.console import say
from caseflow.errors import run
from caseflow.system import system
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, settings_from


def up(
    data: DataOption = None, profile: ProfileOption = None, profiles_dir: ProfilesDirOption = None
) -> None:
    """Run everything: Kafka, PostgreSQL, intake, timelines, projector, alerts and signals, until Ctrl-C.

    The servers are embedded unless CASEFLOW_KAFKA and CASEFLOW_DATABASE name others. Processes that end are
    started again, with growing pauses; one past its limit of refusals is held until
    `caseflow dead-letters resume`. Their logs lie in <data>/logs. A second start goes on with the same data.

    Examples:
      caseflow up

      caseflow up --profile cook-county --data /var/lib/cook
    """
    run(_up(data, profile, profiles_dir), until_stopped=True)


async def _up(data: DataOption, profile: ProfileOption, profiles_dir: ProfilesDirOption) -> None:
    async with system(settings_from(data, profile, profiles_dir), say) as settings:
        await processes_answer(settings)
        tell_addresses(settings)
        say("everything runs; Ctrl-C stops it")
        await asyncio.Event().wait()
