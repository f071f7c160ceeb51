"""Many tests at once: the false discovery rate of each family of tests (Benjamini and Hochberg)."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from scipy import stats

from analysis.findings import Finding, Kind

PASSES_AT: Final = 0.01
"""Adjusted p at or below which a test passes, if its effect is large enough."""
DAILY_PASSES_AT: Final = PASSES_AT / 5
"""The same for a family that is asked on each of the five days of a week."""
PACE: Final = frozenset({Kind.SLOW_PAIR, Kind.IMPROVED, Kind.OPEN_AGE, Kind.OVERDUE_EXCESS})
"""How long things take: one family a week, over all pairs."""
SHAPE: Final = frozenset({Kind.PING_PONG, Kind.MISSING, Kind.BATCHING, Kind.COST_SHIFT})
"""How work moves: the other family of a week. Why there are two: docs/decisions/0013-two-families-a-week.md."""
DAILY: Final = frozenset({Kind.PUBLISH_LAG})
"""A family of its own every day: the lag of a feed is over before two weeks could confirm it."""


def adjusted(findings: Sequence[Finding]) -> Mapping[Finding, float]:
    """Return the adjusted p of every answered test, within its family: all pairs together.

    Unanswered tests are in none, nor are stops, silences and the boundary effect: the rule of one day decides
    there, or the interval. The order of the findings is irrelevant.

    Source: Benjamini and Hochberg 1995, by `scipy.stats.false_discovery_control`.
    """
    by: dict[Finding, float] = {}
    for kinds in (PACE, SHAPE, DAILY):
        by |= _adjusted([(one, one.p) for one in findings if one.p is not None and one.kind in kinds])
    return by


def _adjusted(family: Sequence[tuple[Finding, float]]) -> dict[Finding, float]:
    if not family:
        return {}
    raw = np.array([p for _, p in family])
    by = stats.false_discovery_control(raw, method="bh")
    return {one: float(p) for (one, _), p in zip(family, by, strict=True)}


def passed(finding: Finding, adjusted_p: float) -> bool:
    """Return whether a test passes: its adjusted p is small and its effect large enough."""
    at = DAILY_PASSES_AT if finding.kind in DAILY else PASSES_AT
    return adjusted_p <= at and finding.large_enough
