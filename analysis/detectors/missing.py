"""Is more skipped than usual? Weekly: items proven never to be done, as a share of what was closed."""

from dataclasses import replace
from typing import Final

import numpy as np

from analysis.answers import Answer, Status
from analysis.arrays import Bools
from analysis.detectors.answering import answered, longest, n_open, unanswered, usual
from analysis.engine.baseline import Baseline
from analysis.engine.expected import Expected, outcomes_in, p_high
from analysis.engine.locking import locked_baseline
from analysis.findings import Finding, Kind
from analysis.items import End, Risk
from analysis.view import WINDOW, View

FEWEST_MISSING: Final = 5
FEWEST_CLOSED: Final = 30
MANY_ABOVE: Final = 1.5
"""Missing observed over expected."""


def missing(view: View) -> Finding:
    """Return the share of missing ones among the items closed in the last 20 open days, beside the baseline's.

    Closed is what was done or proven never to be; open items wait for their proof, void ones are nobody's. The
    baseline's share is that of the items closed in its window, with half an item added on either side (Jeffreys),
    so that a baseline without any is not taken for certainty; its error is in the variance.

    Where stops fail to come, skips are a larger share of what is closed although no more of them happen; and after
    a surge proofs may come when stops no longer do. So the missing must also be more than the engine gives for what
    was at risk, with the skip as outcome: p is the larger of both, and `large_enough` (O/E > 1.5) holds for both.
    Effect and `expected` are those of the share.

    The proof counts once the judged clock has passed it, so that a stop published late is not taken for a skip.

    Source: silo_signals section 7, "Missing hand-offs".
    """
    pace = usual(Kind.MISSING, view)
    if isinstance(pace, Finding):
        return pace
    risk, ends = view.waiting, view.flow.items.end[view.waiting.item]
    skips = replace(risk, outcome=(risk.end < risk.until) & (ends == End.MISSING))
    closed = risk.outcome | skips.outcome
    counts = _among_closed(skips, closed, pace)
    if counts.at_risk < FEWEST_CLOSED or counts.observed < FEWEST_MISSING:
        why = (
            f"{counts.at_risk} closed and {counts.observed} missing, "
            f"where {FEWEST_CLOSED} and {FEWEST_MISSING} are needed"
        )
        return unanswered(Kind.MISSING, view, Status.NOT_ENOUGH_DATA, why, counts)
    both = counts, _among_waiting(skips, pace) or counts
    return answered(
        Kind.MISSING,
        view,
        counts,
        p=max(map(p_high, both)),
        large_enough=min(one.times for one in both) > MANY_ABOVE,
        n_open=n_open(view.recent),
        window=view.window(),
        items=longest(skips, skips.outcome & (skips.end >= skips.since(WINDOW))),
    )


def _among_closed(skips: Risk, closed: Bools, pace: Baseline) -> Expected:
    """Return the missing among the items closed in the window, from their share in the baseline's window."""
    first, last = (skips.calendar.slot(day) for day in (pace.first_day, pace.last_day + 1))
    then = closed & (skips.end >= first) & (skips.end < last)
    lately = closed & (skips.end >= skips.since(WINDOW))
    usually, n = int(np.count_nonzero(then)), int(np.count_nonzero(lately))
    share = (np.count_nonzero(then & skips.outcome) + 0.5) / (usually + 1)
    spread = share * (1 - share)
    observed = int(np.count_nonzero(lately & skips.outcome))
    return Expected(observed, n * share, n * spread + n**2 * spread / (usually + 1), n)


def _among_waiting(skips: Risk, pace: Baseline) -> Expected | None:
    """Return the missing of the window beside what the engine gives; None where the baseline has none of them."""
    usually = locked_baseline(skips, pace.first_day, pace.last_day, least=1, every_age=True)
    return None if isinstance(usually, Answer) else outcomes_in(skips, usually, WINDOW)
