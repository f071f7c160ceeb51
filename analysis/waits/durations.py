"""Waits, some of them unfinished: what is made of items so that open ones count with the age they have reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.arrays import Bools, Floats, Ints
from analysis.items import Risk

COHORT_DAYS: Final = 40
"""A start cohort is what began in the last 40 open days."""


@dataclass(frozen=True, slots=True, eq=False)
class Durations:
    """Waits, some of them unfinished: where `censored`, the wait lasted at least `time`; both of shape (n,)."""

    time: Floats
    censored: Bools

    def __post_init__(self) -> None:
        """Refuse what the estimators would take silently.

        Raises:
            ValueError: the shapes differ, or a time is negative or no number.
        """
        if self.time.shape != self.censored.shape or self.time.ndim != 1:
            raise ValueError(f"one flag per time: {self.time.shape} and {self.censored.shape}")
        if not (np.isfinite(self.time) & (self.time >= 0)).all():
            raise ValueError(
                "a wait is a finite number, 0 or more: leave negative hand-offs out and count them"
            )

    def __len__(self) -> int:
        """Return how many waits there are, finished or not."""
        return int(self.time.size)

    @property
    def completions(self) -> int:
        """How many of them are finished."""
        return int(self.time.size - np.count_nonzero(self.censored))

    @classmethod
    def of(cls, start: Ints, end: Ints, outcome: Bools, until: int | Ints) -> "Durations":
        """Return the waits at the beginning of `until` (a day or a slot), which is itself unfinished.

        Args:
            start: day or slot in which each began; those of `until` or later are left out.
            end: when it ended; NEVER, or `until` and later: it is still open and censored at
                `until - 1 - start`, the last complete day on which it could have ended.
            outcome: whether it ended by what was awaited; else it is censored at its end.
            until: the judged day, or that of each.
        """
        begun = start < until
        over = end < until
        time = (np.where(over, end, until - 1) - start)[begun]
        return cls(time.astype(np.float64), ~(over & outcome)[begun])

    @classmethod
    def together(cls, samples: Sequence["Durations"]) -> "Durations":
        """Return the waits of several samples as one.

        Raises:
            ValueError: there is no sample.
        """
        return cls(*(np.concatenate([getattr(one, name) for one in samples]) for name in cls.__slots__))

    @classmethod
    def started_in(cls, risk: Risk, first: int, last: int, until: int | None = None) -> "Durations":
        """Return the waits of the items that started in the slots from `first` to before `last`, in slots.

        They are followed to the judged day, or to the slot `until` if that comes first.
        """
        chosen = (risk.start >= first) & (risk.start < last)
        end = risk.until if until is None else min(until, risk.until)
        return cls.of(risk.start[chosen], risk.end[chosen], risk.outcome[chosen], end)

    @classmethod
    def cohort(cls, risk: Risk, open_days: int = COHORT_DAYS) -> "Durations":
        """Return the waits, in slots, of what started in the last open days before the judged one."""
        return cls.started_in(risk, risk.since(open_days), risk.until)


def longest_tau(*samples: Durations) -> float:
    """Return the time up to which all samples can be compared.

    It is the least longest follow-up of those that are not wholly over: what is over is known for all time to come,
    so that a quick sample shortens nothing. Where all are over, it is the longest wait.

    Raises:
        ValueError: no samples, or one of them is empty.
    """
    if not samples or not all(map(len, samples)):
        raise ValueError("samples that are compared have at least one wait each")
    longest = [float(sample.time.max()) for sample in samples]
    going_on = [
        tau for tau, sample in zip(longest, samples, strict=True) if sample.censored[sample.time == tau].any()
    ]
    return min(going_on, default=max(longest))
