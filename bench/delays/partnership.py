"""Some cases of the synthetic partnership: told, accepted as intake does, folded as timelines does, compared."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from time import process_time
from typing import NamedTuple

from bench.delays.folded import judged
from bench.delays.tally import Key, Order, Tally, compared
from bench.raw_events import PROFILE
from infra.profile_files import read_profile_files
from models.canonical import Recorded
from models.checks import accept
from models.instants import to_us
from models.profile import parse_profile
from models.refusals import Refused
from models.rules import Rules
from publishers.synthetic.partnership import graces_of, tellings
from publishers.synthetic.truth.labels import labels
from publishers.synthetic.wire import Arrival, arrivals
from publishers.synthetic.world import World

_SECOND_US = 1_000_000


class Chapter(NamedTuple):
    """What some cases send up to an instant, in the order of arrival, and the true state of each hand-off."""

    arrived: Sequence[Arrival]
    true: Mapping[Key, str]


def judge(cases: int, seed: int, until: datetime, first: int, count: int) -> dict[Order, Tally]:
    """Compare the judgements of some cases with the truth, in each order of their events.

    Args:
        cases: of the whole population; what a case tells follows from it too.
        seed: of the population.
        until: what arrives later is not known.
        first: the place of the first case in the population, 0 and up.
        count: how many.
    """
    rules, began = _rules(), process_time()
    chapter = _told(World(rules.profile, seed, cases), until, first, count)
    told = process_time()
    accepted = _accepted(chapter.arrived, rules)
    shared = Tally(
        cases=count,
        events=len(chapter.arrived),
        refused=len(chapter.arrived) - len(accepted),
        telling_s=told - began,
        accepting_s=process_time() - told,
    )
    found = {}
    for order in Order:
        began = process_time()
        states = judged(accepted, order, to_us(until), rules)
        spent = replace(shared, folding_s=process_time() - began)
        found[order] = compared(states, chapter.true, spent)
    return found


@cache
def _rules() -> Rules:
    return Rules.of(parse_profile(read_profile_files(PROFILE, directory=None)))


def _told(world: World, until: datetime, first: int, count: int) -> Chapter:
    end, graces = int(until.timestamp()), graces_of(world.profile)
    arrived: list[Arrival] = []
    true: dict[Key, str] = {}
    for number in world.numbers(None, end)[first : first + count]:
        for case in tellings(world, number):
            arrived.extend(one for one in arrivals(*case) if one.at <= end)
            for label in labels(*case, end, graces):
                true[Key(label.rule, label.case, label.start_event, label.about)] = label.state
    return Chapter(sorted(arrived), true)


def _accepted(arrived: Sequence[Arrival], rules: Rules) -> list[tuple[int, Recorded]]:
    """Return the accepted events with the instants at which they arrived, in microseconds."""
    found = []
    for offset, one in enumerate(arrived):
        at_us = one.at * _SECOND_US
        event = accept(one.event, rules.profile, at_us, ("caseflow.raw", 0, offset))
        if not isinstance(event, Refused):
            found.append((at_us, event))
    return found
