"""Lock a baseline: count exposures and outcomes by age over the items started in a fixed window."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analysis.answers import Answer, Sample, Status
from analysis.arrays import Floats, Ints
from analysis.engine.baseline import FEW, Baseline
from analysis.items import Risk

FEWEST_DAYS: Final = 26 * 7
FEWEST_COMPLETIONS: Final = 100
WEEK: Final = 7
PHI_SLOTS: Final = 5
"""Open days of the separate windows whose spread is measured."""


def locked_baseline(
    risk: Risk, first_day: int, last_day: int, *, least: int = FEWEST_COMPLETIONS
) -> Baseline | Answer:
    """Return the baseline of the items started from `first_day` to `last_day` (local days, both included).

    Only facts before the end of the window count: an item that ended later is censored there, so the baseline
    stays the same whenever it is asked for. What starts on a closed day counts on the next open one.

    Args:
        risk: every item known at the time; its judged day is after the window.
        first_day: the window's first day.
        last_day: its last day, included.
        least: completions it takes; 30 where the outcome is a return.

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
    grid = _grid(risk, first, end)
    completions = int(grid.outcomes.sum())
    if completions < least:
        why = f"the baseline window has {completions} completions, fewer than {least}"
        return _too_little(why, Sample(grid.items, grid.items - completions, completions))
    exposures, outcomes = grid.exposed.sum(axis=0), grid.outcomes.sum(axis=0)
    tail = _tail(grid.at_risk.sum(axis=0))
    usual = Baseline(
        first_day=first_day,
        last_day=last_day,
        items=grid.items,
        completions=completions,
        open_days=end - first,
        at_risk=np.append(exposures[:tail], exposures[tail:].sum()),
        outcomes=np.append(outcomes[:tail], outcomes[tail:].sum()),
        follow_up=exposures.size,
        phi=1.0,
    )
    weekday = weekdays(risk.calendar.days[first:end])
    return replace(usual, phi=_phi(grid, usual), rhythm=_rhythm(grid, usual, weekday))


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Who was at risk and had the outcome, by start slot (rows) and age (columns), within one window.

    `strength` is the declared weight of the day on which a cell lies, `slot` its number in the window.
    """

    items: int
    at_risk: Floats
    outcomes: Floats
    strength: Floats
    slot: Ints

    @property
    def exposed(self) -> Floats:
        """Item-days in full-strength open days."""
        return self.at_risk * self.strength


def _grid(risk: Risk, first: int, end: int) -> _Grid:
    inside = (risk.start >= first) & (risk.start < end)
    start, ended, outcome = risk.start[inside] - first, risk.end[inside] - first, risk.outcome[inside]
    slots = end - first
    oldest = np.minimum(ended, slots - 1) - start
    ages = int(oldest.max(initial=0)) + 1
    cell = start * ages + oldest
    last_seen = np.bincount(cell, minlength=slots * ages).reshape(slots, ages)
    done = np.bincount(cell[outcome & (ended < slots)], minlength=slots * ages).reshape(slots, ages)
    slot = np.arange(slots)[:, None] + np.arange(ages)[None, :]
    return _Grid(
        items=int(start.size),
        at_risk=np.cumsum(last_seen[:, ::-1], axis=1)[:, ::-1].astype(np.float64),
        outcomes=done.astype(np.float64),
        strength=risk.calendar.strength(first, end)[np.minimum(slot, slots - 1)],
        slot=slot,
    )


def _tail(at_risk: Floats) -> int:
    """Return the first age with few items at risk; the number of ages where there is none."""
    few = np.flatnonzero(at_risk < FEW)
    return int(few[0]) if few.size else int(at_risk.size)


def _phi(grid: _Grid, usual: Baseline) -> float:
    """Return the mean of (O - E)^2 / V over separate windows of 5 open days, at least 1.

    V is the independent items' alone: the hazards were fitted to these very days. A window in which less than one
    outcome is expected says nothing of the spread and is left out.
    """
    hazard = usual.hazard_at(np.arange(grid.at_risk.shape[1])) * grid.strength
    slots = grid.at_risk.shape[0]
    observed = _by_window(grid, grid.outcomes, slots)
    expected = _by_window(grid, grid.at_risk * hazard, slots)
    variance = _by_window(grid, grid.at_risk * hazard * (1 - hazard), slots)
    tells = (expected >= 1) & (variance > 0)
    if not tells.any():
        return 1.0
    return max(1.0, float(np.mean((observed - expected)[tells] ** 2 / variance[tells])))


def _rhythm(grid: _Grid, usual: Baseline, weekday: Ints) -> Floats:
    """Return the outcomes of each weekday over what the hazards give on it; 1 where they give nothing."""
    hazard = usual.hazard_at(np.arange(grid.at_risk.shape[1])) * grid.strength
    by_slot = (_by_slot(grid, amounts)[: weekday.size] for amounts in (grid.outcomes, grid.at_risk * hazard))
    observed, expected = (np.bincount(weekday, weights=counts, minlength=WEEK) for counts in by_slot)
    return np.where(expected > 0, observed / np.where(expected > 0, expected, 1.0), 1.0)


def weekdays(days: Ints) -> Ints:
    """Return the weekday of local days, 0 = Monday: day 0 was a Thursday."""
    return (days + 3) % WEEK


def _by_slot(grid: _Grid, amounts: Floats) -> Floats:
    return np.bincount(grid.slot.ravel(), weights=amounts.ravel()).astype(np.float64)


def _by_window(grid: _Grid, amounts: Floats, slots: int) -> Floats:
    by_slot = _by_slot(grid, amounts)[:slots]
    whole = slots // PHI_SLOTS * PHI_SLOTS
    return np.asarray(by_slot[:whole].reshape(-1, PHI_SLOTS).sum(axis=1), dtype=np.float64)


def _too_little(why: str, sample: Sample = Sample(0)) -> Answer:  # noqa: B008 # frozen
    return Answer.unknown(Status.NOT_ENOUGH_DATA, why, sample)
