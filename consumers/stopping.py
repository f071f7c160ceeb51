"""Being told to stop: by a signal, and while nothing is to be done."""

import asyncio
import signal
from contextlib import suppress


def stopped_by_signals() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set, for the running loop."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def set_within(event: asyncio.Event, seconds: float) -> bool:
    """Return as soon as the event is set, or after so many seconds; whether it is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
