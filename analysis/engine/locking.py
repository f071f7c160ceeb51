"""Lock a baseline: count exposures and outcomes by age over the items started in a fixed window."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from analysis.answers import Answer, Sample, Status
from analysis.arrays import Bools, Floats, Ints
from analysis.engine.baseline import FEW, Baseline
from analysis.engine.exposure import by_hazard, by_slot
from analysis.items import Risk

FEWEST_DAYS: Final = 26 * 7
FEWEST_COMPLETIONS: Final = 100
PHI_DAYS: Final = 5
"""Open days of the separate windows whose spread is measured."""


def locked_baseline(
    risk: Risk,
    first_day: int,
    last_day: int,
    *,
    least: int = FEWEST_COMPLETIONS,
    every_age: bool = False,
) -> Baseline | Answer:
    """Return the baseline of the items started from `first_day` to `last_day` (local days, both included).

    Only facts before the end of the window count: an item that ended later is censored there, so the baseline
    stays the same whenever it is asked for. What starts on a closed day counts on the next open one.

    Args:
        risk: every item known at the time; its judged day is after the window.
        first_day: the window's first day.
        last_day: its last day, included.
        least: completions it takes; 30 where the outcome is a return.
        every_age: also where slots are hours the pooled tail is judged: what is counted comes late by its nature.

    Returns:
        The baseline, or `not_enough_data` with its reason: under 26 weeks, not over yet, too few completions.

    Raises:
        OutsideCalendarError: the window lies outside the receiver's declared calendar.
    """
    first, end = risk.calendar.slot(first_day), risk.calendar.slot(last_day + 1)
    if last_day - first_day + 1 < FEWEST_DAYS or end == first:
        return _too_little("the baseline window is shorter than 26 weeks")
    if risk.until < end:
        return _too_little("the baseline window is not over yet")
    cohort = _cohort(risk, first, end)
    items, completions = int(cohort.start.size), int(cohort.outcome.sum())
    if completions < least:
        why = f"the baseline window has {completions} completions, fewer than {least}"
        return _too_little(why, Sample(items, items - completions, completions))
    lasted = cohort.last - cohort.start
    at_risk = np.cumsum(np.bincount(lasted)[::-1])[::-1]
    outcomes = np.bincount(lasted[cohort.outcome], minlength=at_risk.size)
    exposures, tail = at_risk - _missed(cohort, at_risk.size), _tail(at_risk)
    usual = Baseline(
        first_day=first_day,
        last_day=last_day,
        items=items,
        completions=completions,
        open_days=(end - first) // risk.calendar.per_day,
        at_risk=np.append(exposures[:tail], exposures[tail:].sum()).astype(np.float64),
        outcomes=np.append(outcomes[:tail], outcomes[tail:].sum()).astype(np.float64),
        follow_up=at_risk.size,
        phi=1.0,
        counted_in=risk.calendar.counted_in,
        judged_to=tail if risk.calendar.per_day > 1 and not every_age else None,
    )
    course = _course(cohort, usual)
    phi = _phi(course, PHI_DAYS * risk.calendar.per_day)
    phases = risk.calendar.phases_of(first, end)
    return replace(usual, phi=phi, rhythm=_rhythm(course, phases, risk.calendar.phases))


@dataclass(frozen=True, slots=True, eq=False)
class _Cohort:
    """The items that began in a window, as they stood at its end; slots are counted from its first.

    `last` is the last slot in which an item was at risk, `outcome` whether it had its outcome then, `strength` the
    declared weight of each slot of the window.
    """

    start: Ints
    last: Ints
    outcome: Bools
    strength: Floats


def _cohort(risk: Risk, first: int, end: int) -> _Cohort:
    inside = (risk.start >= first) & (risk.start < end)
    last = np.minimum(risk.end[inside], end - 1) - first
    done = risk.outcome[inside] & (risk.end[inside] < end)
    return _Cohort(risk.start[inside] - first, last, done, risk.calendar.strength(first, end))


def _missed(cohort: _Cohort, ages: int) -> Floats:
    """Return what declared lower strengths take from the item-slots at risk at each age, shape (ages,)."""
    missed = np.zeros(ages)
    edges = np.flatnonzero(np.diff(cohort.strength, prepend=-1.0, append=-1.0))
    for begins, ends in pairwise(edges.tolist()):
        weight = float(cohort.strength[begins])
        if weight < 1:
            window = np.array([begins]), np.array([ends])
            missed += (1 - weight) * by_hazard(cohort.start, cohort.last, *window, ages)[0][0, :ages]
    return missed


def _tail(at_risk: Ints) -> int:
    """Return the first age with few items at risk; the number of ages where there is none."""
    few = np.flatnonzero(at_risk < FEW)
    return int(few[0]) if few.size else int(at_risk.size)


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """What happened in each slot of the window, and what the hazards give for who was at risk in it."""

    observed: Floats
    expected: Floats
    variance: Floats


def _course(cohort: _Cohort, usual: Baseline) -> _Course:
    slots, pace = cohort.strength.size, usual.pace
    sums, squares = by_slot(cohort.start, cohort.last, 0, slots, np.stack([pace, pace**2]))
    expected = cohort.strength * sums
    done = cohort.outcome & usual.judged(cohort.last - cohort.start)
    observed = np.bincount(cohort.last[done], minlength=slots).astype(np.float64)
    return _Course(observed, expected, np.maximum(expected - cohort.strength**2 * squares, 0.0))


def _phi(course: _Course, slots: int) -> float:
    """Return the mean of (O - E)^2 / V over separate windows of so many slots, at least 1.

    V is the independent items' alone: the hazards were fitted to these very days. A window in which less than one
    outcome is expected says nothing of the spread and is left out.
    """
    whole = course.observed.size // slots * slots
    each = (course.observed, course.expected, course.variance)
    observed, expected, variance = (part[:whole].reshape(-1, slots).sum(axis=1) for part in each)
    tells = (expected >= 1) & (variance > 0)
    if not tells.any():
        return 1.0
    return max(1.0, float(np.mean((observed - expected)[tells] ** 2 / variance[tells])))


def _rhythm(course: _Course, phases: Ints, size: int) -> Floats:
    """Return the outcomes of each weekday (or hour) over what the hazards give on it; 1 where they give nothing."""
    observed, expected = (
        np.bincount(phases, weights=part, minlength=size) for part in (course.observed, course.expected)
    )
    return np.where(expected > 0, observed / np.where(expected > 0, expected, 1.0), 1.0)


def _too_little(why: str, sample: Sample = Sample(0)) -> Answer:  # noqa: B008 # frozen
    return Answer.unknown(Status.NOT_ENOUGH_DATA, why, sample)
