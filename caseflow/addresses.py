"""Where everything answers, said once everything does."""

import asyncio

from caseflow import held, run_files
from caseflow.console import say
from caseflow.errors import CommandError
from caseflow.running import Process
from caseflow.supervisor import log_of
from caseflow.watchdog import answers
from infra.settings import Settings

WITHIN_S = 120.0
LOOK_S = 0.2


async def processes_answer(settings: Settings) -> None:
    """Return as soon as every process that is not held says that it is ready.

    Raises:
        CommandError: one of them does not within two minutes.
    """
    clock = asyncio.get_running_loop()
    deadline = clock.time() + WITHIN_S
    while missing := await asyncio.to_thread(_not_ready, settings):
        if clock.time() > deadline:
            raise CommandError(
                f"{', '.join(missing)} not ready after {WITHIN_S:.0f} s: see the logs in "
                f"{settings.data / 'logs'}"
            )
        await asyncio.sleep(LOOK_S)


def tell_addresses(settings: Settings) -> None:
    """Say where servers, metrics and logs are."""
    say(f"  Kafka       {settings.bootstrap}")
    say(f"  PostgreSQL  {_without_password(settings)}")
    for one in run_files.written(settings):
        say(
            f"  {one.process:<10}  {one.url}/metrics  {one.url}/health/ready  {log_of(settings, one.process)}"
        )


def _not_ready(settings: Settings) -> list[str]:
    urls = {one.process: one.url for one in run_files.written(settings)}
    wanted = [process.value for process in Process if process.value not in held.held(settings.data)]
    return [name for name in wanted if name not in urls or not answers(f"{urls[name]}/health/ready")]


def _without_password(settings: Settings) -> str:
    scheme, _, rest = settings.database_url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
