"""S15: the boundary effect in 400 cases, its mirrors, and how often its interval misses a null effect."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Final

import numpy as np

from analysis.boundary.cap import boundary_cap
from analysis.boundary.effect import Boundary, boundary
from analysis.findings import Kind
from analysis.items import Known
from analysis.judging.evaluation import evaluate
from analysis.judging.memory import Memory
from analysis.judging.signals import State
from analysis.steps import Steps
from bench.signals.case_steps import UNEVENLY, Plan, case_steps
from bench.signals.days import FIRST_MONDAY, Days
from bench.signals.pairs import pairs
from bench.signals.rows import Row, enough
from bench.signals.world import Run, world
from publishers.synthetic.plants.planted import read_plant

BUDGET: Final = 0.07
_WEEKS: Final = 52
_NULLS: Final = 40
"""Null partnerships of one job."""
_FROM: Final = FIRST_MONDAY + _WEEKS * 7
_P, _OFF_BY = 0.58, 0.02
_LEANING: Final = 0.5
"""By how much of 1 a case of the null partnerships leans to one side, at most."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one run came to: whether a signal opened, P by strata, and P as it would be without strata."""

    opened: bool
    chance: float
    pooled: float


def plans() -> dict[str, Plan]:
    """Return the planted run and its mirrors: a year of the usual pace and one that is asked about."""
    planted = read_plant("boundary")
    return {
        f"boundary x{planted.parameters['factor']:g} in 400 cases": Plan(
            2, plant=planted, planted_from=_FROM
        ),
        "mirror: nothing planted": Plan(2),
        "mirror: sides mixed unequally": Plan(2, shares=UNEVENLY),
    }


def judge_boundary(plan: Plan, seed: int) -> Seen:
    """Evaluate one Sunday, after the year that is asked about, on arrays as the process does."""
    days = Days.of(_WEEKS)
    steps = case_steps(seed, plan)
    looked_at = replace(world(Run(seed, pairs(10)[:1]), days), steps=steps)
    day = days.evenings()[-1]
    evaluated = evaluate(looked_at, days.ends_us(day), Memory())
    opened = any(one.kind is Kind.BOUNDARY and one.state is State.OPEN for one in evaluated.signals)
    found = next(one for one in evaluated.findings if one.kind is Kind.BOUNDARY)
    return Seen(opened, found.effect.value if found.effect else np.nan, _pooled(steps))


def planted_row(title: str, runs: Sequence[Seen]) -> list[Row]:
    """Return S15: found in 18 of 20 at the first evaluation, P = 0.58."""
    opened, chance = sum(run.opened for run in runs), fmean(run.chance for run in runs)
    found = f"{opened}/{len(runs)}, P {chance:.3f}"
    holds = enough(opened, len(runs)) and abs(chance - _P) <= _OFF_BY
    return [Row("S15", title, "", f"boundary at once; P {_P}", found, holds=holds)]


def mirror_row(title: str, runs: Sequence[Seen]) -> list[Row]:
    """Return a mirror of S15: P = 0.50, and no more openings than the interval's budget allows."""
    opened, chance = sum(run.opened for run in runs), fmean(run.chance for run in runs)
    pooled = fmean(run.pooled for run in runs)
    found = f"P {chance:.3f}; pooled it would be {pooled:.2f}"
    allowed = BUDGET * len(runs)
    holds = opened <= allowed and abs(chance - 0.5) <= _OFF_BY
    return [Row("S15", title, "", "nothing; P 0.50", found, "", f"{opened} of {allowed:.1f}", holds)]


def judge_nulls(seed: int) -> list[bool]:
    """Return of null partnerships whose cases keep to one side whether the 95 % interval misses 0.5."""
    return [
        _misses(case_steps(seed * 1_000 + number, Plan(2, keeps_to_a_side=_LEANING)), seed)
        for number in range(_NULLS)
    ]


def null_row(jobs: Sequence[list[bool]]) -> list[Row]:
    """Return how often the interval is wrong."""
    missed = [one for job in jobs for one in job]
    share = fmean(missed)
    title = f"boundary: 95 % interval misses 0.5, {len(missed)} null partnerships"
    return [Row("budget", title, "", f"at most {BUDGET:.0%}", f"{share:.1%}", holds=share <= BUDGET)]


def _misses(steps: Steps, seed: int) -> bool:
    found = _asked(steps, seed)
    effect = found.answer.effect
    return effect is None or not effect.low <= 0.5 <= effect.high


def _asked(steps: Steps, seed: int) -> Boundary:
    cap = boundary_cap(steps, FIRST_MONDAY, _FROM - 1)
    recent = steps.only(steps.started >= _FROM * 86_400_000_000)
    return boundary(recent, Known(int(steps.ended_known.max()) + 1, _FROM + _WEEKS * 7), cap, seed)


def _pooled(steps: Steps) -> float:
    wait = steps.ended - steps.started
    across, inside = wait[steps.across], np.sort(wait[~steps.across])
    return float(np.searchsorted(inside, across).mean() / inside.size)
