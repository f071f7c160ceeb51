"""Steps with a planted boundary: cases that go through the same three steps, across organisations or inside one."""

import numpy as np

from analysis.arrays import DAY_US, NEVER, Floats
from analysis.items import Known
from analysis.steps import Steps

MEDIANS = (5.0, 10.0, 20.0)
HALF = (0.5, 0.5, 0.5)
UNEQUAL = (0.1, 0.5, 0.9)
"""Shares of steps across: the quick step mostly inside, the slow one mostly across."""
LATER = Known(now_us=NEVER - 1, day=4_000)
"""So long after that every step has ended, and is known."""


def planted(
    seed: int, slower: float = 1.0, shares=HALF, cases: int = 400, of_a_case: float = 0.6, sided: float = 0.0
) -> Steps:
    """Return log-normal waits in whole microseconds (sigma 0.7, and `of_a_case` shared by a case's steps).

    Args:
        seed: of everything drawn.
        slower: what waits across organisations are multiplied by.
        shares: how often each of the three steps leads across.
        cases: how many cases there are.
        of_a_case: standard deviation of what the waits of one case have in common.
        sided: how many of the cases have all their steps on one side, 0 to 1.
    """
    rng = np.random.default_rng(seed)
    chance = np.where((rng.random(cases) < sided)[:, None], rng.random((cases, 1)), rng.random((cases, 3)))
    across = chance < np.array(shares)
    spread = rng.normal(0, 0.7, (cases, 3)) + rng.normal(0, of_a_case, (cases, 1))
    days = np.array(MEDIANS) * np.exp(spread) * np.where(across, slower, 1.0)
    return steps_of(days, across, rng.integers(0, 365, cases).astype(np.float64))


def steps_of(days: Floats, across, begins: Floats) -> Steps:
    """Return the steps of cases that begin on these days: waits and sides of shape (cases, steps)."""
    cases, steps = days.shape
    ends = ((begins[:, None] + np.cumsum(days, axis=1)) * DAY_US).astype(np.int64)
    starts = np.concatenate([(begins[:, None] * DAY_US).astype(np.int64), ends[:, :-1]], axis=1)
    # Organisation 0 has the case where it stays, and hands it to 1 where it goes across.
    activity = np.tile(np.arange(steps), cases)
    return Steps(
        case=np.repeat(np.arange(cases), steps),
        from_activity=activity,
        to_activity=activity + 1,
        from_org=np.zeros(cases * steps, dtype=np.int64),
        to_org=across.ravel().astype(np.int64),
        started=starts.ravel(),
        started_known=starts.ravel(),
        ended=ends.ravel(),
        ended_known=ends.ravel(),
        foreseen_activity=activity + 1,
        foreseen_org=across.ravel().astype(np.int64),
        finer=np.zeros(cases * steps, dtype=np.int64),
    )
