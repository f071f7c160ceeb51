"""One flow of the database as known at the end of a day, with its usual pace."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from analysis.answers import Answer
from analysis.arrays import DAY_US
from analysis.asking import clocks, view_of
from analysis.engine.locking import locked_baseline
from analysis.findings import About
from analysis.items import Flow, FlowKey, Known
from analysis.locking import next_monday, publisher_clock
from analysis.memory import Baselines
from analysis.view import View
from analysis.world import World
from analysis.xmr import WEEK
from caseflow.charting.places import Place, Selection
from caseflow.errors import CommandError
from caseflow.reading.database import opened
from caseflow.reading.known_until import known_until_us
from caseflow.reading.safe_text import safe
from caseflow.wiring import database_of, profile_of
from infra.postgres import connect
from infra.settings import Settings
from models.instants import local_day, to_us
from models.profile import Profile
from projections.flow_items.queries import load
from projections.flow_items.reach import Reach
from projections.silo_signals.baselines import in_force

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class FlowSeen:
    """A flow as known: its view, and what people call it and the day."""

    view: View
    about: str

    @property
    def flow(self) -> Flow:
        """The flow itself."""
        return self.view.flow


async def seen(place: Place, selection: Selection) -> FlowSeen:
    """Return the flow that a command asks for.

    Raises:
        CommandError: there is no such flow or day, or nothing was known of the flow then.
    """
    profile = profile_of(place.settings)
    async with database_of(place.settings) as settings, opened(settings, profile.name) as reader:
        async with reader.connect() as connection:
            until_us = await known_until_us(connection, profile)
        now_us, day = _as_of(selection.as_of, profile, until_us)
        world, usual = await read_world(settings, profile)
    return seen_of(world, usual, _chosen(world.flows, selection), now_us, day)


async def read_world(settings: Settings, profile: Profile) -> tuple[World, Baselines]:
    """Return all flows and feeds of the database, without steps, and the baselines in force."""
    connection = await connect(settings.database_url, "chart")
    try:
        loaded = await load(connection, profile, Reach(steps_us=None))
        return loaded.world, await in_force(connection)
    finally:
        await connection.close()


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
    feeds = {code: feed for code, feed in world.feeds.items() if code in key.pair}
    one = replace(world, flows={key: flow}, feeds=feeds)
    at = clocks(one, now_us)
    known = publisher_clock(flow, at) or Known(now_us, day)
    if not flow.waiting(known).start.size:
        raise CommandError(f"nothing of {key.rule} from {key.sender} to {key.receiver} was known by then")
    pace = usual if key in usual.waits else _with_pace(usual, world, flow, known)
    about = f"{key.rule}, {world.names.subject(About(key))}"
    return FlowSeen(view_of(flow, known, pace, feed_silent=False), f"{about}; known by {_shown(known.day)}")


def _with_pace(usual: Baselines, world: World, flow: Flow, known: Known) -> Baselines:
    """Return the baselines with this flow's, from the window that the signals would lock; or as they are."""
    told = flow.items.started[flow.items.started_known <= known.now_us]
    first = world.baseline_first_day
    if first is None:
        first = next_monday(int(told.min() // DAY_US))
    last = first + world.baseline_weeks * WEEK - 1
    if last >= known.day:
        return usual
    found = locked_baseline(flow.waiting(known), first, last)
    return usual if isinstance(found, Answer) else replace(usual, waits={**usual.waits, flow.key: found})


def _chosen(found: Mapping[FlowKey, Flow], selection: Selection) -> FlowKey:
    mine = [
        key
        for key in found
        if key.rule == selection.rule
        and selection.sender in {None, key.sender}
        and selection.receiver in {None, key.receiver}
    ]
    if mine:
        return max(mine, key=lambda key: (len(found[key].items), key))
    known = sorted({key.rule for key in found})
    pairs = [f"{key.sender} to {key.receiver}" for key in sorted(found) if key.rule == selection.rule]
    hint = f"it goes from {', '.join(pairs)}" if pairs else f"there are {', '.join(known) or 'none'}"
    raise CommandError(f"no such hand-off {safe(selection.rule)} is known: {hint}")


def _as_of(text: str | None, profile: Profile, until_us: int) -> tuple[int, int]:
    """Return the instant up to which everything was known, UTC microseconds, and its unfinished local day."""
    if text is None:
        return until_us, local_day(until_us, profile.tz)
    try:
        after = date.fromisoformat(text) + timedelta(days=1)
    except ValueError as error:
        raise CommandError(f"{safe(text)} is no day: write --as-of 2026-06-30") from error
    midnight = datetime.combine(after, time(), profile.tz)
    return to_us(midnight), (after - _EPOCH).days


def _shown(day: int) -> str:
    last = _EPOCH + timedelta(days=day - 1)
    return f"{last.day} {last:%B %Y}"
