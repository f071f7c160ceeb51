"""Does an organisation become faster at its neighbour's cost? Weekly: both arms at once, no case sooner done."""

import math
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, NEVER, Bools, Ints
from analysis.detectors.improved import improved
from analysis.detectors.ping_pong import ping_pong
from analysis.detectors.slow_pair import slow_pair
from analysis.engine.baseline import Baseline
from analysis.findings import About, Finding, Kind
from analysis.view import WINDOW, View
from analysis.waits.durations import Durations, longest_tau
from analysis.waits.survival import FEWEST_COMPLETIONS, FEWEST_ITEMS, restricted_mean

COHORT_DAYS: Final = 56
"""Calendar days of a start cohort: 40 open ones."""
_Z: Final = 2.5758293035489004
"""Standard errors by which cases must end sooner to be shown to: the 1 % level of the weekly family, two-sided."""
_CASE: Final = 1 << 22
"""More than any day number: case and day make one number that sorts by both."""


def cost_shift(inside: View, passing: View) -> Finding:
    """Return whether A's own work became faster while more of it came back from B or waited at B.

    Own work: `improved` of `inside`. At the neighbour, in the same 20 open days: `ping_pong` and `slow_pair` of
    `passing`, the surer of the two. p = max(p_own, min(1, 2 min(p_return, p_wait))), so that one arm alone never
    passes; of these two, one without an answer counts as p = 1, and without own work or without both there is no
    answer. The effect is that of A's own work. `large_enough`: the effect floors of both arms hold, and cases are
    not shown to end sooner (see `_sooner`).

    Args:
        inside: A's own work, sender and receiver A.
        passing: what A hands to B.

    Returns:
        The finding, about the passing flow with A as its agency; its items are the passing flow's.

    Source: silo_signals section 7, "Cost shifting".
    """
    about = About(passing.flow.key, passing.flow.key.sender)
    own, arms = improved(inside), (ping_pong(passing, WINDOW), slow_pair(passing))
    worse = min(arms, key=lambda arm: math.inf if arm.p is None else arm.p)
    for arm in (own, worse):
        if arm.p is None:
            return Finding(Kind.COST_SHIFT, about, arm.status, arm.why, sample=arm.sample)
    shifted = own.large_enough and worse.large_enough
    return Finding(
        kind=Kind.COST_SHIFT,
        about=about,
        status=own.status,
        p=max(own.p or 0.0, min(1.0, 2 * (worse.p or 0.0))),
        effect=own.effect,
        large_enough=shifted and _sooner(inside, passing) is False,
        observed=own.observed,
        expected=own.expected,
        variance=own.variance,
        sample=own.sample,
        window=own.window,
        items=worse.items,
    )


def _sooner(inside: View, passing: View) -> bool | None:
    """Return whether cases are shown to end sooner than in the baseline; None where they cannot be followed.

    A case is followed from the first start of A's own work until B has taken it on for good: to the first stop
    after it that has not come back. Restricted means of the cohort of the last 56 days and of the baseline's whole
    56-day cohorts are compared, each followed to its own end only, so that what comes back later is unknown in all
    alike. Sooner: by more than 2.58 standard errors.
    """
    if not isinstance(inside.baseline, Baseline):
        return None
    case, begun = _begun(inside)
    until = min(inside.known.day, passing.known.day)
    first, last = inside.baseline.first_day, inside.baseline.last_day
    ends = range(first + COHORT_DAYS, last + 2, COHORT_DAYS)
    usual = _joined([_cohort(case, begun, passing, end) for end in ends])
    recent = _cohort(case, begun, passing, until)
    if any(len(one) < FEWEST_ITEMS or one.completions < FEWEST_COMPLETIONS for one in (usual, recent)):
        return None
    tau = longest_tau(usual, recent)
    before, now = restricted_mean(usual, tau), restricted_mean(recent, tau)
    return before.value - now.value > _Z * math.hypot(before.error, now.error)


def _begun(inside: View) -> tuple[Ints, Ints]:
    """Return the cases that A has worked on, and the day on which it first began to."""
    seen, items = inside.waiting.item, inside.flow.items
    in_order = seen[np.argsort(items.started[seen], kind="stable")]
    case, first = np.unique(items.case[in_order], return_index=True)
    return case, items.started[in_order[first]] // DAY_US


def _cohort(case: Ints, begun: Ints, passing: View, until: int) -> Durations:
    """Return how long the cases begun in the days before `until` lasted, as they stood on that day."""
    chosen = (begun >= until - COHORT_DAYS) & (begun < until)
    end = _taken_on(case[chosen], begun[chosen], passing, until)
    return Durations.of(begun[chosen], end, np.ones(end.size, dtype=np.bool_), until)


def _taken_on(case: Ints, begun: Ints, passing: View, until: int) -> Ints:
    """Return the day by which B had taken each case on for good, as of `until`; NEVER if it has not."""
    items, seen = passing.flow.items, passing.waiting.item
    back = passing.returning.outcome & (items.returned[seen] < until * DAY_US)
    done: Bools = passing.waiting.outcome & (items.ended[seen] < until * DAY_US) & ~back
    taken = np.sort(items.case[seen[done]] * _CASE + items.ended[seen[done]] // DAY_US)
    place = np.searchsorted(taken, case * _CASE + begun)
    found = np.append(taken, NEVER)[place]
    return np.where(found // _CASE == case, found % _CASE, NEVER)


def _joined(cohorts: list[Durations]) -> Durations:
    return Durations(
        np.concatenate([np.empty(0), *(one.time for one in cohorts)]),
        np.concatenate([np.empty(0, dtype=np.bool_), *(one.censored for one in cohorts)]),
    )
