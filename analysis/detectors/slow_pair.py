"""Do items wait longer than usual? Weekly: fewer outcomes than the usual pace gives for what was at risk."""

from typing import Final

from analysis.answers import Status
from analysis.detectors.answering import answered, longest_open, n_open, unanswered, usual
from analysis.engine.expected import outcomes_in, p_low
from analysis.findings import Finding, Kind
from analysis.view import WINDOW, View

LEAST_EXPECTED: Final = 5.0
SLOW_BELOW: Final = 0.8
"""Outcomes observed over expected."""


def slow_pair(view: View) -> Finding:
    """Return how the outcomes of the last 20 open days compare with the usual ones, on the low side."""
    baseline = usual(Kind.SLOW_PAIR, view)
    if isinstance(baseline, Finding):
        return baseline
    counts = view.outcomes or outcomes_in(view.recent, baseline, WINDOW)
    if counts.expected < LEAST_EXPECTED:
        why = f"fewer than {LEAST_EXPECTED:.0f} outcomes are expected in {WINDOW} open days"
        return unanswered(Kind.SLOW_PAIR, view, Status.NOT_ENOUGH_DATA, why, counts)
    return answered(
        Kind.SLOW_PAIR,
        view,
        counts,
        p=p_low(counts),
        large_enough=counts.times < SLOW_BELOW,
        n_open=n_open(view.recent),
        window=view.window(),
        items=longest_open(view.recent),
    )
