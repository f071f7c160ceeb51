"""One flow as known at an instant: what the detectors look at."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from analysis.answers import Answer
from analysis.engine.baseline import Baseline
from analysis.engine.expected import Expected, at_work, outcomes_in
from analysis.items import Flow, Known, Risk

WINDOW: Final = 20
"""Open days that the weekly tests look back on, and the longest window of the daily one."""


@dataclass(frozen=True, eq=False)
class View:
    """A flow, what was known of it, and its usual pace; build it with `of`, look at it, throw it away.

    Attributes:
        flow, known: the items, and which of their facts count.
        baseline: the usual pace of the stops, or why there is none.
        returns: the usual pace of the returns, or why there is none.
        feed_silent: whether the receiver's feed has stopped: unpublished and undone look the same then.
    """

    flow: Flow
    known: Known
    baseline: Baseline | Answer
    returns: Baseline | Answer
    feed_silent: bool

    @classmethod
    def of(
        cls,
        flow: Flow,
        known: Known,
        baseline: Baseline | Answer,
        returns: Baseline | Answer,
        feed_silent: bool,
    ) -> "View":
        """Return the view; what no detector asks for is never computed."""
        return cls(flow, known, baseline, returns, feed_silent)

    @cached_property
    def waiting(self) -> Risk:
        """The items with their stop as outcome."""
        return self.flow.waiting(self.known)

    @cached_property
    def returning(self) -> Risk:
        """The items with their return as outcome."""
        return self.flow.returning(self.known)

    @cached_property
    def recent(self) -> Risk:
        """Those of `waiting` that were at risk in the window."""
        return at_work(self.waiting, WINDOW)

    @cached_property
    def outcomes(self) -> Expected | None:
        """The stops of the window beside the usual ones; None without a baseline."""
        if isinstance(self.baseline, Answer):
            return None
        return outcomes_in(self.recent, self.baseline, WINDOW)

    def arrivals_ratio(self, slots: int = WINDOW) -> float | None:
        """Return the items started in the last open days over the baseline's usual number; None without one."""
        if isinstance(self.baseline, Answer):
            return None
        risk = self.waiting
        arrived = np.count_nonzero((risk.start >= risk.until - slots) & (risk.start < risk.until))
        return float(arrived) / (slots * self.baseline.rate)

    def window(self, slots: int = WINDOW) -> tuple[int, int]:
        """Return the first and the last local day of the last open days."""
        days = self.flow.calendar.days[max(self.waiting.until - slots, 0) : self.waiting.until]
        return int(days[0]), int(days[-1])
