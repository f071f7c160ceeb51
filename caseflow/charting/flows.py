"""One flow of the database as known at the end of a day, with its usual pace."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from analysis.findings import About
from analysis.items import Flow, FlowKey, Known
from analysis.judging.asking import clocks, view_of
from analysis.judging.locking import publisher_clock, usual_waits, with_window
from analysis.judging.memory import Baselines, ChartKey
from analysis.judging.rebasing import Decision, decided_on
from analysis.judging.world import World
from analysis.series.xmr_rules import Limits
from analysis.view import View
from caseflow.charting.places import Place, Selection
from caseflow.errors import CommandError
from caseflow.flow_choice import FlowChoice
from caseflow.reading.database import opened
from caseflow.reading.known_until import known_until_us
from caseflow.wiring import database_of, profile_of
from infra.postgres import connect
from infra.settings import Settings
from models.instants import date_of, local_day, midnight_us, number_of
from models.profile import Profile
from projections.flow_items.queries import load
from projections.flow_items.reach import WITHOUT_STEPS, Reach, reach_of
from projections.silo_signals.baselines import in_force


@dataclass(frozen=True, slots=True)
class FlowSeen:
    """A flow as known: its view, and what people call it and the day.

    `decisions` are people's rebases of anything known by then, `limits` those of charts that are locked.
    """

    view: View
    about: str
    decisions: tuple[Decision, ...] = ()
    limits: Mapping[ChartKey, Limits] = field(default_factory=dict)

    @property
    def flow(self) -> Flow:
        """The flow itself."""
        return self.view.flow


async def seen(place: Place, selection: Selection) -> FlowSeen:
    """Return the flow that a command asks for.

    Raises:
        CommandError: there is no such flow, or nothing was known of it then.
    """
    profile = profile_of(place.settings)
    async with database_of(place.settings) as settings, opened(settings, profile.name) as reader:
        async with reader.connect() as connection:
            until_us = await known_until_us(connection, profile)
        now_us, day = as_of(selection.as_of, profile, until_us)
        asked = None if selection.as_of is None else day - 1
        world, usual = await read_world(settings, profile, asked, reach_of(selection.choice.rule, now_us))
    return seen_of(world, usual, _busiest(world.flows, selection.choice), now_us, day)


async def read_world(
    settings: Settings, profile: Profile, day: int | None = None, reach: Reach = WITHOUT_STEPS
) -> tuple[World, Baselines]:
    """Return flows and feeds of the database, and the baselines in force.

    Args:
        settings: knows the database.
        profile: that it was filled with.
        day: baselines, locked limits and decisions as they held at the end of this local day; None: as they do now.
        reach: what is read; by default all flows and feeds, no steps.
    """
    connection = await connect(settings.database_url, "chart")
    try:
        world = (await load(connection, profile, reach)).world
        usual = await in_force(connection, day)
    finally:
        await connection.close()
    known = (one for one in world.decisions if day is None or one.counts_from <= day)
    return replace(world, decisions=tuple(known)), usual


def seen_of(world: World, usual: Baselines, key: FlowKey, now_us: int, day: int) -> FlowSeen:
    """Return one flow as known at an instant.

    Args:
        world: all flows and feeds.
        usual: the baselines in force; what none is locked for yet is locked here as the signals would.
        key: the flow.
        now_us: the instant, UTC microseconds.
        day: its local day, unfinished: it counts where nobody's feed says how late it usually is.

    Raises:
        CommandError: nothing was known of the flow then.
    """
    flow = world.flows[key]
    speaking = {*key.pair, *(code for name in key.pair for code in world.speakers.get(name, ()))}
    feeds = {code: feed for code, feed in world.feeds.items() if code in speaking}
    one = replace(world, flows={key: flow}, feeds=feeds)
    at = clocks(one, now_us)
    known = publisher_clock(flow, at) or Known(now_us, day)
    if not flow.waiting(known).start.size:
        raise CommandError(f"nothing of {key.rule} from {key.sender} to {key.receiver} was known by then")
    decided = decided_on(world.decisions, day)
    windowed = with_window(world, decided, About(key))
    pace = usual if key in usual.waits else _with_pace(usual, windowed, flow, known)
    about = f"{key.rule}, {world.names.subject(About(key))}; known by {_shown(known.day)}"
    view = view_of(world, flow, known, pace, decided, feed_silent=False)
    return FlowSeen(view, about, world.decisions, usual.limits)


def _with_pace(usual: Baselines, world: World, flow: Flow, known: Known) -> Baselines:
    """Return the baselines with this flow's, from the window that the signals would lock; or as they are."""
    found = usual_waits(world, flow, known)
    return usual if found is None else replace(usual, waits={**usual.waits, flow.key: found})


def _busiest(found: Mapping[FlowKey, Flow], choice: FlowChoice) -> FlowKey:
    mine = choice.among(found)
    if not mine:
        raise choice.not_among(found)
    return max(mine, key=lambda key: (len(found[key].items), key))


def as_of(asked: date | None, profile: Profile, until_us: int) -> tuple[int, int]:
    """Return the instant up to which everything was known, UTC microseconds, and its unfinished local day.

    Args:
        asked: a local day: what was known at its end; None: what is known at `until_us`.
        profile: knows the time zone.
        until_us: UTC microseconds.
    """
    if asked is None:
        return until_us, local_day(until_us, profile.tz)
    after = asked + timedelta(days=1)
    return midnight_us(after, profile.tz), number_of(after)


def _shown(day: int) -> str:
    last = date_of(day - 1)
    return f"{last.day} {last:%B %Y}"
