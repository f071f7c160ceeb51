"""Does more come back than usual? Weekly: returns beside the baseline's, for what was at risk."""

from dataclasses import replace
from typing import Final

from analysis.answers import Answer, Sample, Status
from analysis.detectors.answering import answered, longest, unanswered
from analysis.engine.expected import outcomes_in, p_high
from analysis.findings import Finding, Kind
from analysis.items import Risk
from analysis.view import View

WINDOW: Final = 30
"""Open days looked back on: returns are few and come late, but a new habit must not drown in old ones."""
LEAST_EXPECTED: Final = 1.0
MANY_ABOVE: Final = 1.5
"""Returns observed over expected."""


def ping_pong(view: View, open_days: int = WINDOW) -> Finding:
    """Return how the returns of the last open days compare with the usual ones, on the high side.

    The expectation is the engine's with the return as outcome: it allows for the time that a return takes and for
    how much was handed over. The baseline of returns holds 30 of them or has no answer. The specification gives no
    window: 30 open days unless told otherwise (20 and 40 find S5 later at a family's strictness).

    Source: silo_signals section 7, "Ping-pong, rework".
    """
    usual = view.returns
    if isinstance(usual, Answer):
        return unanswered(Kind.PING_PONG, view, usual.status, usual.why or "no baseline of returns")
    counts = outcomes_in(view.returning, usual, open_days)
    if counts.expected < LEAST_EXPECTED:
        why = f"less than one return is expected in {open_days} open days"
        return unanswered(Kind.PING_PONG, view, Status.NOT_ENOUGH_DATA, why, counts)
    found = answered(
        Kind.PING_PONG,
        view,
        counts,
        p=p_high(counts),
        large_enough=counts.times > MANY_ABOVE,
        n_open=0,
        window=view.window(open_days),
        items=_came_back(view.returning, open_days),
    )
    return replace(found, sample=Sample(counts.at_risk, 0, usual.completions))


def _came_back(risk: Risk, open_days: int) -> tuple[int, ...]:
    """Return the items that came back in the window, those first that took longest to."""
    return longest(risk, risk.outcome & (risk.end >= risk.since(open_days)) & (risk.end < risk.until))
