"""The length at which waits are cut when a boundary's effect is asked for."""

from typing import Final

import numpy as np

from analysis.answers import Answer, Sample, Status
from analysis.arrays import DAY_US, NEVER
from analysis.items import Known
from analysis.steps import Steps
from analysis.waits.durations import Durations
from analysis.waits.survival import kaplan_meier

SHARE: Final = 0.95
FEWEST_WEEKS: Final = 26
FEWEST_COMPLETIONS: Final = 100


def boundary_cap(steps: Steps, first_day: int, last_day: int, now_us: int = NEVER) -> int | Answer:
    """Return M in microseconds: the Kaplan-Meier 95 % quantile of all steps started in a baseline window.

    Only what happened before the end of the window counts, and had been published by now. It needs 26 weeks and
    100 completed steps.

    Args:
        steps: all steps; both sides together, so that neither sets the limit for the other.
        first_day: local day with which the window of starts begins.
        last_day: the last day of it, included.
        now_us: the instant (UTC microseconds) up to which publications count.

    Source: section 6 of docs/silo_signals.md.
    """
    until = (last_day + 1) * DAY_US
    seen = steps.known_at(Known(now_us, last_day + 1))
    begun = seen.only(seen.started >= first_day * DAY_US)
    wait = np.minimum(begun.ended, until) - begun.started
    waits = Durations(wait.astype(np.float64), begun.open)
    sample = Sample(len(waits), len(waits) - waits.completions, waits.completions)
    weeks = (last_day + 1 - first_day) // 7
    if weeks < FEWEST_WEEKS or waits.completions < FEWEST_COMPLETIONS:
        why = (
            f"the baseline has {weeks} weeks and {waits.completions} completed steps, "
            f"where {FEWEST_WEEKS} and {FEWEST_COMPLETIONS} are needed"
        )
        return Answer.unknown(Status.NOT_ENOUGH_DATA, why, sample)
    value = kaplan_meier(waits).quantile(SHARE).value
    if value is None:
        why = "more than 5 % of the baseline's steps had not ended when it ended"
        return Answer.unknown(Status.NOT_ENOUGH_DATA, why, sample)
    return int(value)
