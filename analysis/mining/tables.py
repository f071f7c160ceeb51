"""The tables of process mining: who hands over to whom, what follows what, and a log in one page of figures.

They equal what the usual tools compute from the same log, so that exports can be checked against them. They
know finished steps alone, no calendar and no open work: no alarm is raised from them.

Source: section 9 of docs/silo_signals.md.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.arrays import Floats, Ints
from analysis.mining.event_log import EventLog
from analysis.mining.rework import ping_pongs, recurring, reworked_cases


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in seconds.

    Percentiles interpolate linearly between the two nearest values; `stdev` divides by n - 1 and is None for a
    single value.
    """

    count: int
    mean: float
    median: float
    p90: float
    p95: float
    p99: float
    stdev: float | None
    min: float
    max: float
    sum: float

    @classmethod
    def of(cls, seconds: Floats) -> "Times":
        """Return the figures of at least one value."""
        median, p90, p95, p99 = (float(value) for value in np.percentile(seconds, (50, 90, 95, 99)))
        stdev = float(np.std(seconds, ddof=1)) if seconds.size > 1 else None
        low, high, total = float(seconds.min()), float(seconds.max()), float(seconds.sum())
        return cls(seconds.size, total / seconds.size, median, p90, p95, p99, stdev, low, high, total)


class PairTimes(NamedTuple):
    """All consecutive events with these two names (organisations, or activities).

    `share` is their part of all consecutive events: over a whole table it adds up to 1, the diagonal included.
    """

    before: str
    after: str
    times: Times
    share: float


class Deviations(NamedTuple):
    """Event pairs whose distance lies outside what is usual for their two activities.

    `late` are those that took too long; `cases` have at least one of either kind.
    """

    pairs: int
    cases: int
    late: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A log in figures. Times in seconds; `between` and `within` organisations add up to all of it.

    Consecutive events of different organisations are `hand_offs`. `rework` holds, for each activity that some
    case has twice or more, the number of such cases, `extra` its occurrences beyond the first of each;
    `reworked_cases` have any such activity. `case_times` is None for an empty log.
    """

    cases: int
    events: int
    activities: int
    orgs: int
    variants: int
    starts: dict[str, int]
    ends: dict[str, int]
    rework: dict[str, int]
    extra: dict[str, int]
    reworked_cases: int
    case_times: Times | None
    transitions: int
    hand_offs: int
    between_s: float
    within_s: float
    ping_pongs: int
    cases_with_ping_pong: int

    @property
    def between_share(self) -> float | None:
        """Return the share of time between organisations, 0 to 1; None where no time passed."""
        total = self.between_s + self.within_s
        return self.between_s / total if total else None


def handover(log: EventLog) -> tuple[PairTimes, ...]:
    """Return the handover-of-work table: a row for each two organisations that follow each other, sorted."""
    return _table(log, log.org, log.orgs)


def directly_follows(log: EventLog) -> tuple[PairTimes, ...]:
    """Return a row for each two activities that follow each other, sorted."""
    return _table(log, log.activity, log.activities)


def summary(log: EventLog) -> Summary:
    """Return a log in figures. The unknown organisation counts as one here, as it does in the tables."""
    first = _firsts(log)
    last = np.append(first[1:], len(log))[: first.size] - 1
    steps = log.steps()
    seconds = (steps.ended - steps.started) / 1e6
    place = np.flatnonzero(log.goes_on)
    between = log.org[place] != log.org[place + 1]
    ping = ping_pongs(steps)
    again = recurring(steps)
    return Summary(
        cases=first.size,
        events=len(log),
        activities=len(log.activities),
        orgs=len(log.orgs),
        variants=len({log.activity[a : b + 1].tobytes() for a, b in zip(first, last, strict=True)}),
        starts=_counted(log.activity[first], log.activities),
        ends=_counted(log.activity[last], log.activities),
        rework={log.activities[one.activity]: one.cases for one in again},
        extra={log.activities[one.activity]: one.extra for one in again},
        reworked_cases=reworked_cases(steps),
        case_times=Times.of((log.time[last] - log.time[first]) / 1e6) if first.size else None,
        transitions=len(steps),
        hand_offs=int(np.count_nonzero(between)),
        between_s=float(seconds[between].sum()),
        within_s=float(seconds[~between].sum()),
        ping_pongs=ping.count,
        cases_with_ping_pong=ping.cases,
    )


def deviations(log: EventLog, z: float) -> Deviations:
    """Return the event pairs i < j of a case that lie outside their activities' mean +/- z sample stdev.

    Every pair of a case counts, not the consecutive ones alone. Wrong dates stretch the limits: this compares
    logs, it judges nobody. Memory grows with the number of such pairs.
    """
    early, late = _event_pairs(log)
    kind = log.activity[early] * len(log.activities) + log.activity[late]
    seconds = (log.time[late] - log.time[early]) / 1e6
    kinds, at = np.unique(kind, return_inverse=True)
    count = np.bincount(at, minlength=kinds.size)
    mean = np.bincount(at, seconds, kinds.size) / count
    squares = np.bincount(at, (seconds - mean[at]) ** 2, kinds.size)
    stdev = np.sqrt(squares / np.maximum(count - 1, 1))
    too_late = seconds > (mean + z * stdev)[at]
    outside = too_late | (seconds < (mean - z * stdev)[at])
    cases = np.unique(log.case[early[outside]]).size
    return Deviations(int(np.count_nonzero(outside)), cases, int(np.count_nonzero(too_late)))


def _table(log: EventLog, code: Ints, names: tuple[str, ...]) -> tuple[PairTimes, ...]:
    first = np.flatnonzero(log.goes_on)
    pair = code[first] * len(names) + code[first + 1]
    seconds = (log.time[first + 1] - log.time[first]) / 1e6
    order = np.argsort(pair, kind="stable")
    pairs, begins = np.unique(pair[order], return_index=True)
    groups = np.split(seconds[order], begins[1:])
    return tuple(
        PairTimes(*_names(int(one), names), Times.of(group), group.size / first.size)
        for one, group in zip(pairs, groups, strict=False)
    )


def _names(pair: int, names: tuple[str, ...]) -> tuple[str, str]:
    before, after = divmod(pair, len(names))
    return names[before], names[after]


def _firsts(log: EventLog) -> Ints:
    """Return where each case begins."""
    return np.concatenate([np.zeros(min(1, len(log)), dtype=np.int64), np.flatnonzero(~log.goes_on) + 1])


def _counted(code: Ints, names: tuple[str, ...]) -> dict[str, int]:
    counts = np.bincount(code, minlength=len(names))
    return {name: int(count) for name, count in zip(names, counts, strict=True) if count}


def _event_pairs(log: EventLog) -> tuple[Ints, Ints]:
    """Return the positions of all pairs i < j of events of one case, by their distance."""
    early, late = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    at = np.arange(len(log) - 1, dtype=np.int64)
    for apart in range(1, len(log)):
        at = at[at + apart < len(log)]
        at = at[log.case[at] == log.case[at + apart]]
        if not at.size:
            break
        early.append(at)
        late.append(at + apart)
    return np.concatenate(early), np.concatenate(late)
