"""How sure a signal is, by how much stands behind it and how clean that is."""

from enum import StrEnum
from typing import Final

HIGH_COMPLETIONS: Final = 300
HIGH_EXPECTED: Final = 30.0
LOW_EXPECTED: Final = 15.0
CLEAN_BELOW: Final = 0.02
DIRTY_ABOVE: Final = 0.10


class Confidence(StrEnum):
    """Classes, the surest first."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


def confidence(
    baseline_completions: int, expected: float, flagged_share: float, *, provisional: bool = False
) -> Confidence:
    """Return the class of a signal.

    Args:
        baseline_completions: completed items of the locked baseline.
        expected: outcomes that the usual pace gives in the window.
        flagged_share: share (0 to 1) of the flow's items with doubtful data.
        provisional: the one event type may merely not be sent: moderate at best.

    Source: silo signals, "Confidence".
    """
    if expected < LOW_EXPECTED or flagged_share > DIRTY_ABOVE:
        return Confidence.LOW
    enough = baseline_completions >= HIGH_COMPLETIONS and expected >= HIGH_EXPECTED
    if enough and flagged_share < CLEAN_BELOW and not provisional:
        return Confidence.HIGH
    return Confidence.MODERATE
