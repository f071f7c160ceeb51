"""How a detector that compares observed with expected puts its answer."""

from typing import Final

import numpy as np

from analysis.answers import Answer, Sample, Status
from analysis.arrays import Bools
from analysis.engine.baseline import Baseline
from analysis.engine.expected import Expected, ratio
from analysis.findings import About, Finding, Kind
from analysis.items import Risk
from analysis.view import View

SHOWN: Final = 10
"""Items that a finding shows."""
SILENT: Final = "the receiver's feed is silent: what is not published looks like what is not done"


def usual(kind: Kind, view: View) -> Baseline | Finding:
    """Return the usual pace, or the finding that there is none to judge by: feed silent, baseline missing."""
    if view.feed_silent:
        return unanswered(kind, view, Status.WITHHELD, SILENT)
    if isinstance(view.baseline, Answer):
        why = view.baseline.why or "there is no baseline"
        return unanswered(kind, view, view.baseline.status, why)
    return view.baseline


def unanswered(kind: Kind, view: View, status: Status, why: str, counts: Expected | None = None) -> Finding:
    """Return the finding of a test that has no answer, with what was counted."""
    if counts is None:
        return Finding(kind, About(view.flow.key), status, why)
    sample = Sample(counts.at_risk)
    return Finding(
        kind,
        About(view.flow.key),
        status,
        why,
        observed=counts.observed,
        expected=counts.expected,
        variance=counts.variance,
        sample=sample,
    )


def answered(  # noqa: PLR0913 # a finding has that many parts, and each differs by detector
    kind: Kind,
    view: View,
    counts: Expected,
    *,
    p: float,
    large_enough: bool,
    n_open: int,
    window: tuple[int, int],
    items: tuple[int, ...],
) -> Finding:
    """Return the finding of an answered test; its effect is observed over expected."""
    completions = view.baseline.completions if isinstance(view.baseline, Baseline) else 0
    return Finding(
        kind,
        About(view.flow.key),
        Status.OK,
        p=min(p, 1.0),
        effect=ratio(counts),
        large_enough=large_enough,
        observed=counts.observed,
        expected=counts.expected,
        variance=counts.variance,
        sample=Sample(counts.at_risk, n_open, completions),
        window=window,
        items=items,
    )


def n_open(risk: Risk) -> int:
    """Return how many items are open at the judged clock."""
    return int(np.count_nonzero(still_open(risk)))


def longest_open(risk: Risk) -> tuple[int, ...]:
    """Return the items that have been open longest at the judged clock, 10 at most: their places in the flow."""
    return longest(risk, still_open(risk))


def longest(risk: Risk, chosen: Bools) -> tuple[int, ...]:
    """Return those of the chosen items (shape (n,)) with the longest waits so far, 10 at most."""
    items = np.flatnonzero(chosen)
    age = np.minimum(risk.end[items], risk.until) - risk.start[items]
    return tuple(risk.item[items[np.argsort(-age, kind="stable")[:SHOWN]]].tolist())


def still_open(risk: Risk) -> Bools:
    """Return which items are open at the judged clock; shape (n,)."""
    still: Bools = (risk.end >= risk.until) & (risk.start < risk.until)
    return still
