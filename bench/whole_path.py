"""What the whole path does: events per second into PostgreSQL, the wait of one event, memory."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bench.events import CASES
from bench.figures import percentile, slope_per_minute, spread
from bench.memory import sampled
from bench.path import WholePath
from bench.plan import PathPlan
from bench.raw_events import RawEvent, raw_event, raw_events
from bench.report import Figures

WARM_UP = 500
RECENT = timedelta(hours=12)
"""How long before now the events begin: live ones, so that no hand-off of theirs falls due while we measure."""
EVEN_CASES = 500
"""Cases of the even load: few, so that each is visited often and all stages have their share."""
LATENCY_RATE = 200
STEADY_RATE = 1_000
_LOOK_S = 0.01
_BATCH_S = 0.05


async def measure_path(
    path: WholePath, size: PathPlan, now: datetime, found: Figures, say: Callable[[str], None]
) -> None:
    """Warm the path up, then measure the rate of bursts, the wait of an event, and memory, in this order.

    Figures are added to `found` as they come, so that a failure leaves those before it.
    """
    began = now - RECENT
    say("whole path: warm-up")
    await path.until_arrived(await path.publish(raw_events("warm", 0, WARM_UP, began)))
    await path.until_folded("warm", WARM_UP)
    say(f"whole path: bursts of {size.events:,} events")
    found.update(await _rate(path, size, began))
    say(f"whole path: the wait of an event at {LATENCY_RATE} events/s")
    found.update(await _latency(path, size.latency_s, began))
    say(f"whole path: memory at {STEADY_RATE:,} events/s")
    found.update(await _memory(path, size.steady_s, began))


async def _rate(path: WholePath, size: PathPlan, began: datetime) -> Figures:
    """Publish bursts for one population and time each from the first event sent until everything is a row.

    Everything: the events, and the steps and hand-offs that follow from them.
    """
    rates, before = [], path.cpu_seconds()
    for turn in range(size.rounds):
        burst = list(raw_events("burst", turn * size.events, size.events, began))
        start = time.perf_counter()
        await path.until_arrived(await path.publish(burst))
        await path.until_folded("burst", (turn + 1) * size.events)
        rates.append(size.events / (time.perf_counter() - start))
        await path.check_rows("burst", (turn + 1) * size.events)
    after, sent = path.cpu_seconds(), size.events * size.rounds
    of = spread(rates)
    return {
        "whole_path_per_s": round(of.median),
        "whole_path_per_s_min": round(of.low),
        "whole_path_per_s_max": round(of.high),
        "whole_path_events": size.events,
        "whole_path_runs": of.runs,
        **{
            f"{name}_cpu_us_per_event": round((after[name] - before[name]) / sent * 1e6, 1) for name in before
        },
    }


async def _latency(path: WholePath, seconds: float, began: datetime) -> Figures:
    """Publish at an even pace; an event's wait ends when a look at the table, every 10 ms, finds its row."""
    waiting: dict[str, tuple[RawEvent, float]] = {}
    waits: list[float] = []
    count = round(LATENCY_RATE * seconds)
    publishing = asyncio.create_task(_publish_evenly(path, count, began, waiting))
    deadline = time.monotonic() + 2 * seconds + 30
    while len(waits) < count and time.monotonic() < deadline:
        arrived = await path.arrived([event for event, _ in waiting.values()])
        seen = time.perf_counter()
        waits.extend(seen - waiting.pop(event_id)[1] for event_id in arrived)
        await asyncio.sleep(_LOOK_S)
    await publishing
    lost = len(waiting)
    if lost:
        raise RuntimeError(f"{lost} of {count} events had no row 30 s after the last was published")
    named = {"p50": 0.5, "p99": 0.99, "max": 1.0}
    return {
        f"publish_to_row_{name}_ms": round(percentile(waits, share) * 1000, 1)
        for name, share in named.items()
    }


async def _publish_evenly(
    path: WholePath, count: int, began: datetime, waiting: dict[str, tuple[RawEvent, float]]
) -> None:
    start = time.perf_counter()
    for number in range(count):
        await asyncio.sleep(max(0.0, start + number / LATENCY_RATE - time.perf_counter()))
        event = raw_event("even", number, began, EVEN_CASES)
        waiting[event.id] = (event, time.perf_counter())
        await path.send(event)


async def _memory(path: WholePath, seconds: float, began: datetime) -> Figures:
    """Publish steadily for a fixed population and look at every process's resident memory meanwhile."""
    count = round(STEADY_RATE * _BATCH_S)
    start = time.monotonic()
    sent, last = 0, list[RawEvent]()
    async with sampled(path.processes) as samples:
        while time.monotonic() - start < seconds:
            last = await path.publish(raw_events("steady", sent, count, began, CASES))
            sent += count
            await asyncio.sleep(max(0.0, start + sent / STEADY_RATE - time.monotonic()))
        await path.until_arrived(last)
    await path.check_rows("steady", sent)
    found: Figures = {"memory_events": sent, "memory_seconds": round(seconds)}
    for name, taken in samples.items():
        if taken:
            found[f"{name}_rss_mb"] = round(max(megabytes for _, megabytes in taken), 1)
            found[f"{name}_rss_slope_mb_per_min"] = round(slope_per_minute(taken), 2)
    return found
