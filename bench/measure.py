"""One run of one candidate, timed from its first event to the commit of its last."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from bench.candidates import Candidate, End
from bench.judge import Judge
from bench.load import create
from bench.process import Measured, Usage, running

LONGEST_S = 180.0
"""A candidate that needs longer for its events has failed."""
_LOOK_S = 0.05


@dataclass(frozen=True)
class Result:
    """What one run gave; the two from /proc are None where there is none."""

    name: str
    events: int
    seconds: float
    cpu_seconds: float | None
    rss_mb: float | None

    @property
    def rate(self) -> float:
        """Return events per second of wall time."""
        return self.events / self.seconds

    def line(self) -> str:
        """Return the result as one line of JSON."""
        return orjson.dumps(asdict(self)).decode()


async def measure(judge: Judge, candidate: Candidate, source: str, group: str, scratch: Path) -> Result:
    """Run a candidate over all of `source` in a fresh group, and check its outputs afterwards.

    Raises:
        ProcessFailedError: it ended, did not begin or did not get to the end in time.
        WrongOutputError: it committed the end, and its outputs are not one per event.
    """
    output = f"{group}-out"
    await create(judge.settings, output)
    ends = await judge.ends(source)
    events = sum(ends.values())

    async def committed() -> int:
        match candidate.end:
            case End.OFFSETS:
                return await judge.committed(group, ends)
            case End.RECORDS:
                return sum((await judge.ends(output)).values())

    where = [judge.settings.bootstrap, source, output, group, str(scratch)]
    async with running(candidate.name, [*candidate.command, *where], scratch) as process:
        await process.until_first_event()
        began, before = time.perf_counter(), process.usage()
        await _until_committed(process, committed, events)
        seconds, after = time.perf_counter() - began, process.usage()
    if candidate.output_per_event:
        await judge.check_outputs(output, events)
    return Result(candidate.name, events, seconds, *_used(before, after))


async def _until_committed(process: Measured, committed: Callable[[], Awaitable[int]], events: int) -> None:
    deadline = time.monotonic() + LONGEST_S
    while (done := await committed()) < events:
        process.check_alive()
        if time.monotonic() > deadline:
            raise process.failed(f"committed {done} of {events} events in {LONGEST_S:.0f} s")
        await asyncio.sleep(_LOOK_S)


def _used(before: Usage | None, after: Usage | None) -> tuple[float | None, float | None]:
    if before is None or after is None:
        return None, None
    return round(after.cpu_seconds - before.cpu_seconds, 2), round(after.peak_rss_mb, 1)
