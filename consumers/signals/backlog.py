"""Is everything stored that was published before an instant? What is on its way must not look undone."""

from collections.abc import Mapping

from consumers.lag import Lag, NoTopicError
from consumers.progress import progress
from consumers.projector.run import GROUP
from infra.clock import shown_us
from infra.postgres import engine
from infra.settings import Settings
from projections.positions.queries import positions


async def backlog(settings: Settings, before_us: int) -> str | None:
    """Return in words what waits before intake, timelines or projector since before an instant; None: nothing.

    Raises:
        TimeoutError, aiokafka.errors.KafkaError, OSError: a server does not answer.
    """
    reader = engine(settings.database_url)
    try:
        async with reader.connect() as connection:
            stored = await positions(connection, GROUP)
    finally:
        await reader.dispose()
    try:
        return waiting(await progress(settings, stored), before_us)
    except NoTopicError as error:
        return str(error)


def waiting(lags: Mapping[str, Lag], before_us: int) -> str | None:
    """Return which processes have records before them that were appended before an instant; None: none has."""
    behind = [
        name for name, lag in lags.items() if lag.since_us is not None and shown_us(lag.since_us) < before_us
    ]
    return f"{' and '.join(behind)} must first store what was published by then" if behind else None
