"""One evaluation in a process of its own: loads, evaluates, keeps, and prints what that took as JSON."""

import asyncio
import resource
import sys
import time
from pathlib import Path

import orjson

from analysis.judging.evaluation import evaluate
from analysis.judging.wording import Names
from infra.postgres import connect
from infra.profile_files import read_profile_files
from models.instants import from_us
from models.profile import parse_profile
from projections.flow_items.calendars import local_time
from projections.flow_items.queries import load
from projections.flow_items.reach import reach_over
from projections.silo_signals.remembered import memory
from projections.silo_signals.store import Stamp, keep_day
from projections.weekly.refresh import refresh

NOBODY = Names()


async def judge(url: str, day: int) -> dict[str, float]:
    """Judge the local day that follows the last judged one, or the first, as the signals process does."""
    profile = parse_profile(read_profile_files("cleveland-and-durham"))
    connection = await connect(url, "bench")
    now_us = local_time(profile.tz).midnight(day + 1)
    began = time.monotonic()
    try:
        async with connection.transaction():
            weeks = await refresh(connection, profile)
        refreshed = time.monotonic()
        before = await memory(connection)
        loaded = await load(connection, profile, reach_over(before, profile, range(day, day + 1), now_us))
        read = time.monotonic()
        evaluated = evaluate(loaded.world, now_us, before)
        judged = time.monotonic()
        async with connection.transaction():
            await keep_day(connection, evaluated, Stamp(now_us, profile.judging_hash))
        kept = time.monotonic()
    finally:
        await connection.close()
    flows = loaded.world.flows.values()
    return {
        "day": float(day),
        "weekday": float(from_us(now_us - 1).isoweekday()),
        "weeks": len(weeks),
        "weeks_s": refreshed - began,
        "load_s": read - refreshed,
        "evaluate_s": judged - read,
        "keep_s": kept - judged,
        "all_s": kept - refreshed,
        "with_weeks_s": kept - began,
        "rss_mb": greatest_memory_mb(),
        "flows": len(loaded.world.flows),
        "items": sum(len(flow.items) for flow in flows),
        "feed_events": sum(len(feed) for feed in loaded.world.feeds.values()),
        "steps": 0 if loaded.world.steps is None else len(loaded.world.steps),
        "baselines": len(evaluated.memory.baselines.waits),
        "findings": len(evaluated.findings),
        "signals": len(evaluated.signals),
    }


def greatest_memory_mb() -> float:
    """Return the greatest resident memory of this process; without a /proc its parent's may be in it."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    told = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return float(next(told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)) / 1024


if __name__ == "__main__":
    sys.stdout.buffer.write(orjson.dumps(asyncio.run(judge(sys.argv[1], int(sys.argv[2])))))
