"""Resident memory of running processes, sampled while a load runs."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

from bench.process import Measured

EVERY_S = 0.5

Samples = dict[str, list[tuple[float, float]]]
"""Process name to (seconds since the first sample, MB)."""


@asynccontextmanager
async def sampled(processes: Iterable[Measured]) -> AsyncIterator[Samples]:
    """Sample each process twice a second while the block lasts; without a /proc the lists stay empty."""
    samples: Samples = {process.name: [] for process in processes}
    task = asyncio.create_task(_sample(tuple(processes), samples))
    try:
        yield samples
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _sample(processes: tuple[Measured, ...], samples: Samples) -> None:
    began = time.monotonic()
    while True:
        for process in processes:
            if used := process.usage():
                samples[process.name].append((time.monotonic() - began, used.rss_mb))
        await asyncio.sleep(EVERY_S)
