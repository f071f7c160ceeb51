"""Has the flow stopped? Daily: hardly any outcome where the usual pace gives many."""

from typing import Final

from analysis.answers import Status
from analysis.detectors.answering import answered, longest_open, n_open, unanswered, usual
from analysis.engine.baseline import Baseline
from analysis.engine.expected import Expected, one_of_each, outcomes_in_each, p_low
from analysis.findings import Finding, Kind
from analysis.view import View

WINDOWS: Final = (5, 10, 20)
"""Open days looked back on."""
LEAST_EXPECTED: Final = 9.0
MOST_OBSERVED: Final = 0.3
"""Of what is expected."""
P_STOP: Final = 1e-4
TOO_SMALL: Final = "flow too small to see a stop in four weeks"


def stop(view: View) -> Finding:
    """Return the shortest window that shows a stop; without one, the shortest in which enough was expected.

    It fires where `large_enough` (9 expected, at most 0.3 of them observed) and `p` is under 1e-4. Observed is
    what was completed at any age, and in open hours it is held against one outcome of each item at most: where all
    of it comes late, work is slow and has not stopped.
    """
    baseline = usual(Kind.STOP, view)
    if isinstance(baseline, Finding):
        return baseline
    counted = outcomes_in_each(view.recent, baseline, WINDOWS, late_too=True)
    each = tuple(zip(WINDOWS, counted, strict=True))
    enough = [one for one in each if one[1].expected >= LEAST_EXPECTED]
    if not enough:
        return unanswered(Kind.STOP, view, Status.NOT_ENOUGH_DATA, TOO_SMALL, each[-1][1])
    shown = [_finding(view, baseline, *one) for one in enough]
    return next((one for one in shown if fires(one)), shown[0])


def _finding(view: View, baseline: Baseline, open_days: int, counts: Expected) -> Finding:
    """Return what one window shows."""
    size = one_of_each(counts, view.recent, baseline, open_days)
    return answered(
        Kind.STOP,
        view,
        size,
        p=p_low(counts),
        large_enough=size.observed <= MOST_OBSERVED * size.expected,
        n_open=n_open(view.recent),
        window=view.window(open_days),
        items=longest_open(view.recent),
    )


def fires(finding: Finding) -> bool:
    """Return whether an answered test shows a stop."""
    return finding.large_enough and finding.p is not None and finding.p < P_STOP
