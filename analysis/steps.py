"""Steps: the time from one event of a case to the next, inside an organisation or across a boundary."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, NEVER, Bools, Codes, Ints
from analysis.items import Known

UNKNOWN: Final = -1
"""The code of an organisation or an activity that nobody knows (yet)."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The steps of all cases; every array has shape (n,), one element per step.

    The steps of one case stand together, in the order of its timeline (those of equal instants in any order); an
    unfinished case ends with an open step. `started` and `ended` are local wall-clock microseconds counted as if
    they were UTC; in a case that is cut to days they are whole days. Those that say when something was published
    (`_known`) are UTC; an imported event whose publication nobody recorded counts as published when it happened.

    Attributes:
        case: number of the case, any distinct integer.
        from_activity, to_activity: codes of the activities at both ends; UNKNOWN at the end of an open step.
        from_org, to_org: codes of the organisations at both ends; UNKNOWN where not told, and as `to_activity`.
        started, started_known: when the step began, and when that was published.
        ended, ended_known: when it ended, and when that was published; NEVER while it is open.
        foreseen_activity, foreseen_org: what was awaited, and of whom, when the step began, because the register
            says what comes next; UNKNOWN where it settles nothing. What came in the end has no say in it.
        finer: a code that tells steps of one activity pair apart: the type of court that the case was last before
            when the step began, 0 before any; zeros where nothing tells it. The organisation at the end of the step
            has no say in it.
    """

    case: Ints
    from_activity: Codes
    to_activity: Codes
    from_org: Codes
    to_org: Codes
    started: Ints
    started_known: Ints
    ended: Ints
    ended_known: Ints
    foreseen_activity: Codes
    foreseen_org: Codes
    finer: Codes

    def __len__(self) -> int:
        """Return how many steps there are."""
        return int(self.case.size)

    @property
    def open(self) -> Bools:
        """Return which steps have not ended."""
        unfinished: Bools = self.ended == NEVER
        return unfinished

    @property
    def placed(self) -> Bools:
        """Return which steps have known organisations and activities at both ends."""
        activities: Bools = (self.from_activity != UNKNOWN) & (self.to_activity != UNKNOWN)
        organisations: Bools = (self.from_org != UNKNOWN) & (self.to_org != UNKNOWN)
        return activities & organisations

    @property
    def foreseen(self) -> Bools:
        """Return of which steps both ends were known, or foreseen, when they began."""
        begun: Bools = (self.from_activity != UNKNOWN) & (self.from_org != UNKNOWN)
        settled: Bools = (self.foreseen_activity != UNKNOWN) & (self.foreseen_org != UNKNOWN)
        return begun & settled

    @property
    def across(self) -> Bools:
        """Return which steps lead from one known organisation to another: the discovered hand-offs."""
        different: Bools = self.from_org != self.to_org
        known: Bools = (self.from_org != UNKNOWN) & (self.to_org != UNKNOWN)
        return different & known

    def only(self, chosen: Bools) -> "Steps":
        """Return some of the steps, in the same order; arrays are shared where nothing is left out."""
        if chosen.all():
            return self
        return Steps(*(getattr(self, name)[chosen] for name in self.__slots__))

    def joined(self, others: "Steps") -> "Steps":
        """Return these steps and others behind them."""
        pairs = ((getattr(self, name), getattr(others, name)) for name in self.__slots__)
        return Steps(*(np.concatenate(pair) for pair in pairs))

    def known_at(self, known: Known) -> "Steps":
        """Return the steps as they were known: what ended later, or was told later, was still open.

        An open step has the end that was foreseen.
        """
        before = known.day * DAY_US
        seen = self.only((self.started < before) & (self.started_known <= known.now_us))
        over = (seen.ended < before) & (seen.ended_known <= known.now_us)
        return replace(
            seen,
            to_activity=np.where(over, seen.to_activity, seen.foreseen_activity),
            to_org=np.where(over, seen.to_org, seen.foreseen_org),
            ended=np.where(over, seen.ended, NEVER),
            ended_known=np.where(over, seen.ended_known, NEVER),
        )
