"""Whether the engine is right where nothing is planted: the spread of O - E, and the size of a test."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from analysis.answers import Answer
from analysis.engine.baseline import Baseline
from analysis.engine.expected import outcomes_in, p_high
from analysis.engine.locking import locked_baseline
from analysis.engine.open_over import open_over
from analysis.items import Flow, Known
from bench.signals.days import FIRST_MONDAY, WEEK, Days, calendar_day
from bench.signals.pairs import Pair
from bench.signals.rows import Row
from bench.signals.world import Run, world

WEEKLY: Final = (5, 10, 30, 60)
IN_HOURS: Final[Mapping[str, Any]] = {"median": 0.5, "in_hours": True}
"""Half of these waits are over within four of eight open hours, and they are counted in them."""
_USUAL: Final[Mapping[str, Any]] = {}
_FLOWS: Final = 20
"""Flows of each volume that one job makes."""
_WINDOW, _LOOKS = 20, (4, 8, 12)
"""Working days of a window, and the judged weeks after which it ends."""
_OFF_BY: Final = 0.1
_OPEN_WEEKLY, _OPEN_WEEKS, _OPEN_BASELINE = (10, 30), 26, 26
_LEVEL, _SIZE = 0.01, 0.015


@dataclass(frozen=True, slots=True)
class Null:
    """Of one job: standardised differences by volume, and how often the open-age test was asked and fired.

    `in_hours`: the same of flows with short waits that are counted in open hours.
    """

    standardised: Mapping[int, tuple[float, ...]]
    in_hours: Mapping[int, tuple[float, ...]]
    asked: int
    fired: int


def judge_null(seed: int) -> Null:
    """Make flows with nothing planted and hold them against their own baselines."""
    differences = {weekly: tuple(_differences(seed, weekly)) for weekly in WEEKLY}
    in_hours = {weekly: tuple(_differences(seed, weekly, IN_HOURS)) for weekly in WEEKLY}
    fired = [one for weekly in _OPEN_WEEKLY for one in _open_over(seed, weekly)]
    return Null(differences, in_hours, len(fired), sum(fired))


def rows(jobs: Sequence[Null]) -> list[Row]:
    """Return mean and standard deviation by volume, and the size of the open-age test at 1 %."""
    made = [_spread([job.standardised[weekly] for job in jobs], weekly, "engine") for weekly in WEEKLY]
    made += [
        _spread([job.in_hours[weekly] for job in jobs], weekly, "engine in open hours") for weekly in WEEKLY
    ]
    asked, fired = sum(job.asked for job in jobs), sum(job.fired for job in jobs)
    title, wanted = f"engine: open over age at 1 %, {asked} null weeks", "fires in at most 1.5 % of weeks"
    return [
        *made,
        Row("budget", title, "10, 30", wanted, f"{fired / asked:.1%}", holds=fired / asked <= _SIZE),
    ]


def _spread(jobs: Sequence[tuple[float, ...]], weekly: int, what: str) -> Row:
    z = np.concatenate(jobs)
    mean, spread = float(z.mean()), float(z.std(ddof=1))
    holds = abs(mean) <= _OFF_BY and abs(spread - 1) <= _OFF_BY
    title = f"{what}: (O-E)/sqrt(V), {z.size} null windows"
    found = f"mean {mean:.2f}, sd {spread:.2f}"
    return Row("budget", title, str(weekly), "mean 0, sd 1, both +/- 0.1", found, holds=holds)


def _differences(seed: int, weekly: int, pace: Mapping[str, Any] = _USUAL) -> Iterator[float]:
    days = Days.of(max(_LOOKS))
    for flow, baseline in _flows(seed, weekly, days, pace):
        for week in _LOOKS:
            counts = outcomes_in(flow.waiting(_known(days, week)), baseline, _WINDOW)
            yield (counts.observed - counts.expected) / float(np.sqrt(counts.variance))


def _open_over(seed: int, weekly: int) -> Iterator[bool]:
    days = Days.of(_OPEN_WEEKS, _OPEN_BASELINE)
    for flow, baseline in _flows(seed, weekly, days):
        age = baseline.quantile(0.9)
        for week in range(1, _OPEN_WEEKS + 1) if age is not None else ():
            yield p_high(open_over(flow.waiting(_known(days, week)), baseline, age or 0)) < _LEVEL


def _flows(
    seed: int, weekly: int, days: Days, pace: Mapping[str, Any] = _USUAL
) -> Iterator[tuple[Flow, Baseline]]:
    window = FIRST_MONDAY, FIRST_MONDAY + days.baseline_weeks * 7 - 1
    for number in range(_FLOWS):
        pair = Pair(1_000 + number, "a", "b", weekly / WEEK, None, **pace)
        [flow] = world(Run(seed, (pair,)), days).flows.values()
        baseline = locked_baseline(flow.waiting(_known(days, 1)), *window)
        if not isinstance(baseline, Answer):
            yield flow, baseline


def _known(days: Days, week: int) -> Known:
    """Return what is known on the Monday after so many judged weeks."""
    day = calendar_day(days.judged_week(week))
    return Known(days.ends_us(day), day)
