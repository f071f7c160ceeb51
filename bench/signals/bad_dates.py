"""S14: impossible dates and mixed precision, from the events that agencies publish to what is judged.

The only scenario that is not made as arrays: dates are refused, cases are cut to days and hand-offs are paired by
the project's own functions. As in the synthetic partnership, the right event follows the impossible one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analysis.arrays import DAY_US
from analysis.feeds import Feed
from analysis.judging.world import World
from bench.signals.days import FIRST_MONDAY, Days, calendar_day, date_of
from bench.signals.draws import chance
from bench.signals.observing import Opening, evenings
from bench.signals.pairs import Pair, pairs
from bench.signals.partnership import Sent, events_of, later, misdated, profile_of
from bench.signals.rows import OPENINGS_A_YEAR, WEEKS_A_YEAR, Row, enough
from bench.signals.scenarios import EFFECT_WEEK
from bench.signals.world import Run, world
from models.canonical import Recorded
from models.case import Advanced, Case, at_time, evolve
from models.checks import accept
from models.envelope import Precision
from models.hand_offs import HandOff
from models.profile import Profile
from models.reading import read
from models.refusals import Refused, Step
from models.rules import Rules
from projections.flow_items.calendars import local_time
from projections.flow_items.readings import flows_of
from publishers.synthetic.plants.planted import Plant, read_plant

WEEKS_AFTER, WEEKS_BEFORE = 8, 2
ONLY_DAYS: Final = (3, 8)
"""The receivers of these pairs have always known the days of their events alone."""
_CORRECTED_AFTER_US: Final = DAY_US


@dataclass(frozen=True, slots=True)
class Dated:
    """What one run came to: impossible dates planted and refused, items that were left out, openings."""

    planted: int
    refused: int
    accepted: int
    left_out: int
    openings: tuple[Opening, ...]


def judge_dates(seed: int) -> Dated:
    """Publish, accept, fold and judge one run."""
    days = Days.of(EFFECT_WEEK + WEEKS_AFTER)
    plant = read_plant(f"bad-dates,from={date_of(days.judged_week(EFFECT_WEEK))}")
    every, profile = pairs(10), profile_of(pairs(10))
    made = world(Run(seed, every), days)
    slips, recorded, refused = 0, list[Recorded](), list[Refused]()
    for pair in every:
        for sent in _sent(seed, pair, made, plant, days):
            slips += sum(one.event.id.endswith("-slip") for one in sent)
            outcomes = [accept(one.event, profile, one.published_us, ("", 0, 0)) for one in sent]
            recorded += [one for one in outcomes if isinstance(one, Recorded)]
            refused += [one for one in outcomes if isinstance(one, Refused)]
    looked_at, left_out = _world(recorded, profile, made)
    first = EFFECT_WEEK - WEEKS_BEFORE
    openings = [one for evening in evenings(looked_at, days, first, EFFECT_WEEK) for one in evening.opened]
    dates = sum(one.step is Step.DATE for one in refused)
    return Dated(slips, dates, len(recorded), left_out, tuple(openings))


def rows(runs: Sequence[Dated]) -> list[Row]:
    """Return S14: every impossible date counted at once, and nothing opened."""
    counted = sum(run.refused == run.planted > 0 and run.left_out == 0 for run in runs)
    openings = sum(len(run.openings) for run in runs)
    allowed = OPENINGS_A_YEAR * len(runs) * (WEEKS_BEFORE + WEEKS_AFTER) / WEEKS_A_YEAR
    title = f"1 % impossible dates ({sum(run.planted for run in runs)} in all), mixed precision"
    found = f"{counted}/{len(runs)}"
    holds = enough(counted, len(runs)) and openings <= allowed
    return [Row("S14", title, "", "each counted at once", found, "", f"{openings} of {allowed:.1f}", holds)]


def _sent(seed: int, pair: Pair, made: World, plant: Plant, days: Days) -> Iterator[list[Sent]]:
    """Yield what is published of each item, with what is planted on it."""
    items, share = made.flows[pair.key].items, plant.parameters["share"]
    by = chance(seed, pair.number, "dates")
    drawn, when = by.uniform(size=(len(items), 2, 2)), by.integers(0, 3, size=(len(items), 2))
    first = calendar_day(days.judged_week(EFFECT_WEEK)) * DAY_US
    cut = drawn[:, :, 0] < np.where(items.started >= first, share, 0.0)[:, None]
    cut[:, 1] |= pair.number in ONLY_DAYS
    precisions = [(_precision(begins), _precision(ends)) for begins, ends in cut.tolist()]
    for n, told in enumerate(events_of(pair, items, precisions, days)):
        yield [
            each
            for place, one in enumerate(told)
            for each in _slipping(
                one, int(when[n, place]), slips=bool(drawn[n, place, 1] < share), since_us=first
            )
        ]


def _precision(by_day: bool) -> Precision:
    return "day" if by_day else "second"


def _slipping(sent: Sent, kind: int, *, slips: bool, since_us: int) -> list[Sent]:
    """Return an event, after one with an impossible date where it slips: long ago, outside the window, ahead."""
    if not slips or sent.published_us < since_us:
        return [sent]
    impossible = (-DAY_US, (FIRST_MONDAY - 400) * DAY_US, sent.published_us + 3 * DAY_US)[kind]
    return [misdated(sent, impossible), later(sent, _CORRECTED_AFTER_US)]


def _world(recorded: Sequence[Recorded], profile: Profile, made: World) -> tuple[World, int]:
    """Return what was accepted as arrays; feeds have the other events of the generator beside it."""
    rules, by_case = Rules.of(profile), dict[str, list[Recorded]]()
    for one in recorded:
        by_case.setdefault(one.subject, []).append(one)
    hand_offs = {ref: _hand_offs(ref, events, rules) for ref, events in by_case.items()}
    flows, left_out = flows_of(hand_offs, profile)
    calendars = {agency: next(iter(flows.values())).calendar.open_days for agency in made.calendars}
    feeds = {agency: _feed(agency, feed, recorded, profile) for agency, feed in made.feeds.items()}
    missed = sum(one.day.size for one in left_out.doubtful.values())
    local = local_time(profile.tz)
    return replace(made, flows=flows, feeds=feeds, calendars=calendars, local=local), missed


def _hand_offs(ref: str, events: Sequence[Recorded], rules: Rules) -> tuple[HandOff, ...]:
    case = Case(ref)
    for event in events:
        outcome = evolve(case, event, rules)
        case = outcome.case if isinstance(outcome, Advanced) else case
    return read(at_time(case, max(event.published_us or 0 for event in events)), rules).hand_offs


def _feed(agency: str, made: Feed, recorded: Sequence[Recorded], profile: Profile) -> Feed:
    other = made.type == 0
    own = [one for one in recorded if one.source == agency]
    time, published = (np.array([getattr(one, name) for one in own]) for name in ("time_us", "published_us"))
    by_day = np.array([one.precision == "day" for one in own])
    local = local_time(profile.tz).local(time)
    occurred = np.where(by_day, local // DAY_US * DAY_US, local)
    lag = published - time + np.where(by_day, local % DAY_US, 0)
    arrays: Mapping[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = {
        "occurred": occurred,
        "published": published,
        "lag_us": lag,
        "by_day": by_day,
    }
    joined = [np.concatenate([getattr(made, name)[other], own_part]) for name, own_part in arrays.items()]
    code = np.repeat(np.array([0, 1], dtype=np.int64), [int(other.sum()), len(own)])
    return Feed.of(agency, joined[0], joined[1], joined[2], joined[3].astype(np.bool_), code, made.types)
