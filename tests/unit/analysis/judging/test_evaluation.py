"""Days evaluated one after the other: what opens, what follows from what, and what late data take back."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import orjson
import pytest

from analysis.arrays import DAY_US, NEVER
from analysis.feeds import Feed
from analysis.findings import Kind
from analysis.items import Flow, FlowKey
from analysis.judging.evaluation import Evaluated, evaluate
from analysis.judging.memory import Memory, tracked_content, tracked_of_content
from analysis.judging.signals import Signal, State
from analysis.judging.wording import Names
from analysis.judging.world import World
from tests.support import silo_flows as made

SLOW, CALM = FlowKey("H04", "police", "cps"), FlowKey("H07", "cps", "court")
EFFECT = made.YEAR + 60
SLOTS = made.YEAR + 160
NAMES = Names({"police": "Police", "cps": "CPS"}, {"H04": "Charging file"})


@cache
def feeds() -> dict[str, Feed]:
    agencies = ("police", "cps", "court")
    return {
        agency: replace(made.feed(*made.messages(n, 8, SLOTS)), agency=agency)
        for n, agency in enumerate(agencies)
    }


def world(bend: Callable[[made.Drawn], None] = lambda _: None) -> World:
    slow, calm = made.drawn(1, 6, SLOTS), made.drawn(2, 6, SLOTS)
    bend(slow)
    flows = {SLOW: made.flow(slow, SLOW), CALM: made.flow(calm, CALM)}
    calendars = dict.fromkeys(feeds(), made.CALENDAR)
    return World(flows, feeds(), calendars, made.LOCAL, names=NAMES)


def twice_as_long(items: made.Drawn) -> None:
    late = items.began >= EFFECT
    items.ended[late] += items.ended[late] - items.began[late]


def stopped(items: made.Drawn) -> None:
    items.ended[items.ended >= EFFECT] = np.inf


def days(
    seen: World, last_slot: int, memory: Memory | None = None, first_slot: int = EFFECT - 10
) -> list[Evaluated]:
    found, before = [], memory or Memory()
    for day in range(made.day(first_slot), made.day(last_slot)):
        found.append(evaluate(seen, (day + 1) * DAY_US, before))
        before = found[-1].memory
    return found


def opened(found: list[Evaluated]) -> set[tuple[Kind, FlowKey | None]]:
    return {(one.kind, one.about.flow) for day in found for one in day.signals if one.state is State.OPEN}


def first(found: list[Evaluated], kind: Kind) -> Signal:
    return next(one for day in found for one in day.signals if one.kind is kind and one.state is State.OPEN)


def test_a_slow_pair_opens_after_two_mondays_and_no_other_pair_does() -> None:
    found = days(world(twice_as_long), EFFECT + 45)
    assert (Kind.SLOW_PAIR, SLOW) in opened(found)
    assert {flow for _, flow in opened(found)} == {SLOW}
    candidate = [day.day for day in found for one in day.signals if one.kind is Kind.SLOW_PAIR]
    signal = first(found, Kind.SLOW_PAIR)
    assert signal.since == candidate[0]
    assert signal.opened == signal.since + 7


def test_its_sentence_has_names_figures_and_what_would_end_it() -> None:
    signal = first(days(world(twice_as_long), EFFECT + 45), Kind.SLOW_PAIR)
    assert signal.sentence.startswith("Police to CPS, charging file: in the 20 open days to ")
    assert f"{signal.observed} were completed where the usual pace gives" in signal.sentence
    assert "more completed in the same window" in signal.goes_away_if
    assert len(signal.cases) == 10
    assert signal.excess_days is not None


def test_a_stop_opens_within_days_and_silences_the_slow_pair() -> None:
    found = days(world(stopped), EFFECT + 25)
    assert first(found, Kind.STOP).since <= made.day(EFFECT + 8)
    assert (Kind.SLOW_PAIR, SLOW) not in opened(found)


def test_a_stop_through_which_something_flows_again_goes_on_as_a_slow_pair() -> None:
    def held_up(items: made.Drawn) -> None:
        held = np.flatnonzero((items.ended >= EFFECT) & (items.ended < EFFECT + 15))
        items.ended[held] = EFFECT + 15 + np.arange(held.size) % 90

    found = days(world(held_up), EFFECT + 60)
    ended = [one for day in found for one in day.signals if one.kind is Kind.STOP and one.ended == day.day]
    assert {one.state for one in ended} <= {State.SUPERSEDED, State.CLOSED}
    assert State.SUPERSEDED in {one.state for one in ended}
    assert (Kind.SLOW_PAIR, SLOW) in opened(found)


def test_what_late_data_explain_is_withdrawn() -> None:
    seen = world()
    told_late, told_at = made.day(EFFECT) * DAY_US, made.day(EFFECT + 12) * DAY_US
    flow = seen.flows[SLOW]
    hidden = (flow.items.ended >= told_late) & (flow.items.ended < told_at)
    items = replace(flow.items, ended_known=np.where(hidden, told_at, flow.items.ended_known))
    late = replace(seen, flows={**seen.flows, SLOW: Flow.of(SLOW, items, made.CALENDAR)})
    found = days(late, EFFECT + 15)
    assert (Kind.STOP, SLOW) in opened(found)
    withdrawn = [one for day in found for one in day.signals if one.state is State.WITHDRAWN]
    assert [(one.kind, one.ended) for one in withdrawn if one.kind is Kind.STOP] == [
        (Kind.STOP, made.day(EFFECT + 12) - 1)
    ]


def test_a_silent_feed_withholds_what_only_it_could_tell() -> None:
    seen = world()
    quiet_from = made.day(EFFECT) * DAY_US
    cps = seen.feeds["cps"]
    heard = cps.published < quiet_from
    columns = (cps.occurred, cps.published, cps.lag_us, cps.by_day, cps.type)
    silent = replace(seen, feeds={**seen.feeds, "cps": Feed("cps", *(column[heard] for column in columns))})
    flow = seen.flows[SLOW]
    unheard = flow.items.ended_known >= quiet_from
    items = replace(flow.items, ended=np.where(unheard, NEVER, flow.items.ended))
    found = days(
        replace(silent, flows={**seen.flows, SLOW: Flow.of(SLOW, items, made.CALENDAR)}), EFFECT + 15
    )
    assert opened(found) == {(Kind.FEED_SILENCE, None)}
    stops = [one for one in found[-1].findings if one.kind is Kind.STOP and one.about.flow == SLOW]
    assert all(one.status == "withheld" for one in stops)


def test_what_is_remembered_survives_its_writing_down() -> None:
    seen = world(twice_as_long)
    found = days(seen, EFFECT + 40)
    memory = found[-1].memory
    written = orjson.loads(orjson.dumps(tracked_content(memory)))
    read = replace(memory, tracked=tracked_of_content(written))
    assert read.tracked == memory.tracked
    assert (
        days(seen, EFFECT + 43, read, EFFECT + 40)[-1].signals
        == days(seen, EFFECT + 43, memory, EFFECT + 40)[-1].signals
    )


def test_what_begins_to_be_told_of_later_changes_nothing_before() -> None:
    seen, begins = world(), EFFECT + 1
    new = replace(made.feed(*made.messages(9, 8, SLOTS)), agency="prison")
    heard = new.published >= made.day(begins) * DAY_US
    columns = (new.occurred, new.published, new.lag_us, new.by_day, new.type)
    feed = Feed("prison", *(column[heard] for column in columns))
    items = made.drawn(3, 6, SLOTS)
    later = items.began >= begins
    drawn = (items.began, items.ended, items.skipped, items.returned)
    key = FlowKey("H24", "court", "police")
    flow = made.flow(made.Drawn(*(column[later] for column in drawn)), key)
    both = replace(
        seen,
        flows={**seen.flows, key: flow},
        feeds={**seen.feeds, "prison": feed},
        calendars={**seen.calendars, "prison": made.CALENDAR},
    )
    found, alone = (days(one, begins, first_slot=EFFECT - 5) for one in (both, seen))
    assert [day.findings for day in found] == [day.findings for day in alone]
    told = [one.about for day in days(both, begins + 10, first_slot=EFFECT - 5) for one in day.findings]
    assert {"prison"} < {about.agency for about in told}
    assert key in {about.flow for about in told}


def test_of_a_flow_that_nobody_has_used_for_most_of_a_year_no_stop_is_asked() -> None:
    """What a day reads reaches back a year: a day that happens to be read with more must not say more."""

    def over(items: made.Drawn) -> None:
        items.ended[items.began < EFFECT - 320] = EFFECT - 300
        items.began[items.began >= EFFECT - 320] = np.inf
        items.ended[np.isinf(items.began)] = np.inf

    seen = world(over)
    found = [one for day in days(seen, EFFECT + 1) for one in day.findings if one.kind is Kind.STOP]
    assert {one.about.flow for one in found} == {CALM}


def test_days_come_in_their_order_and_once() -> None:
    seen = world()
    first_day = evaluate(seen, (made.day(EFFECT) + 1) * DAY_US, Memory())
    with pytest.raises(ValueError, match="every day once, in order"):
        evaluate(seen, (made.day(EFFECT) + 1) * DAY_US, first_day.memory)
