"""One flow as known at an instant: what the detectors look at."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from analysis.answers import Answer, Status
from analysis.engine.baseline import Baseline
from analysis.engine.expected import Expected, at_work, outcomes_in
from analysis.hours_known import BY_DAY, known_by_hour
from analysis.items import Flow, Known, Risk

WINDOW: Final = 20
"""Open days that the weekly tests look back on, and the longest window of the daily one."""
HOURS_KNOWN_IN: Final = 56
"""Calendar days: in the ends of so many it shows whether hours are known."""


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
        """Return the view; what no detector asks for is never computed.

        A baseline that is counted in something else than the flow says nothing about it: there the answer is that
        it has to be rebased.
        """
        waits, back = (_fitting(flow, known, one) for one in (baseline, returns))
        return cls(flow, known, waits, back, feed_silent)

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

    def arrivals_ratio(self, open_days: int = WINDOW) -> float | None:
        """Return the items started in the last open days over the baseline's usual number; None without one."""
        if isinstance(self.baseline, Answer):
            return None
        risk = self.waiting
        arrived = np.count_nonzero((risk.start >= risk.since(open_days)) & (risk.start < risk.until))
        return float(arrived) / (open_days * self.baseline.rate)

    def window(self, open_days: int = WINDOW) -> tuple[int, int]:
        """Return the first and the last local day of the last open days."""
        first, after = self.waiting.since(open_days), self.waiting.until
        days = self.flow.calendar.days_of
        return int(days(first, first + 1)[0]), int(days(after - 1, after)[0])


def _fitting(flow: Flow, known: Known, usual: Baseline | Answer) -> Baseline | Answer:
    """Return what is usual, or why that cannot be held against the flow as it is counted now."""
    if not known_by_hour(flow, known.day - HOURS_KNOWN_IN, known.day, known.now_us):
        return BY_DAY
    if isinstance(usual, Answer) or usual.counted_in == flow.calendar.counted_in:
        return usual
    was, is_now = usual.counted_in, flow.calendar.counted_in
    return Answer.unknown(
        Status.WITHHELD, f"what is usual is locked in {was}, and counted are {is_now}: it has to be rebased"
    )
