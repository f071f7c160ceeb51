"""Do items stay open longer than usual? Weekly: more open past an old age than the usual pace leaves."""

from typing import Final

from analysis.answers import Status
from analysis.arrays import Bools
from analysis.detectors.answering import answered, longest, still_open, unanswered, usual
from analysis.engine.baseline import Baseline
from analysis.engine.expected import p_high
from analysis.engine.open_over import old_at, open_among
from analysis.findings import Finding, Kind
from analysis.view import View

OLD: Final = 0.9
"""The share of the baseline's items that had their outcome by the age looked at."""
LEAST_EXPECTED: Final = 1.0
MANY_ABOVE: Final = 1.25
"""Open items observed over expected."""
UNREACHED: Final = "the baseline's 90 % quantile was not reached: too few of its items are done"


def open_age(view: View) -> Finding:
    """Return how many items are open past the baseline's 90 % quantile, beside the usual number."""
    baseline = usual(Kind.OPEN_AGE, view)
    if isinstance(baseline, Finding):
        return baseline
    age = baseline.quantile(OLD)
    if age is None:
        return unanswered(Kind.OPEN_AGE, view, Status.NOT_ENOUGH_DATA, UNREACHED)
    return many_open(Kind.OPEN_AGE, view, baseline, old_at(view.waiting, age))


def many_open(kind: Kind, view: View, baseline: Baseline, old: Bools) -> Finding:
    """Return the finding about the open ones among the items of `waiting` that are old enough, shape (n,)."""
    risk = view.waiting
    counts = open_among(risk, baseline, old)
    if counts.expected < LEAST_EXPECTED:
        why = "less than one open item of that age is expected"
        return unanswered(kind, view, Status.NOT_ENOUGH_DATA, why, counts)
    last = view.window(1)[1]
    return answered(
        kind,
        view,
        counts,
        p=p_high(counts),
        large_enough=counts.times > MANY_ABOVE,
        n_open=counts.observed,
        window=(last, last),
        items=longest(risk, old & still_open(risk)),
    )
