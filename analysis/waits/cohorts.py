"""The cohort view: what was started in a period, open ones censored; and both views of a flow side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.answers import Answer
from analysis.arrays import NEVER, WEEK, Floats
from analysis.items import Risk
from analysis.perspective import Perspective
from analysis.series.weekly import starts_by_week
from analysis.waits.durations import COHORT_DAYS, Durations
from analysis.waits.grouping import ALWAYS, Between, Part
from analysis.waits.survival import FEWEST_ITEMS, Quantile, quantile

COMPLETED_DAYS = 30
"""A completed-only median looks back on the last 30 open days."""


@dataclass(frozen=True, slots=True)
class CohortWeek:
    """What was started in one complete week: how many, how many of them are open, and their median (Kaplan-Meier).

    The median is in the open days (or hours) of who receives. A young cohort has few completions: then it says so.
    """

    monday: int
    started: int
    n_open: int
    median: Quantile | Answer

    @property
    def view(self) -> Perspective:
        """Started in the period."""
        return Perspective.COHORT


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two figures of one flow at one judged day that must never be mixed: in a stopped flow they part.

    Attributes:
        day: the judged day.
        completed: how many were completed in the last 30 open days.
        completed_median: median of their waits, in open days (or hours); None below 10. Look-back view.
        cohort_median: Kaplan-Meier median of what was started in the last 40 open days. Cohort view.
    """

    day: int
    completed: int
    completed_median: float | None
    cohort_median: Quantile | Answer


def cohorts_of(parts: Sequence[Part], between: Between = ALWAYS) -> tuple[CohortWeek, ...]:
    """Return the cohort of every complete week, weeks of nothing included, of all flows together.

    Weeks are those of `analysis.series.weekly.weeks_of`, complete in the flow that is known least far. What was
    proven never to come is neither open nor completed.

    Args:
        parts: flows, or what of them lies in an area.
        between: the local days within which whole weeks lie.
    """
    if not parts:
        return ()
    risks = [part.flow.waiting(part.known) for part in parts]
    started = [part.flow.items.started[risk.item] for part, risk in zip(parts, risks, strict=True)]
    start, end, outcome = (
        np.concatenate([getattr(risk, name) for risk in risks]) for name in ("start", "end", "outcome")
    )
    until = np.concatenate([np.full(risk.item.size, risk.until) for risk in risks])
    weeks = starts_by_week(np.concatenate(started), min(part.known.day for part in parts))
    return tuple(
        CohortWeek(
            monday,
            started=item.size,
            n_open=int(np.count_nonzero(end[item] == NEVER)),
            median=quantile(Durations.of(start[item], end[item], outcome[item], until[item])),
        )
        for monday, item in weeks
        if between.includes(np.array([monday, monday + WEEK - 1])).all()
    )


def side_by_side(risk: Risk, day: int) -> SideBySide:
    """Return the completed-only median beside the Kaplan-Meier one."""
    waits = completed_waits(risk)
    median = float(np.median(waits)) if waits.size >= FEWEST_ITEMS else None
    return SideBySide(day, int(waits.size), median, quantile(Durations.cohort(risk, COHORT_DAYS)))


def completed_waits(risk: Risk, open_days: int = COMPLETED_DAYS) -> Floats:
    """Return the waits, in slots, of what was completed in the last complete open days: the look-back view."""
    done = risk.outcome & (risk.end >= risk.since(open_days)) & (risk.end < risk.until)
    return (risk.end[done] - risk.start[done]).astype(np.float64)
