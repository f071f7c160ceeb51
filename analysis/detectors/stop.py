"""Has the flow stopped? Daily: hardly any outcome where the usual pace gives many."""

from typing import Final

from analysis.answers import Status
from analysis.detectors.answering import answered, longest_open, n_open, unanswered, usual
from analysis.engine.expected import Expected, outcomes_in_each, p_low
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

    It fires where `large_enough` (9 expected, at most 0.3 of them observed) and `p` is under 1e-4.
    """
    baseline = usual(Kind.STOP, view)
    if isinstance(baseline, Finding):
        return baseline
    each = tuple(zip(WINDOWS, outcomes_in_each(view.recent, baseline, WINDOWS), strict=True))
    enough = [one for one in each if one[1].expected >= LEAST_EXPECTED]
    if not enough:
        return unanswered(Kind.STOP, view, Status.NOT_ENOUGH_DATA, TOO_SMALL, each[-1][1])
    open_days, counts = next((one for one in enough if fires(one[1])), enough[0])
    return answered(
        Kind.STOP,
        view,
        counts,
        p=p_low(counts),
        large_enough=counts.observed <= MOST_OBSERVED * counts.expected,
        n_open=n_open(view.recent),
        window=view.window(open_days),
        items=longest_open(view.recent),
    )


def fires(counts: Expected) -> bool:
    """Return whether one window shows a stop."""
    enough = counts.expected >= LEAST_EXPECTED
    return enough and counts.observed <= MOST_OBSERVED * counts.expected and p_low(counts) < P_STOP
