"""Many hand-offs overdue at once: one message per receiver, an alert each, and how soon."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from bench.delays.figure import Figure
from bench.delays.recalls import case, cases_of
from bench.delays.rig import Rig
from infra.clock import now_us

REQUIRED_S = 10.0
_US = 1_000_000
_ALL_WITHIN_S = 60.0
_MORE_S = 4.0
"""How long to listen for a further message when all alerts have been told."""
_COUNT = "SELECT count(*) FROM alert WHERE case_ref LIKE $1"


@dataclass(frozen=True)
class Storm:
    """So many hand-offs, overdue at one instant or evenly within `within_s` seconds of it."""

    load: str
    count: int
    within_s: float = 0.0
    lead_s: float = 20.0
    required: bool = True


async def measure_storm(rig: Rig, storm: Storm, say: Callable[[str], None]) -> list[Figure]:
    """Let them all become overdue, and time rows and messages from the first deadline."""
    say(f"{storm.load}: opening {storm.count:,} hand-offs")
    first = now_us() + round(storm.lead_s * _US)
    step = storm.within_s * _US / storm.count
    await rig.open_recalls({case(storm.load, n): first + round(n * step) for n in range(storm.count)})
    await rig.until_instant(first)
    say(f"{storm.load}: {storm.count:,} hand-offs are overdue")
    before = rig.cpu_seconds()
    raised_s = await _until_raised(rig, storm, first)
    await rig.until_told(storm.load, storm.count, _ALL_WITHIN_S)
    after = rig.cpu_seconds()
    await asyncio.sleep(_MORE_S)
    return [*_found(rig, storm, first, raised_s), *_cost(storm, before, after)]


async def _until_raised(rig: Rig, storm: Storm, first_us: int) -> float:
    async def raised() -> bool:
        return int(await rig.database.fetchval(_COUNT, cases_of(storm.load))) >= storm.count

    await rig.until(raised, _ALL_WITHIN_S, f"{storm.load}: an alert for each hand-off")
    return (now_us() - first_us) / _US


def _found(rig: Rig, storm: Storm, first_us: int, raised_s: float) -> list[Figure]:
    requests, load = rig.receiver.about(storm.load), storm.load
    told = rig.receiver.first_told(load)
    last_us = max((one.at_us for one in requests), default=0)
    messages = Counter(one.receiver for one in requests)
    within, none, one = (REQUIRED_S, 0, 1) if storm.required else (None, None, None)
    return [
        Figure(f"{load}_hand_offs", storm.count),
        Figure(f"{load}_not_told", storm.count - len(told), exactly=none),
        Figure(f"{load}_repeats", rig.receiver.repeats(load), exactly=none),
        Figure(f"{load}_most_messages_to_one_receiver", max(messages.values(), default=0), exactly=one),
        Figure(f"{load}_all_rows_s", round(raised_s, 2), "s", below=within),
        Figure(f"{load}_message_s", round((last_us - first_us) / _US, 2), "s", below=within),
        Figure(f"{load}_message_kb", round(max((one.size for one in requests), default=0) / 1e3), "kB"),
    ]


def _cost(storm: Storm, before: dict[str, float], after: dict[str, float]) -> list[Figure]:
    """Return the CPU time of each process per hand-off, from the first deadline to the last message."""
    return [
        Figure(
            f"{storm.load}_{name}_cpu_ms_per_alert",
            round((after[name] - before[name]) / storm.count * 1e3, 2),
            "ms",
        )
        for name in before
        if name in after
    ]
