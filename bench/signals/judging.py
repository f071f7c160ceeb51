"""One run of a scenario, from its seed to what opened in it: a function of its order alone, for any process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from analysis.findings import About, Kind
from bench.signals.asides import ASIDES
from bench.signals.days import Days, date_of
from bench.signals.observing import Opening, evenings
from bench.signals.pairs import Pair, pairs, planted
from bench.signals.scenarios import EFFECT_WEEK, Scenario
from bench.signals.world import Run, world
from publishers.synthetic.plants.planted import Plant, read_plant

WEEKS_BEFORE: Final = 2
"""Judged before the effect begins; whole years without any effect are judged in the null scenario."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What opened in one run and in its mirror, how many weeks were judged, and other figures asked for.

    The mirror is the same run with nothing planted; it is judged where something opened that was not planted.
    """

    seed: int
    openings: tuple[Opening, ...]
    mirror: tuple[Opening, ...]
    weeks: int
    figures: Mapping[str, float] = field(default_factory=dict)


def judge(scenario: Scenario, weekly: int, seed: int) -> Judged:
    """Judge one run of a scenario day by day."""
    weeks = EFFECT_WEEK + scenario.weeks
    days = Days.of(weeks, scenario.baseline_weeks.get(weekly, 52))
    run, pair = run_of(scenario, weekly, seed, days), planted(weekly)
    looked_at = world(run, days)
    first, effect = EFFECT_WEEK - WEEKS_BEFORE, days.judged_week(EFFECT_WEEK)
    openings = [one for evening in evenings(looked_at, days, first, EFFECT_WEEK) for one in evening.opened]
    figures = {name: ASIDES[name].figure(looked_at, days, pair, effect) for name in scenario.asides}
    mirror: list[Opening] = []
    if not all(_is_wanted(scenario, pair, one) for one in openings):
        null = world(replace(run, plants=()), days)
        mirror = [one for evening in evenings(null, days, first, EFFECT_WEEK) for one in evening.opened]
    return Judged(seed, tuple(openings), tuple(mirror), weeks - first, figures)


def run_of(scenario: Scenario, weekly: int, seed: int, days: Days) -> Run:
    """Return the run of a scenario at a volume."""
    pair = replace(planted(weekly), others=scenario.others, **scenario.pair)
    everybody = tuple(pair if one.key == pair.key else one for one in pairs(weekly))
    what = plants(scenario, pair, date_of(days.judged_week(EFFECT_WEEK)))
    return Run(seed, everybody, what, declared=scenario.declared, inside=pair if scenario.inside else None)


def plants(scenario: Scenario, pair: Pair, day: str) -> tuple[Plant, ...]:
    """Return what a scenario plants on a pair from a day on."""
    told = (text.format(a=pair.sender, b=pair.receiver, day=day) for text in scenario.plants)
    return tuple(read_plant(text) for text in told)


def subjects(pair: Pair) -> dict[str, set[About]]:
    """Return what findings about a pair are about, by the words of a scenario."""
    return {
        "pair": {About(pair.key)},
        "sender": {About(pair.key, pair.sender), About(agency=pair.sender)},
        "receiver": {About(pair.key, pair.receiver), About(agency=pair.receiver)},
        "inside": {About(pair.inside_key)},
    }


def of_kind(openings: Sequence[Opening], kind: Kind, about: set[About]) -> list[Opening]:
    """Return the openings of a kind about one of some subjects, the first one first."""
    return [one for one in openings if one.kind is kind and one.about in about]


FOLLOWS: Final = frozenset({Kind.OPEN_AGE, Kind.OVERDUE_EXCESS})
"""Kinds that may follow on the planted pair."""


def _is_wanted(scenario: Scenario, pair: Pair, opening: Opening) -> bool:
    about = subjects(pair)
    wanted = any(opening.kind is one.kind and opening.about in about[one.about] for one in scenario.wanted)
    return wanted or (opening.kind in FOLLOWS and opening.about in about["pair"])
