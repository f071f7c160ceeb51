"""Work that goes back and forth: ping-pong, returns, and activities that a case needs more than once.

They are counts of what happened. Whether work comes back more often than usual is judged by the engine, which
allows for the time that a return takes.

Source: section 7 of docs/silo_signals.md.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.arrays import NEVER, Bools, Ints
from analysis.steps import Steps


@dataclass(frozen=True, slots=True)
class BackAndForth:
    """How often work came back to where it was, and in how many cases.

    `by_pair` counts by the codes of who had it (and has it again) and who had it in between.
    """

    count: int
    cases: int
    by_pair: dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Recurring:
    """An activity that some cases have more than once; `extra` are its occurrences beyond the first of each."""

    activity: int
    cases: int
    extra: int


class CameBack(NamedTuple):
    """Hand-offs between two known organisations, and how many were followed by one back.

    `median_s`: from when the work arrived to when it was back, in seconds; None where none came back.
    """

    hand_offs: int
    back: int
    median_s: float | None


def ping_pongs(steps: Steps) -> BackAndForth:
    """Return how often of three consecutive events the outer two were one organisation's, the middle another's.

    An event of an unknown organisation is never skipped: nothing goes back and forth across it.
    """
    ended = steps.only(~steps.open)
    first = np.flatnonzero(ended.case[1:] == ended.case[:-1])
    return _back_and_forth(ended, first, first + 1)


def returns(steps: Steps) -> BackAndForth:
    """Return the same with the events that an organisation has in a row taken as one: A, B, B, A is a return."""
    ended = steps.only(~steps.open)
    moved = np.flatnonzero(ended.from_org != ended.to_org)
    first = moved[:-1][ended.case[moved[1:]] == ended.case[moved[:-1]]]
    following = np.zeros(len(ended), dtype=np.int64)
    following[moved[:-1]] = moved[1:]
    return _back_and_forth(ended, first, following[first])


def returned(steps: Steps) -> Ints:
    """Return for each step from A to B when the work came back from B to A, shape (n,).

    A return belongs to the latest step from A to B before it in its case. NEVER: it has not come back, or
    the step is no hand-off.
    """
    back = np.full(len(steps), NEVER)
    handed = np.flatnonzero(steps.across & ~steps.open)
    low = np.minimum(steps.from_org, steps.to_org)[handed]
    high = np.maximum(steps.from_org, steps.to_org)[handed]
    order = np.lexsort((handed, high, low, steps.case[handed]))
    one, low, high = handed[order], low[order], high[order]
    # Neighbours of the same case and the same two organisations, in opposite directions.
    same = (steps.case[one[1:]] == steps.case[one[:-1]]) & (low[1:] == low[:-1]) & (high[1:] == high[:-1])
    same &= steps.from_org[one[1:]] == steps.to_org[one[:-1]]
    back[one[:-1][same]] = steps.ended[one[1:][same]]
    return back


def came_back(steps: Steps) -> CameBack:
    """Return how much of what was handed over came back, by whatever way, and how soon as a rule."""
    handed = steps.across & ~steps.open
    back = returned(steps)
    again = back != NEVER
    seconds = (back[again] - steps.ended[again]) / 1e6
    median = float(np.median(seconds)) if seconds.size else None
    return CameBack(int(np.count_nonzero(handed)), int(seconds.size), median)


def recurring(steps: Steps) -> tuple[Recurring, ...]:
    """Return the activities that some case has twice or more, by code."""
    case, activity = _events(steps.only(~steps.open))
    pairs, count = np.unique(np.stack([activity, case]), axis=1, return_counts=True)
    again = count > 1
    codes, at = np.unique(pairs[0][again], return_inverse=True)
    cases = np.bincount(at, minlength=codes.size)
    extra = np.bincount(at, count[again] - 1, codes.size)
    return tuple(Recurring(*map(int, row)) for row in zip(codes, cases, extra, strict=True))


def reworked_cases(steps: Steps) -> int:
    """Return how many cases have some activity twice or more."""
    case, activity = _events(steps.only(~steps.open))
    pairs, count = np.unique(np.stack([activity, case]), axis=1, return_counts=True)
    return int(np.unique(pairs[1][count > 1]).size)


def _events(ended: Steps) -> tuple[Ints, Ints]:
    """Return case and activity of every event: the first of each case begins a step, all others end one."""
    first = np.ones(len(ended), dtype=np.bool_)
    first[1:] = ended.case[1:] != ended.case[:-1]
    case = np.concatenate([ended.case[first], ended.case])
    return case, np.concatenate([ended.from_activity[first], ended.to_activity])


def _back_and_forth(steps: Steps, away: Ints, home: Ints) -> BackAndForth:
    """Count the steps `away` that the steps `home`, one each, undo."""
    found = away[_undone(steps, away, home)]
    pairs, count = np.unique(
        np.stack([steps.from_org[found], steps.to_org[found]]), axis=1, return_counts=True
    )
    by_pair = {(int(a), int(b)): int(n) for a, b, n in zip(*pairs, count, strict=True)}
    return BackAndForth(found.size, np.unique(steps.case[found]).size, by_pair)


def _undone(steps: Steps, away: Ints, home: Ints) -> Bools:
    undone: Bools = steps.across[away] & (steps.from_org[away] == steps.to_org[home])
    return undone
