"""Are items passed on faster than usual? Weekly: more outcomes than the usual pace gives for what was at risk."""

from typing import Final

from analysis.answers import Status
from analysis.detectors.answering import answered, longest, n_open, unanswered, usual
from analysis.engine.expected import outcomes_in, p_high
from analysis.findings import Finding, Kind
from analysis.items import Risk
from analysis.view import WINDOW, View

LEAST_EXPECTED: Final = 1.0
FAST_ABOVE: Final = 1.25
"""Outcomes observed over expected."""


def improved(view: View) -> Finding:
    """Return how the outcomes of the last 20 open days compare with the usual ones, on the high side."""
    baseline = usual(Kind.IMPROVED, view)
    if isinstance(baseline, Finding):
        return baseline
    counts = view.outcomes or outcomes_in(view.recent, baseline, WINDOW)
    if counts.expected < LEAST_EXPECTED:
        why = f"less than one outcome is expected in {WINDOW} open days"
        return unanswered(Kind.IMPROVED, view, Status.NOT_ENOUGH_DATA, why, counts)
    return answered(
        Kind.IMPROVED,
        view,
        counts,
        p=p_high(counts),
        large_enough=counts.times > FAST_ABOVE,
        n_open=n_open(view.recent),
        window=view.window(),
        items=_longest_done(view.recent),
    )


def _longest_done(risk: Risk) -> tuple[int, ...]:
    """Return the items of the window that had their outcome, longest waits first: what was worked off."""
    return longest(risk, risk.outcome & (risk.end >= risk.since(WINDOW)) & (risk.end < risk.until))
