"""Weekly series of a flow: what was completed in each complete week from Monday to Sunday (look-back).

A week is shown when all of it lies before the judged day, so that its latest events have been published. What was
started in each week is another view: `analysis.waits.cohorts`.

Source: sections 4 and 8 of docs/silo_signals.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, MONDAY, NEVER, WEEK, Floats, Ints
from analysis.items import End, Flow, Known
from analysis.perspective import Perspective
from analysis.series.xmr import Better, Scale

FEWEST_VALUES: Final = 10
FEWEST_OPEN_DAYS: Final = 3
"""Below these a week has no point."""


class Measure(StrEnum):
    """What is charted week by week."""

    MEDIAN_WAIT = "median wait"
    LATE = "% late"
    OUTFLOW = "outflow per open day"

    @property
    def unit(self) -> str:
        """In what its values are given."""
        return {Measure.MEDIAN_WAIT: "days", Measure.LATE: "%", Measure.OUTFLOW: "items per open day"}[self]

    @property
    def better(self) -> Better:
        """Its declared direction."""
        return Better.HIGHER if self is Measure.OUTFLOW else Better.LOWER

    @property
    def scale(self) -> Scale:
        """On what scale it is charted."""
        return Scale.LOG_DAYS if self is Measure.MEDIAN_WAIT else Scale.LINEAR


@dataclass(frozen=True, slots=True)
class Week:
    """One flow in one complete week, as known at an instant.

    Attributes:
        monday: its first day, as day number.
        open_days: open days of the receiver; strength: the same with reduced days counted in part.
        started: items that began; stopped: items that were completed.
        limited, late: of the completed ones those with a limit, and those of them past it.
        median_days: of the waits completed, elapsed days; None without any.
        same_day: waits that ended on the local day on which they began.
    """

    monday: int
    open_days: int
    strength: float
    started: int
    stopped: int
    limited: int
    late: int
    median_days: float | None
    same_day: int

    @property
    def view(self) -> Perspective:
        """Completed in the period."""
        return Perspective.LOOK_BACK

    def value(self, measure: Measure) -> float | None:
        """Return the point of this week, or None where it has none.

        The median and the share need 10 values. An outflow is a count, of which 0 is a good value: it needs
        the open days alone, else a stop would have no points.
        """
        if self.open_days < FEWEST_OPEN_DAYS:
            return None
        match measure:
            case Measure.MEDIAN_WAIT:
                return self.median_days if self.stopped >= FEWEST_VALUES else None
            case Measure.LATE:
                return 100 * self.late / self.limited if self.limited >= FEWEST_VALUES else None
            case Measure.OUTFLOW:
                return self.stopped / self.strength


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The points of one measure: Mondays and values, both of shape (n,); weeks without a point are left out."""

    view: Perspective
    measure: Measure
    weeks: Ints
    values: Floats


def weeks_of(flow: Flow, known: Known) -> tuple[Week, ...]:
    """Return every complete week, from the first Monday on or after the first start, weeks of nothing included."""
    items, before = flow.items, known.day * DAY_US
    seen = (items.started < before) & (items.started_known <= known.now_us)
    mondays = _mondays(items.started[seen], known.day)
    if not mondays.size:
        return ()
    stopped = seen & (items.end == End.STOP) & (items.ended < before) & (items.ended_known <= known.now_us)
    ended, started, due = items.ended[stopped], items.started[stopped], items.due[stopped]
    columns = (
        mondays.tolist(),
        *_opening(flow, mondays),
        _count(items.started[seen], mondays),
        _count(ended, mondays),
        _count(ended[due != NEVER], mondays),
        _count(ended[ended > due], mondays),
        _medians((ended - started) / DAY_US, ended, mondays),
        _count(ended[ended // DAY_US == started // DAY_US], mondays),
    )
    return tuple(Week(*row) for row in zip(*columns, strict=True))


def starts_by_week(started: Ints, judged_day: int) -> list[tuple[int, Ints]]:
    """Return the Monday of every complete week, and what started in it: positions in `started`.

    Args:
        started: shape (n,), local microseconds.
        judged_day: the local day that is not over: the week it lies in is not complete.
    """
    mondays = _mondays(started, judged_day)
    if not mondays.size:
        return []
    order = np.argsort(started, kind="stable")
    parts = np.split(order, np.searchsorted(started[order], _edges(mondays)))[1:-1]
    return list(zip(mondays.tolist(), parts, strict=True))


def series(weeks: Sequence[Week], measure: Measure) -> Series:
    """Return the points of one measure, for `analysis.series.xmr.chart`."""
    points = [(week.monday, value) for week in weeks if (value := week.value(measure)) is not None]
    mondays = np.array([monday for monday, _ in points], dtype=np.int64)
    values = np.array([value for _, value in points], dtype=np.float64)
    return Series(Perspective.LOOK_BACK, measure, mondays, values)


def measure_of_waits(weeks: Sequence[Week]) -> Measure:
    """Return what to chart of waits: where most of them end on their first day, a median says nothing."""
    mostly_at_once = 2 * sum(week.same_day for week in weeks) > sum(week.stopped for week in weeks)
    return Measure.LATE if mostly_at_once else Measure.MEDIAN_WAIT


def monday_of(day: int) -> int:
    """Return the Monday of a day's week, as day number."""
    return day - (day - MONDAY) % WEEK


def _mondays(started: Ints, judged_day: int) -> Ints:
    if not started.size:
        return np.array([], dtype=np.int64)
    first = monday_of(int(started.min()) // DAY_US + WEEK - 1)
    return np.arange(first, monday_of(judged_day), WEEK, dtype=np.int64)


def _count(instants: Ints, mondays: Ints) -> list[int]:
    counts: list[int] = np.diff(np.searchsorted(np.sort(instants), _edges(mondays))).tolist()
    return counts


def _edges(mondays: Ints) -> Ints:
    """Return the instants at which the weeks begin, and the one at which the last of them ends."""
    return np.append(mondays, mondays[-1] + WEEK) * DAY_US


def _opening(flow: Flow, mondays: Ints) -> tuple[list[int], list[float]]:
    """Return the open days of each week, and their strength."""
    days = flow.calendar.open_days
    first, last = days.slots(mondays), days.slots(mondays + WEEK)
    strength = np.concatenate([[0.0], np.cumsum(days.strength(int(first[0]), int(last[-1])))])
    return (last - first).tolist(), (strength[last - first[0]] - strength[first - first[0]]).tolist()


def _medians(waits: Floats, ended: Ints, mondays: Ints) -> list[float | None]:
    order = np.argsort(ended, kind="stable")
    parts = np.split(waits[order], np.searchsorted(ended[order], _edges(mondays)))[1:-1]
    return [float(np.median(part)) if part.size else None for part in parts]
