"""Known failures become one sentence on standard error and exit code 1; only unknown ones show a traceback."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

import asyncpg
import typer
from aiokafka.errors import KafkaError
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from caseflow.console import say
from infra.alert_targets import AlertTargetsError
from infra.clock import PaceError
from infra.embedded import EmbeddedServerError
from infra.profile_files import ProfileFilesError
from infra.settings import NoAddressError
from infra.topic_admin import TopicAdminError
from models.profile import ProfileError
from publishers.files import FileError
from publishers.sdk import PublishError

FAILED = 1
STOPPED_BY_SIGNAL = 130

Result = TypeVar("Result")


class CommandError(Exception):
    """A command cannot do what it was asked; the message is one sentence that says what to do next."""


class NotRunningError(CommandError):
    """A command needs servers that do not run."""


KNOWN = (
    AlertTargetsError,
    CommandError,
    EmbeddedServerError,
    FileError,
    NoAddressError,
    PaceError,
    ProfileError,
    ProfileFilesError,
    PublishError,
    TopicAdminError,
)
OF_CLIENTS = (KafkaError, DBAPIError, asyncpg.PostgresError, OSError)
"""What Kafka, PostgreSQL and the system raise: known, but their messages need a name before them."""


def run(work: Coroutine[Any, Any, Result], *, until_stopped: bool = False) -> Result:
    """Run a command's coroutine to its end and return its result.

    SIGTERM and Ctrl-C cancel the coroutine, which cleans up. Exit code 130 then, or 0 where `until_stopped`
    says that this is the way the command ends.

    Raises:
        typer.Exit: it failed for a known reason, which has been said.
    """
    signals: list[int] = []
    try:
        with asyncio.Runner() as runner:
            return runner.run(_cancelled_by_signals(work, signals))
    except asyncio.CancelledError:
        if not signals:
            raise  # nobody asked for it: a fault, which must not look like a stop
        say("stopped")
        raise typer.Exit(0 if until_stopped else STOPPED_BY_SIGNAL) from None
    except Exception as error:
        raise typer.Exit(failed(error)) from error


def failed(error: Exception) -> int:
    """Say a known failure in one sentence and return the exit code; raise any other again."""
    if isinstance(error, KNOWN):
        say(f"caseflow: {error}")
    elif isinstance(error, ValidationError):
        said = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'settings'}: {e['msg']}" for e in error.errors())
        say(f"caseflow: these settings cannot be used: {said} (flags, or CASEFLOW_ variables)")
    elif isinstance(error, OF_CLIENTS):
        first = str(error).partition("\n")[0]
        say(
            f"caseflow: {type(error).__name__}: {first}: see that the servers run and the addresses are right"
        )
    else:
        raise error
    return FAILED


async def _cancelled_by_signals(work: Coroutine[Any, Any, Result], received: list[int]) -> Result:
    """Await the work, cancelled by the first signal; `received` has the numbers of those that came."""
    task = asyncio.ensure_future(work)

    def stop(number: int) -> None:
        received.append(number)
        task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    return await task
