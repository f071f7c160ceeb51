"""The weeks from which the usual is taken: the first so many that hold enough; stray early dates are left aside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.arrays import MONDAY, WEEK, Bools, Ints

BEGINNING: Final = 4
"""Weeks at the beginning of a window in which it must be under way."""
STRAY_BELOW: Final = 0.1
"""Of what as many weeks hold on average: what begins with less, begins with dates that are not its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What began and was done, as known; every array has shape (n,).

    Attributes:
        day: the local day on which each began.
        start, end: when it began and when it was done, on a scale of the caller's; NEVER: not done.
        mark: says where local days begin on that scale.
        will_do: of windows, from their first days (shape (k,)) to the days after their last ones, which are known
            well enough; None: all are.
    """

    day: Ints
    start: Ints
    end: Ints
    mark: Callable[[Ints], Ints]
    will_do: Callable[[Ints, Ints], Bools] | None = None

    @classmethod
    def of_days(cls, day: Ints, end: Ints | None = None) -> "Course":
        """Return what began on local days and was done on others; None: at once."""
        return cls(day, day, day if end is None else end, _as_it_is)


def first_window(course: Course, weeks: int, over: int, least: int) -> tuple[int, int] | None:
    """Return the first and the last local day (both included) of the first window that will do; None: none yet.

    A window begins on the first Monday on or after a day on which something began, and lasts whole weeks. It will
    do when it is over, at least `least` things began and were done within it, and a tenth of their usual number
    began within its first four weeks: a case dated ten years early, or some, do not begin a window. What the course
    itself says of windows that will not do is heard too, or one of them would be found for ever. The same facts
    give the same window, and later ones change nothing about a window that has gone by.

    Args:
        course: what was known of it.
        weeks: how long a window lasts, 4 or more.
        over: the local day before which a window must have ended.
        least: how many things must have begun and been done within it.
    """
    if not course.day.size:
        return None
    first = next_monday(int(course.day.min()))
    windows = (over - first) // WEEK - weeks + 1
    if windows < 1:
        return None
    mondays = first + WEEK * np.arange(windows + weeks, dtype=np.int64)
    began, done = _weeks_of(course, mondays)
    fits = _opens(course.day, first, windows) & (_done_within(began, done, weeks, windows) >= least)
    fits &= _under_way(began, weeks, windows)
    if course.will_do is not None:
        fits &= course.will_do(mondays[:windows], mondays[:windows] + weeks * WEEK)
    found = np.flatnonzero(fits)
    if not found.size:
        return None
    monday = int(mondays[found[0]])
    return monday, monday + weeks * WEEK - 1


def first_day(days: Ints, weeks: int, least: int) -> int | None:
    """Return the first of these local days, strays before the first window that holds enough left aside.

    Where no window holds enough it is the very first; None: there are none.
    """
    if not days.size:
        return None
    endless = int(days.max()) + (weeks + 1) * WEEK
    window = first_window(Course.of_days(days), weeks, endless, least)
    begins = int(days.min()) if window is None else window[0] - WEEK + 1
    return int(days[days >= begins].min())


def next_monday(day: int) -> int:
    """Return the first Monday on or after a local day."""
    return day + int(np.mod(MONDAY - day, WEEK))


def _as_it_is(days: Ints) -> Ints:
    return days


def _weeks_of(course: Course, mondays: Ints) -> tuple[Ints, Ints]:
    """Return the week in which each began and was done, counted from the first Monday; the last is endless."""
    edges = course.mark(mondays)
    began = np.searchsorted(edges, course.start, side="right") - 1
    kept = began >= 0
    return began[kept], np.searchsorted(edges, course.end[kept], side="right") - 1


def _opens(day: Ints, first: int, windows: int) -> Bools:
    """Return on which Mondays a window may begin: something began then, or in the six days before."""
    opened: Bools = np.bincount((day - first + WEEK - 1) // WEEK, minlength=windows)[:windows] > 0
    return opened


def _done_within(began: Ints, done: Ints, weeks: int, windows: int) -> Ints:
    """Return by window how many things began and were done within it: those it covers from end to start."""
    earliest = np.maximum(done - weeks + 1, 0)
    covers = earliest <= began
    size = windows + weeks + 1
    enter = np.bincount(earliest[covers], minlength=size)
    leave = np.bincount(began[covers] + 1, minlength=size)
    return np.asarray(np.cumsum(enter - leave)[:windows], dtype=np.int64)


def _under_way(began: Ints, weeks: int, windows: int) -> Bools:
    """Return by window whether its first weeks have a tenth of what they would have if all had the same."""
    before = np.concatenate([[0], np.cumsum(np.bincount(began, minlength=windows + weeks))])
    at = np.arange(windows)
    early, held = before[at + BEGINNING] - before[at], before[at + weeks] - before[at]
    enough: Bools = early * weeks >= STRAY_BELOW * BEGINNING * held
    return enough
