"""Overdue and excess: what is past its limit by the clock, for how long, and what that comes to in item-days.

With a limit the excess is the time past it, in exact microseconds; without one it is the item-days past the
baseline's median, net of those that the usual pace gives, because half of all items pass a median.

Source: section 5 of docs/silo_signals.md; docs/decisions/0005-due-instants.md.
"""

from dataclasses import dataclass

import numpy as np

from analysis.answers import NOTHING, Answer, Sample, Status
from analysis.arrays import DAY_US, NEVER, Bools, Floats, Ints
from analysis.engine.baseline import Baseline
from analysis.items import Items, Known, Risk
from analysis.shares import total_us


@dataclass(frozen=True, slots=True)
class NetExcess:
    """Item-days (open days) past an age in a window: observed, and what the baseline gives for the same arrivals.

    `variance` is that of observed - expected while the usual pace holds, the baseline's own error included. `age`
    is in slots. Open hours of a flow that is counted in them are parts of an open day.
    """

    observed: float
    expected: float
    variance: float
    age: int

    @property
    def net(self) -> float:
        """Item-days more than usual; negative where there are fewer."""
        return self.observed - self.expected


def overdue(items: Items, known: Known) -> Bools:
    """Return which items are open and past the end of their due day (or hour) at the judged clock, shape (n,)."""
    before = known.day * DAY_US
    is_open: Bools = _ended(items, known) == NEVER
    return is_open & _seen(items, known) & (items.due < before)


def accrued_us(items: Items, known: Known, first_us: int, last_us: int) -> int:
    """Return the excess that accrued in a period [first_us, last_us), in microseconds: periods add up to the whole.

    The excess of an item runs from the end of its due day (one microsecond after `due`) to its end, or to the
    judged clock while it is open. An end that is known to its day alone counts from the beginning of that day:
    nothing is added that is not known. Instants are local.
    """
    late = _seen(items, known) & (items.due != NEVER)
    begins = np.maximum(items.due[late] + 1, first_us)
    ends = np.minimum(np.minimum(_ended(items, known)[late], known.day * DAY_US), last_us)
    return total_us(np.maximum(ends - begins, 0))


def net_excess(risk: Risk, baseline: Baseline | Answer, first: int, last: int) -> NetExcess | Answer:
    """Return the item-days past the baseline's median in the slots from `first` to before `last`, net of the usual.

    An item that is open at the beginning of slot t counts one item-slot when t - start is the median or more;
    expected are, over all items that had arrived, the shares that the baseline has at risk at those ages, up to
    where an item left without its outcome. `last` is at most `risk.until`.
    """
    if isinstance(baseline, Answer):
        return baseline
    median = baseline.quantile(0.5)
    if median is None:
        why = "less than half of the baseline's items had their outcome: it has no median"
        return Answer.unknown(Status.NOT_ENOUGH_DATA, why, Sample(baseline.items))
    if last > risk.until or first >= last:
        return Answer.unknown(Status.NOT_ENOUGH_DATA, "the period has no complete open day yet", NOTHING)
    return _against(risk, baseline, median, first, last)


def _against(risk: Risk, baseline: Baseline, age: int, first: int, last: int) -> NetExcess:
    left = np.where(risk.outcome, NEVER, risk.end)  # without an outcome: nothing more is expected of it
    start, end, leaves = (array[risk.start < last - age] for array in (risk.start, risk.end, left))
    youngest = np.maximum(first - start, age)  # ages counted: youngest .. oldest - 1
    oldest = np.maximum(np.minimum(leaves + 1, last) - start, youngest)
    observed = np.maximum(np.minimum(end + 1, last) - (start + youngest), 0)
    ages = np.arange(int(oldest.max(initial=1)), dtype=np.int64)
    at_risk = np.append(1.0, baseline.survival_at(ages[:-1]))
    mean = _between(at_risk, youngest, oldest)
    of_squares = _between((2 * ages + 1) * at_risk, youngest, oldest) - 2 * youngest * mean
    baseline_error = _between(at_risk * np.append(0.0, baseline.greenwood_at(ages[:-1])), youngest, oldest)
    variance = float((of_squares - mean**2).sum()) + float(baseline_error.sum()) ** 2
    a_day = risk.calendar.per_day
    return NetExcess(int(observed.sum()) / a_day, float(mean.sum()) / a_day, variance / a_day**2, age)


def _between(by_age: Floats, first: Ints, last: Ints) -> Floats:
    """Return the sum over the ages from `first` to before `last`, one per pair."""
    sums = np.append(0.0, np.cumsum(by_age))
    return np.asarray(sums[last] - sums[first], dtype=np.float64)


def _seen(items: Items, known: Known) -> Bools:
    return (items.started < known.day * DAY_US) & (items.started_known <= known.now_us)


def _ended(items: Items, known: Known) -> Ints:
    """Return when each item ended as far as was known, NEVER while it was open."""
    ended = (items.ended < known.day * DAY_US) & (items.ended_known <= known.now_us)
    return np.where(ended, items.ended, NEVER)
