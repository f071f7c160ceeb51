"""A past day judged again, as known when it ended; nothing is stored."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

import asyncpg

from analysis.judging.evaluation import Evaluated, evaluate
from consumers.signals.days import days_to_judge, end_us, readings
from consumers.signals.judging import stamp_of
from models.profile import Profile
from projections.flow_items.beginning import first_case_day
from projections.flow_items.queries import load
from projections.flow_items.reach import reach_over
from projections.silo_signals.rebases import decisions
from projections.silo_signals.remembered import memory
from projections.silo_signals.store import Stamp


class AsOf(NamedTuple):
    """A day as it was judged, and what it was judged with."""

    evaluated: Evaluated
    stamp: Stamp


async def evaluated_as_of(
    connection: asyncpg.Connection,
    profile: Profile,
    day: int,
    told: Callable[[int, int], None] = lambda *_: None,
) -> AsOf | None:
    """Return the evaluation of a day as known at its end; None: nothing at all was known by then.

    It goes on from what was remembered of the day before, where that is stored, else from the last stored day
    before it, else from the first day that can be judged: the days between are evaluated too. Only what was
    published by the end of a day counts on it; how a hand-off is judged is what judging says of it now.

    Args:
        connection: of the database, in no transaction.
        profile: that the database was filled with.
        day: as days since 1970; it is over.
        told: hears how many days are done, and of how many.
    """
    before = await memory(connection, day - 1)
    first = None if before.day is not None else await first_case_day(connection, profile)
    days = days_to_judge(before.day, first, day, profile.head.signals.baseline_weeks)
    if not days:
        return None
    decided = await decisions(connection)
    for part in readings(days):
        reach = reach_over(before, profile, part, end_us(part[0], profile.tz), decided)
        loaded = await load(connection, profile, reach)
        for one in part:
            told(one - days[0], len(days))
            evaluated = await asyncio.to_thread(evaluate, loaded.world, end_us(one, profile.tz), before)
            before, left_out = evaluated.memory, loaded.left_out
        del loaded  # before the next part is read
    return AsOf(evaluated, stamp_of(profile, day, left_out))
