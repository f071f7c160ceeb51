"""A run of twelve pairs as the arrays that an evaluation looks at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, NEVER, Floats, Ints
from analysis.feeds import Feed
from analysis.items import Flow, FlowKey, Items
from analysis.judging.world import World
from analysis.open_days import OpenDays
from analysis.open_hours import OpenHours
from bench.signals.days import FIRST_MONDAY, OPEN_MINUTES, Days, working_day
from bench.signals.draws import MEDIAN_WAIT, arriving, draw
from bench.signals.feeds import Publishing, feed
from bench.signals.inside import work_and_pass
from bench.signals.pairs import Pair
from bench.signals.passages import Holding, Passages, arrivals, passages
from publishers.synthetic.plants.planted import Plant

_OF_A_PAIR: Final = 1_000_000
"""Cases of the n-th pair are numbered from n times this."""
_LASTING: Final = frozenset({"closure", "reduced-capacity", "surge"})


@dataclass(frozen=True, slots=True)
class Run:
    """One synthetic run: its seed, its pairs, what is planted, and whether agencies declare what they know.

    `inside` is a pair whose sender's own work before it hands over is a flow too.
    """

    seed: int
    pairs: tuple[Pair, ...]
    plants: tuple[Plant, ...] = ()
    declared: bool = True
    inside: Pair | None = None


def world(run: Run, days: Days) -> World:
    """Return a run as arrays. Facts from after any judged day are in it; evaluations cut them off."""
    holdings = [holding(plant) for plant in run.plants]
    calendars = {agency: days.calendar() for pair in run.pairs for agency in (pair.sender, pair.receiver)}
    calendars |= _declared(holdings, days) if run.declared else {}
    telling = _Telling(Publishing(run.seed, days, holdings), run.declared)
    flows, feeds = dict[FlowKey, Flow](), dict[str, Feed]()
    for pair in run.pairs:
        if run.inside is not None and pair.key == run.inside.key:
            both = work_and_pass(run.seed, pair, days.working, holdings)
            own = telling.items(pair, both.inside, both.inside_case, pair.sender, "inside ")
            flows[pair.inside_key] = Flow.of(pair.inside_key, own, calendars[pair.sender])
            passed, case = both.passing, both.passing_case
        else:
            began = arriving(run.seed, pair.number, arrivals(pair, days.working, holdings))
            drawn = draw(run.seed, pair.number, began)
            drawn = replace(drawn, wait=drawn.wait * (pair.median / MEDIAN_WAIT))
            passed = passages(pair, drawn, holdings)
            case = np.arange(began.size, dtype=np.int64)
        counted = calendars[pair.receiver]
        flows[pair.key] = Flow.of(
            pair.key,
            telling.items(pair, passed, case, pair.receiver),
            OpenHours(counted, *OPEN_MINUTES) if pair.in_hours else counted,
        )
        feeds |= telling.feeds(pair, passed)
    return World(
        flows,
        feeds,
        calendars,
        days.local,
        baseline_weeks=days.baseline_weeks,
        baseline_first_day=FIRST_MONDAY,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Telling:
    """How what happened becomes items and feeds."""

    publishing: Publishing
    declared: bool

    def items(self, pair: Pair, passed: Passages, case: Ints, ends: str, name: str = "") -> Items:
        """Return the items that have begun; `ends` is the agency that tells their ends."""
        days = self.publishing.days
        begun = passed.began < days.working
        chosen = Passages(*(getattr(passed, field)[begun] for field in Passages.__slots__))
        started = self.publishing.told(pair, pair.sender, f"{name}started", chosen.began)
        ended = self.publishing.told(pair, ends, f"{name}ended", chosen.ended)
        returned = self.publishing.told(pair, ends, f"{name}returned", chosen.returned)
        return Items(
            case=pair.number * _OF_A_PAIR + case[begun],
            started=started.occurred,
            started_known=started.published,
            ended=ended.occurred,
            ended_known=ended.published,
            end=np.where(ended.occurred == NEVER, 0, chosen.end).astype(np.int8),
            due=_due(None if name else pair.limit, chosen.began, days),
            returned=returned.occurred,
            returned_known=returned.published,
        )

    def feeds(self, pair: Pair, passed: Passages) -> dict[str, Feed]:
        """Return the feeds of both agencies of a pair."""
        told = {}
        for agency, name, at in (
            (pair.sender, "started", passed.began),
            (pair.receiver, "ended", passed.ended),
        ):
            shut = [one for one in self.publishing.holdings if one.plant.name == "closure"]
            closed = [one for one in shut if one.plant.sender == agency and self.declared]
            own = self.publishing.told(pair, agency, name, at)
            told[agency] = feed(agency, own, self.publishing.others(pair, agency, closed))
        return told


def holding(plant: Plant) -> Holding:
    """Return the working days on which a plant holds; `days` of a plant are working days here."""
    first = 0.0 if plant.first is None else float(working_day(plant.first))
    if plant.last is not None:
        return Holding(plant, first, float(working_day(plant.last) + 1))
    lasts = plant.parameters["days"] if plant.name in _LASTING else float("inf")
    return Holding(plant, first, first + lasts)


def _declared(holdings: Sequence[Holding], days: Days) -> dict[str, OpenDays]:
    """Return the calendars of the agencies that have declared to be closed, or to work at reduced strength."""
    return {
        one.plant.sender: days.calendar(
            dict.fromkeys(range(int(one.first), int(one.over)), one.plant.parameters.get("declared", 0.0))
        )
        for one in holdings
        if one.plant.name in {"closure", "reduced-capacity"}
    }


def _due(limit: int | None, began: Floats, days: Days) -> Ints:
    """Return the last instant of the day on which each item is due; NEVER without a limit, or after the run."""
    if limit is None:
        return np.full(began.size, NEVER)
    due = days.local_us(np.floor(began) + limit)
    return np.where(due == NEVER, NEVER, (due // DAY_US + 1) * DAY_US - 1)
