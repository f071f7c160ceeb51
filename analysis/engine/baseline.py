"""How fast outcomes usually come at each age: the locked baseline of a flow."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from analysis.arrays import Bools, Floats, Ints
from analysis.open_days import COUNTED_IN_DAYS

FEW: Final = 20
"""From the first age with fewer items at risk than this, one pooled hazard serves all older ages."""
ROUNDING: Final = 1e-12
"""What a survival may lie above its quantile by arithmetic alone."""

_ARRAYS: Final = ("at_risk", "outcomes", "rhythm", "arrivals")
Content = dict[str, int | float | str | list[float] | None]


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """The items started in a fixed window, as they stood at its end; ages are whole slots since the start.

    A slot is an open day of the receiver or, where `counted_in` says so, an open hour.

    The arrays given have one element per age 0 .. tail - 1 and a last one for the pooled tail, shape (tail + 1,).
    Exposures are counted in full-strength slots: an item at risk in a slot of declared strength w gives w of one,
    because w of the usual outcomes are expected there.

    Attributes:
        first_day, last_day: local days of the window, both included.
        items, completions: how many started in it, and how many of them had their outcome in it.
        open_days: open days of the receiver in the window.
        at_risk: item-slots n_k behind each hazard.
        outcomes: outcomes d_k at each age.
        follow_up: ages observed at all: the tail's ages are tail .. follow_up - 1.
        phi: by how much counts of 5 open days vary more than independent items would; 1 or more.
        rhythm: outcomes on each weekday (0 = Monday) over what the hazards give on it, shape (7,); where slots are
            hours, in each hour of the day, shape (24,).
        arrivals: items started on each local weekday, or in each hour; zeros where nobody counted.
        counted_in: of what layout the slots are, `OpenTime.counted_in`.
        judged_to: outcomes are expected, and counted, at ages below this one; None: at all. In hours the pooled
            tail is not judged: one hazard for hours and weeks alike would expect of a single item that is stuck an
            outcome every few hours. A stop counts them at every age.
        hazard: h_k, shape (tail + 1,).
        pace: h_k where outcomes are expected, 0 at ages that are not judged.
        spread: h_k (1 - h_k) of the pace, shape (tail + 1,).
        error: the variance of the pace, shape (tail + 1,).
    """

    first_day: int
    last_day: int
    items: int
    completions: int
    open_days: int
    at_risk: Floats
    outcomes: Floats
    follow_up: int
    phi: float
    rhythm: Floats = field(default_factory=lambda: np.ones(7))
    arrivals: Floats = field(default_factory=lambda: np.zeros(7))
    counted_in: str = COUNTED_IN_DAYS
    judged_to: int | None = None
    hazard: Floats = field(init=False)
    pace: Floats = field(init=False)
    spread: Floats = field(init=False)
    error: Floats = field(init=False)
    _log_survival: Floats = field(init=False)
    _relative_variance: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Derive what every judgement needs, once."""
        hazard = _hazards(self.at_risk, self.outcomes)
        rest = np.maximum(1 - hazard, np.finfo(np.float64).eps)
        pace = hazard if self.judged_to is None else hazard * (np.arange(hazard.size) < self.judged_to)
        spread = pace * (1 - pace)
        exposed = np.maximum(self.at_risk, FEW)
        relative = np.where(hazard < 1, hazard * (1 - hazard) / exposed / rest**2, 0.0)
        for name, value in (
            ("hazard", hazard),
            ("pace", pace),
            ("spread", spread),
            ("error", spread / exposed),
            ("_log_survival", np.cumsum(np.log(rest))),
            ("_relative_variance", np.concatenate([np.cumsum(relative[:-1]), relative[-1:]])),
        ):
            object.__setattr__(self, name, value)

    @property
    def tail(self) -> int:
        """The first age that shares the pooled hazard."""
        return int(self.at_risk.size) - 1

    @property
    def rate(self) -> float:
        """Items started per open day of the receiver."""
        return self.items / self.open_days

    def judged(self, ages: Ints) -> Bools:
        """Return which ages outcomes are expected and counted at."""
        every: Bools = ages >= 0
        return every if self.judged_to is None else ages < self.judged_to

    def survival_at(self, ages: Ints) -> Floats:
        """Return the share still without outcome at the end of the slot at each age, 0 or more."""
        beyond = np.maximum(ages - self.tail, 0)
        return np.exp(
            self._log_survival[np.minimum(ages, self.tail)] + beyond * math.log1p(-self._tail_hazard)
        )

    def greenwood_at(self, ages: Ints) -> Floats:
        """Return the relative standard error of `survival_at` by Greenwood; 0 where nothing survives.

        In the tail all ages share one hazard, so its error grows with their number, not with its root.
        """
        before = self._relative_variance[np.minimum(ages, self.tail - 1)] if self.tail else 0.0
        in_tail = np.maximum(ages - self.tail + 1, 0)
        variance = before + in_tail**2 * self._relative_variance[-1]
        return np.asarray(np.sqrt(variance), dtype=np.float64)

    def quantile(self, share: float) -> int | None:
        """Return the first age by whose end `share` of the items had their outcome; None where not observed."""
        survival = self.survival_at(np.arange(self.follow_up))
        reached = np.flatnonzero(survival <= 1 - share + ROUNDING)
        return int(reached[0]) if reached.size else None

    @property
    def _tail_hazard(self) -> float:
        return min(float(self.hazard[-1]), 1 - np.finfo(np.float64).eps)

    def content(self) -> Content:
        """Return everything given, as JSON holds it."""
        return {
            "first_day": self.first_day,
            "last_day": self.last_day,
            "items": self.items,
            "completions": self.completions,
            "open_days": self.open_days,
            "at_risk": self.at_risk.tolist(),
            "outcomes": self.outcomes.tolist(),
            "follow_up": self.follow_up,
            "phi": self.phi,
            "rhythm": self.rhythm.tolist(),
            "arrivals": self.arrivals.tolist(),
            "counted_in": self.counted_in,
            "judged_to": self.judged_to,
        }

    @classmethod
    def of_content(cls, content: Mapping[str, object]) -> "Baseline":
        """Return the same baseline again, to the last bit; one that does not say otherwise is counted in days."""
        arrays = {name: np.array(content[name], dtype=np.float64) for name in _ARRAYS}
        return cls(**{**content, **arrays})  # type: ignore[arg-type] # JSON


def _hazards(at_risk: Floats, outcomes: Floats) -> Floats:
    """Return outcomes per item-slot, at most 1; a tail with nobody at risk takes the last hazard before it."""
    hazard = np.minimum(outcomes / np.where(at_risk > 0, at_risk, 1.0), 1.0)
    if at_risk[-1] == 0 and at_risk.size > 1:
        hazard[-1] = hazard[-2]
    return hazard
