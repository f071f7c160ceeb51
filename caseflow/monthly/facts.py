"""Everything that a monthly report is made of, read from the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from analysis.judging.asking import clocks
from analysis.judging.memory import Baselines
from analysis.judging.world import World
from caseflow.charting.flows import read_world
from caseflow.monthly.flow_month import FlowMonth, flow_month
from caseflow.monthly.month import Month
from caseflow.reading.database import opened
from caseflow.timeliness.official import Known, Official, official
from caseflow.timeliness.told_until import told_until
from infra.settings import Settings
from models.instants import local_date
from models.profile import Profile
from projections.feeds.queries import FeedRow, feeds
from projections.silo_signals.queries import SignalRow, Wanted, last_judged, signals
from projections.whose_time.queries import Share, shares


@dataclass(frozen=True, slots=True)
class Facts:
    """A month of a partnership.

    Attributes:
        signals: all that were ever open, gravest first, as they stand now.
        judged: whether the signals process has judged any day.
        flows: those between organisations with anything in the month, most excess days first.
        before: the same flows in the month before, by the same order.
        times: whose the time of the month was.
        official: the official timeliness table of the quarters that were over by its end.
    """

    profile: Profile
    month: Month
    world: World
    usual: Baselines
    signals: Sequence[SignalRow]
    judged: bool
    flows: Sequence[FlowMonth]
    before: Sequence[FlowMonth]
    times: Sequence[Share]
    times_before: Sequence[Share]
    feeds: Sequence[FeedRow]
    official: Official

    def name(self, code: str) -> str:
        """Return the name of an organisation."""
        return self.world.names.agency(code) if code else "nobody known"


async def gathered(settings: Settings, profile: Profile, month: Month) -> Facts:
    """Read the facts of a month.

    Raises:
        CommandError: the database has no tables, or was filled under another profile.
    """
    earlier = month_before(month)
    async with opened(settings, profile.name) as reader, reader.connect() as connection:
        found = await signals(connection, Wanted(states=()))
        judged = await last_judged(connection)
        heard = await feeds(connection)
        times = [await shares(connection, one.period) for one in (month, earlier)]
    world, usual = await read_world(settings, profile)
    told = told_until(world.feeds, profile, month.now_us)
    async with opened(settings, profile.name) as reader, reader.connect() as connection:
        known = Known(local_date(month.now_us, month.zone))
        table = await official(connection, profile, min(month.days[1], month.today), known, told)
    at = clocks(world, month.now_us)
    between = [flow for key, flow in world.flows.items() if key.sender != key.receiver]
    now, then = ([flow_month(flow, at, one) for flow in between] for one in (month, earlier))
    pairs = sorted(
        (pair for pair in zip(now, then, strict=True) if _has_something(pair[0])),
        key=lambda pair: (-pair[0].excess_days, -pair[0].completed.stopped, pair[0].key),
    )
    return Facts(
        profile=profile,
        month=month,
        world=world,
        usual=usual,
        signals=[row for row in found if row.opened is not None],
        judged=judged is not None,
        flows=[one for one, _ in pairs],
        before=[one for _, one in pairs],
        times=times[0],
        times_before=times[1],
        feeds=heard,
        official=table,
    )


def month_before(month: Month) -> Month:
    """Return the month before a month, as known at the same instant."""
    first = (month.first - timedelta(days=1)).replace(day=1)
    return Month(first, month.first, month.now_us, month.zone)


def _has_something(one: FlowMonth) -> bool:
    return bool(one.completed.stopped or one.started.started or one.open.n_open)
