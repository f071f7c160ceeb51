"""Are more items open past their limit than usual? Weekly; without a limit, past the baseline's median."""

from typing import Final

from analysis.answers import Status
from analysis.arrays import DAY_US, NEVER
from analysis.detectors.answering import unanswered, usual
from analysis.detectors.open_age import many_open
from analysis.engine.open_over import old_at
from analysis.findings import Finding, Kind
from analysis.view import View

MEDIAN: Final = 0.5
UNREACHED: Final = "there is no limit, and the baseline's median was not reached"


def overdue_excess(view: View) -> Finding:
    """Return how many items are open past their due day, beside those the usual pace leaves open past it.

    A due day counts once it is over. Items without a due time in a flow that has limits are left out.
    """
    baseline = usual(Kind.OVERDUE_EXCESS, view)
    if isinstance(baseline, Finding):
        return baseline
    due = view.flow.items.due
    if (due != NEVER).any():
        past = due < view.known.day * DAY_US
        return many_open(Kind.OVERDUE_EXCESS, view, baseline, past[view.waiting.item])
    age = baseline.quantile(MEDIAN)
    if age is None:
        return unanswered(Kind.OVERDUE_EXCESS, view, Status.NOT_ENOUGH_DATA, UNREACHED)
    return many_open(Kind.OVERDUE_EXCESS, view, baseline, old_at(view.waiting, age))
