"""Cases of three steps, each inside an organisation or across to another, for the boundary effect."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, HOUR_US, Bools, Floats, Ints
from analysis.steps import Steps
from bench.signals.days import FIRST_MONDAY
from bench.signals.draws import SIGMA, chance
from publishers.synthetic.plants import waits
from publishers.synthetic.plants.planted import Plant

CASES: Final = 400
"""Cases of a year."""
MEDIANS: Final = (3.0, 10.0, 20.0)
"""Calendar days of each step, from the quick one to the slow one."""
EVENLY, UNEVENLY = (0.5, 0.5, 0.5), (0.15, 0.5, 0.85)
"""Shares of each step that lead across: as many everywhere, or the slow ones above all."""
_OF_A_CASE: Final = 0.6
"""Standard deviation of what makes all waits of a case longer or shorter, beside what each wait has alone."""
_YEAR, _BEGIN_IN = 364, 238
"""Days of a year, and of its beginning in which all its cases begin: at its end their steps are old enough."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Years of cases, and from which local day on the plant (None: nothing) holds."""

    years: int
    shares: tuple[float, float, float] = EVENLY
    keeps_to_a_side: float = 0.0
    plant: Plant | None = None
    planted_from: int = 0


def case_steps(seed: int, plan: Plan) -> Steps:
    """Return the steps of cases.

    A case has its own pace and, where it keeps to a side, its own leaning to go across at every step, so that its
    steps resemble each other.
    """
    by = chance(seed, 0, "cases of three steps")
    n = CASES * plan.years
    began = np.repeat(np.arange(plan.years) * float(_YEAR), CASES) + by.uniform(0, _BEGIN_IN, n)
    pace = np.exp(_OF_A_CASE * by.standard_normal(n))
    leaning = plan.keeps_to_a_side * by.uniform(-1, 1, n)
    across = np.stack(
        [by.uniform(size=n) < np.clip(share + leaning, 0.0, 1.0) for share in plan.shares], axis=1
    )
    took = np.exp(SIGMA * by.standard_normal((n, 3))) * np.array(MEDIANS) * pace[:, None]
    ended = np.empty((n, 3))
    started = np.empty((n, 3))
    at = began
    for step in range(3):
        started[:, step] = at
        at = _ends(at, at + took[:, step], across[:, step], plan)
        ended[:, step] = at
    return _steps(started, ended, across)


def _ends(
    since: Floats,
    ends: Floats,
    across: Bools,
    plan: Plan,
) -> Floats:
    if plan.plant is None:
        return ends
    hit = across & (since >= plan.planted_from - FIRST_MONDAY)
    stretched = waits.stretched(since, ends, plan.plant.parameters["factor"])  # type: ignore[arg-type] # arithmetic
    return np.where(hit, stretched, ends)


def _steps(
    started: Floats,
    ended: Floats,
    across: Bools,
) -> Steps:
    n = started.shape[0]
    org = np.concatenate([np.zeros((n, 1), dtype=np.int64), np.cumsum(across, axis=1) % 2], axis=1)
    activity = np.tile(np.arange(4, dtype=np.int64), (n, 1))
    begins, ends = (_local(times).ravel() for times in (started, ended))
    return Steps(
        case=np.repeat(np.arange(n, dtype=np.int64), 3),
        from_activity=activity[:, :3].ravel(),
        to_activity=activity[:, 1:].ravel(),
        from_org=org[:, :3].ravel(),
        to_org=org[:, 1:].ravel(),
        started=begins,
        started_known=begins,
        ended=ends,
        ended_known=ends + HOUR_US,
        foreseen_activity=activity[:, 1:].ravel(),
        foreseen_org=org[:, 1:].ravel(),
        finer=np.zeros(3 * n, dtype=np.int64),
    )


def _local(days: Floats) -> Ints:
    return FIRST_MONDAY * DAY_US + np.rint(days * DAY_US).astype(np.int64)
