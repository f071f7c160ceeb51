"""An event log as arrays: what process-mining tables and the steps between events are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Bools, Ints
from analysis.steps import UNKNOWN, Steps


@dataclass(frozen=True, slots=True, eq=False)
class EventLog:
    """Events in canonical order: those of a case together, by time, equal times by their sequence number.

    Arrays have shape (n,), one element per event. Codes are positions in the sorted names, so that codes sort
    like names. The unknown organisation has the empty name; here it is one name like every other.

    Attributes:
        case: number of the case; numbers rise by the sorted references in `cases`.
        activity, org: positions in `activities` and `orgs`.
        time: microseconds, UTC.
    """

    case: Ints
    activity: Ints
    org: Ints
    time: Ints
    cases: tuple[str, ...]
    activities: tuple[str, ...]
    orgs: tuple[str, ...]

    @classmethod
    def of(
        cls, case: Sequence[str], seq: Ints, activity: Sequence[str], time: Ints, org: Sequence[str]
    ) -> "EventLog":
        """Return the log of these columns, whose rows may stand in any order.

        Raises:
            ValueError: the columns differ in length.
        """
        if len({len(column) for column in (case, seq, activity, time, org)}) != 1:
            raise ValueError("every column of a log has one element per event")
        cases, case_code = _coded(case)
        activities, activity_code = _coded(activity)
        orgs, org_code = _coded(org)
        order = np.lexsort((seq, time, case_code))
        return cls(
            case=case_code[order],
            activity=activity_code[order],
            org=org_code[order],
            time=time[order],
            cases=cases,
            activities=activities,
            orgs=orgs,
        )

    def __len__(self) -> int:
        """Return how many events there are."""
        return int(self.case.size)

    @property
    def goes_on(self) -> Bools:
        """Return which events are followed by another of their case; shape (n - 1,), or (0,) without events."""
        same: Bools = self.case[1:] == self.case[:-1]
        return same

    @property
    def known_org(self) -> Ints:
        """Return `org` with UNKNOWN where the organisation has no name, shape (n,)."""
        code = np.array([UNKNOWN if name == "" else place for place, name in enumerate(self.orgs)])
        return code[self.org] if len(self) else self.org

    def steps(self) -> Steps:
        """Return the steps between consecutive events; what happened counts as published when it happened."""
        first = np.flatnonzero(self.goes_on)
        last = first + 1
        org = self.known_org
        return Steps(
            case=self.case[first],
            from_activity=self.activity[first],
            to_activity=self.activity[last],
            from_org=org[first],
            to_org=org[last],
            started=self.time[first],
            started_known=self.time[first],
            ended=self.time[last],
            ended_known=self.time[last],
            foreseen_activity=np.full(first.size, UNKNOWN, dtype=np.int64),
            foreseen_org=np.full(first.size, UNKNOWN, dtype=np.int64),
            finer=np.zeros(first.size, dtype=np.int64),
        )


def _coded(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    distinct = tuple(sorted(set(names)))
    place = {name: code for code, name in enumerate(distinct)}
    return distinct, np.fromiter((place[name] for name in names), dtype=np.int64, count=len(names))
