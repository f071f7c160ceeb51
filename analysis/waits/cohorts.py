"""The cohort view: what was started in a period, open ones censored; and both views of a flow side by side."""

from dataclasses import dataclass

import numpy as np

from analysis.answers import Answer
from analysis.arrays import DAY_US, NEVER, Floats
from analysis.items import End, Flow, Known, Risk
from analysis.perspective import Perspective
from analysis.series.weekly import starts_by_week
from analysis.waits.durations import COHORT_DAYS, Durations
from analysis.waits.survival import FEWEST_ITEMS, Quantile, quantile

COMPLETED_DAYS = 30
"""A completed-only median looks back on the last 30 open days."""


@dataclass(frozen=True, slots=True)
class CohortWeek:
    """What was started in one complete week: how many, how many of them are open, and their median (Kaplan-Meier).

    Days are whole local days. A young cohort has few completions: then the median says so.
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


def cohorts_of(flow: Flow, known: Known) -> tuple[CohortWeek, ...]:
    """Return the cohort of every complete week, as `analysis.series.weekly.weeks_of` counts weeks."""
    items, before = flow.items, known.day * DAY_US
    ended = (items.ended < before) & (items.ended_known <= known.now_us)
    last = np.where(ended, items.ended // DAY_US, NEVER)
    first = items.started // DAY_US
    stopped = ended & (items.end == End.STOP)
    found = []
    for monday, item in starts_by_week(flow, known):
        cohort = Durations.of(first[item], last[item], stopped[item], known.day)
        n_open = int(np.count_nonzero(last[item] == NEVER))
        found.append(CohortWeek(monday, len(cohort), n_open, quantile(cohort)))
    return tuple(found)


def side_by_side(risk: Risk, day: int) -> SideBySide:
    """Return the completed-only median beside the Kaplan-Meier one."""
    waits = completed_waits(risk)
    median = float(np.median(waits)) if waits.size >= FEWEST_ITEMS else None
    return SideBySide(day, int(waits.size), median, quantile(Durations.cohort(risk, COHORT_DAYS)))


def completed_waits(risk: Risk, open_days: int = COMPLETED_DAYS) -> Floats:
    """Return the waits, in slots, of what was completed in the last complete open days: the look-back view."""
    done = risk.outcome & (risk.end >= risk.since(open_days)) & (risk.end < risk.until)
    return (risk.end[done] - risk.start[done]).astype(np.float64)
