"""From a deadline to the webhook: how long, and on which stage."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

import asyncpg

from bench.delays.figure import Figure, spread
from bench.delays.recalls import case, cases_of
from bench.delays.rig import Rig
from bench.delays.ticks import Clock, read_clock
from infra.clock import now_us
from models.instants import to_us

LIFTED = "[alerts]\nat_most_per_minute = 6000\n"
"""Messages per receiver and minute are limited on purpose; here it is the wait without that limit."""
REQUIRED_S = 3.0
_SEED = 4
_LEAD_S = 20.0
_US = 1_000_000
_LATEST_S = 30.0
_STAGES = """
SELECT a.case_ref, a.raised_at, o.routed_at, d.created_at AS formed_at
FROM alert a JOIN alert_outbox o ON o.alert = a.id AND o.what = 'raised'
    JOIN alert_delivery_item i ON i.outbox = o.id JOIN alert_delivery d ON d.id = i.delivery
WHERE a.case_ref LIKE $1
"""


async def measure_deadlines(
    rig: Rig, load: str, count: int, over_s: float, say: Callable[[str], None], *, required: bool = True
) -> list[Figure]:
    """Let hand-offs become overdue at random instants, and time each from there to the receiver.

    Args:
        rig: running; its [alerts] decide whether messages are limited.
        load: what the cases and the figures are called.
        count: of hand-offs.
        over_s: the seconds over which the deadlines are spread.
        say: told what happens.
        required: whether the greatest wait has to be within three seconds.
    """
    say(f"{load}: opening {count} hand-offs")
    chance, first = Random(_SEED), now_us() + round(_LEAD_S * _US)  # noqa: S311 - a load, not a secret
    meant = {case(load, n): first + round(chance.random() * over_s * _US) for n in range(count)}
    await rig.open_recalls(meant)
    await rig.until_instant(first)
    say(f"{load}: {count} deadlines within {over_s:.0f} s")
    before = rig.cpu_seconds()
    left_s = (max(meant.values()) - now_us()) / _US
    await rig.until_told(load, count, left_s + (_LATEST_S if required else 3 * over_s))
    after, lasted_s = rig.cpu_seconds(), (now_us() - first) / _US
    told = rig.receiver.first_told(load)
    waits = [told[ref] - deadline for ref, deadline in meant.items() if ref in told]
    zero = 0 if required else None
    return [
        Figure(f"{load}_alerts", count),
        Figure(f"{load}_not_told", count - len(waits), exactly=0),
        Figure(f"{load}_told_before_deadline", sum(wait < 0 for wait in waits), exactly=0),
        Figure(f"{load}_other_deadline", await _moved(rig, load, meant), exactly=0),
        Figure(f"{load}_repeats", rig.receiver.repeats(load), exactly=zero),
        Figure(f"{load}_messages", len(rig.receiver.about(load))),
        *spread(load, waits, at_most=REQUIRED_S if required else None),
        *_by_stage(load, meant, told, await _stages(rig, load), await read_clock(rig.settings)),
        *[
            Figure(f"{load}_{name}_cores", round((after[name] - before[name]) / lasted_s, 3))
            for name in before
            if name in after
        ],
    ]


async def _moved(rig: Rig, load: str, meant: dict[str, int]) -> int:
    """Return how many alerts have another deadline than was meant: the load itself would be wrong."""
    return sum(row["overdue_us"] != meant[row["case_ref"]] for row in await rig.alerts(load))


async def _stages(rig: Rig, load: str) -> dict[str, asyncpg.Record]:
    return {row["case_ref"]: row for row in await rig.database.fetch(_STAGES, cases_of(load))}


def _by_stage(
    load: str,
    meant: dict[str, int],
    told: dict[str, int],
    rows: dict[str, asyncpg.Record],
    clock: Clock,
) -> list[Figure]:
    """Return the share of each stage in the waits of those that were told."""
    stages: dict[str, list[int]] = {"tick": [], "raise": [], "route": [], "form": [], "send": []}
    for ref, deadline in meant.items():
        tick = clock.tick_after(ref, deadline)
        if ref in told and ref in rows and tick is not None:
            row = rows[ref]
            kept = [to_us(row[name]) for name in ("raised_at", "routed_at", "formed_at")]
            instants = [deadline, tick, *kept, told[ref]]
            for stage, (begin, end) in zip(stages, pairwise(instants), strict=True):
                stages[stage].append(end - begin)
    return [
        figure
        for stage, waits in stages.items()
        for figure in spread(f"{load}_{stage}", waits)
        if "_p50_" in figure.name or "_max_" in figure.name
    ]
