"""Everything that an evaluation of the silo signals looks at, read from the database at one instant."""

from dataclasses import dataclass
from typing import Final

import asyncpg

from analysis.arrays import DAY_US
from analysis.judging.world import World
from models.instants import midnight_us, number_of
from models.profile import Profile
from projections.flow_items.assembling import LeftOut
from projections.flow_items.beginning import first_case_day
from projections.flow_items.calendars import calendars_of, local_time
from projections.flow_items.feeds import feeds, first_published_us
from projections.flow_items.flow_names import speakers_of
from projections.flow_items.hand_offs import ALL, EVER, flows
from projections.flow_items.reach import EVERYTHING, Reach
from projections.flow_items.steps import spans, steps
from projections.silo_signals.naming import names_of
from projections.silo_signals.rebases import decisions

SPARE_WEEKS: Final = 2
"""Until the first Monday, and from one time zone to another."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A world to evaluate, and the hand-offs that were left out of it."""

    world: World
    left_out: LeftOut


async def load(connection: asyncpg.Connection, profile: Profile, reach: Reach = EVERYTHING) -> Loaded:
    """Return what an evaluation looks at; later facts are in it too, and do not count on an earlier day.

    Reads at one instant, blocks nobody, and holds everything as arrays: for a million cases within 2 GB, as
    `make bench-signals` measures.

    Args:
        connection: of the database, in no transaction.
        profile: the partnership.
        reach: how far back; for an evaluation as of a past day EVERYTHING.
    """
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        found, left_out = await flows(connection, profile, reach.items_us, reach.only)
        usual_us = await _usual_until_us(connection, profile) if reach.learning else EVER
        told = await feeds(connection, profile, reach.feeds_us, reach.whole_feeds, usual_us, reach.until_us)
        cases = await spans(connection, profile, reach.items_us) if reach.only == ALL else None
        between = None
        if reach.steps_us is not None:
            between = await steps(connection, profile, reach.steps_us, usual_us, reach.until_us)
        decided = await decisions(connection)
    codes = {code for key in found for code in key.pair} | set(told)
    settings = profile.head.signals
    first = settings.baseline_from
    world = World(
        flows=found,
        feeds=told,
        calendars=calendars_of(profile, codes),
        local=local_time(profile.tz),
        steps=between,
        cases=cases,
        doubtful=left_out.doubtful,
        speakers=speakers_of(profile),
        names=names_of(profile),
        baseline_weeks=settings.baseline_weeks,
        baseline_first_day=None if first is None else number_of(first),
        decisions=decided,
    )
    return Loaded(world, left_out)


async def _usual_until_us(connection: asyncpg.Connection, profile: Profile) -> int:
    """Return the end of the weeks that say what is usual, and some days to spare; UTC microseconds.

    Of agencies that began to publish later, the following weeks read whole feeds.
    """
    settings = profile.head.signals
    if settings.baseline_from is not None:
        first_us: int | None = midnight_us(settings.baseline_from, profile.tz)
    else:
        began, first_us = await first_case_day(connection, profile), await first_published_us(connection)
        if began is not None:  # a time of publication may be misdated too
            first_us = max(first_us or EVER, local_time(profile.tz).midnight(began))
    return EVER if first_us is None else first_us + (settings.baseline_weeks + SPARE_WEEKS) * 7 * DAY_US
