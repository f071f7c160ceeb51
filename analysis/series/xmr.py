"""XmR charts of weekly series: limits, their life, and what each point says.

A chart illustrates a signal and never opens one: more than half of all stable series have a flag once a year.
Only weekly figures belong here: stocks such as daily open counts follow their own yesterday, and a fifth of
their points would fall outside.

Source: section 4 of docs/silo_signals.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from analysis.answers import Answer, Sample, Status
from analysis.arrays import WEEK, Floats, Ints
from analysis.series.xmr_rules import LOCKED_FROM, LONGEST_GAP_DAYS, RUN, Limits, Rule, on_one_side, rules_of

SCREEN: Final = 3.267
"""Moving ranges of so many mean moving ranges or more are left out of the mean once."""


class Scale(StrEnum):
    """On what scale values are charted."""

    LINEAR = "linear"
    LOG_DAYS = "log(1 + days)"
    """For waits: they are skewed."""

    def of(self, values: Floats) -> Floats:
        """Return values as they are charted."""
        return np.log1p(values) if self is Scale.LOG_DAYS else values

    def shown(self, charted: float) -> float:
        """Return a charted value, or a line, in the unit of the series."""
        return float(np.expm1(charted)) if self is Scale.LOG_DAYS else charted


class Better(StrEnum):
    """The declared direction of a measure."""

    LOWER = "lower"
    HIGHER = "higher"


class Change(StrEnum):
    """What a flag means under the declared direction."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"


@dataclass(frozen=True, slots=True)
class Rebase:
    """A person's decision that from a week on new limits hold; data, never made by the program.

    Attributes:
        week: the Monday of the first week of the new limits, as day number.
        by: who decided; reason: what explains the shift; decided: on which day.
    """

    week: int
    by: str
    reason: str
    decided: int

    def __post_init__(self) -> None:
        """Refuse a decision that nobody answers for.

        Raises:
            ValueError: the person or the reason is empty.
        """
        if not (self.by.strip() and self.reason.strip()):
            raise ValueError("a rebase names the person who decided it and what explains the shift")


@dataclass(frozen=True, slots=True)
class Point:
    """One week. `value` is on the chart's scale; `change` is None without a flag, and exactly on the centre."""

    week: int
    value: float
    rule: Rule | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Segment:
    """The points between two rebases, with their own limits, or the reason why there are none."""

    rebase: Rebase | None
    limits: Limits | Answer
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A series in segments, the first one before every rebase: old limits stay drawn."""

    scale: Scale
    better: Better
    segments: tuple[Segment, ...]

    @property
    def flagged(self) -> tuple[Point, ...]:
        """The points that a rule flags."""
        return tuple(point for segment in self.segments for point in segment.points if point.rule)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a chart is made.

    Attributes:
        better: the declared direction.
        scale: of the chart.
        screen: leave out extreme moving ranges once.
        lock_after: the first so many points of a segment make its limits, 12 or more; before, all there are do.
        rebases: decisions, by rising week.
        locked: limits that are already fixed, by the week of the rebase they follow (None: the first ones), so
            that late data do not move them.
    """

    better: Better
    scale: Scale = Scale.LINEAR
    screen: bool = True
    lock_after: int = LOCKED_FROM
    rebases: tuple[Rebase, ...] = ()
    locked: Mapping[int | None, Limits] | None = None

    def __post_init__(self) -> None:
        """Refuse limits locked on too little, and decisions out of order.

        Raises:
            ValueError: `lock_after` is less than 12, or the weeks of the rebases do not rise.
        """
        weeks = [rebase.week for rebase in self.rebases]
        if self.lock_after < LOCKED_FROM or weeks != sorted(set(weeks)):
            raise ValueError(
                f"limits are locked from {LOCKED_FROM} points on, and rebases stand by rising week"
            )


def chart(weeks: Ints, values: Floats, settings: Settings) -> Chart:
    """Return the chart of a weekly series.

    Args:
        weeks: shape (n,), rising: Mondays as day numbers; a week without a point is left out.
        values: shape (n,), in the unit of the series, no NaN.
        settings: direction, scale, rebases.

    Raises:
        ValueError: the weeks do not rise by whole weeks, or a value is no number.
    """
    _check(weeks, values)
    charted = settings.scale.of(values)
    edges = np.searchsorted(weeks, [rebase.week for rebase in settings.rebases])
    decisions: Sequence[Rebase | None] = (None, *settings.rebases)
    parts = zip(decisions, np.split(weeks, edges), np.split(charted, edges), strict=True)
    segments = tuple(_segment(rebase, week, value, settings) for rebase, week, value in parts)
    return Chart(settings.scale, settings.better, segments)


def limits_of(weeks: Ints, values: Floats, *, screen: bool = True) -> Limits | Answer:
    """Return the limits that points give; without moving ranges, or where their mean is 0, the reason.

    Moving ranges lie between points of consecutive weeks only: none reaches across a gap.
    """
    ranges = np.abs(np.diff(values))[np.diff(weeks) == WEEK]
    mean = float(ranges.mean()) if ranges.size else 0.0
    if mean > 0 and screen:
        mean = float(ranges[ranges < SCREEN * mean].mean())
    if mean > 0:
        return Limits(float(values.mean()), mean, int(values.size))
    why = "consecutive weeks do not differ" if ranges.size else "no two consecutive weeks have a point"
    return Answer.unknown(Status.NOT_ENOUGH_DATA, why, Sample(int(values.size)))


def shift_is_sustained(weeks: Ints, values: Floats, limits: Limits, week: int) -> bool:
    """Return whether a rebase from this week on may be recorded: a run of 7 on one side (rule 4) begins in it.

    `values` and `limits` are on the same scale; whether the shift is explained, a person says.
    """
    run = (weeks >= week) & (np.cumsum(weeks >= week) <= RUN)
    unbroken = week in weeks and (np.diff(weeks[run]) <= LONGEST_GAP_DAYS).all()
    return bool(unbroken and on_one_side(values[run], limits).all())


def _segment(rebase: Rebase | None, weeks: Ints, values: Floats, settings: Settings) -> Segment:
    fixed = (settings.locked or {}).get(rebase.week if rebase else None)
    first = slice(settings.lock_after)
    limits = fixed or limits_of(weeks[first], values[first], screen=settings.screen)
    if isinstance(limits, Answer):
        points = tuple(Point(week, value, None, None) for week, value in _pairs(weeks, values))
        return Segment(rebase, limits, points)
    rules = rules_of(weeks, values, limits)
    points = tuple(
        Point(week, value, rule, _change(value, limits, settings.better) if rule else None)
        for (week, value), rule in zip(_pairs(weeks, values), rules, strict=True)
    )
    return Segment(rebase, limits, points)


def _change(value: float, limits: Limits, better: Better) -> Change | None:
    if value == limits.centre:
        return None
    return Change.IMPROVEMENT if (value < limits.centre) == (better is Better.LOWER) else Change.CONCERN


def _pairs(weeks: Ints, values: Floats) -> list[tuple[int, float]]:
    return list(zip(weeks.tolist(), values.tolist(), strict=True))


def _check(weeks: Ints, values: Floats) -> None:
    steps = np.diff(weeks)
    if weeks.shape != values.shape or (steps <= 0).any() or (steps % WEEK).any():
        raise ValueError("one value per week, and weeks rise by whole weeks")
    if not np.isfinite(values).all():
        raise ValueError("a week without a value is left out of the series; it has no NaN")
