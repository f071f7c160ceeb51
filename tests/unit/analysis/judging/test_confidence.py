"""How sure a signal is follows from its baseline, what was expected, and doubtful data."""

import pytest

from analysis.judging.confidence import Confidence, confidence


@pytest.mark.parametrize(
    ("completions", "expected", "flagged", "said"),
    [
        (300, 30, 0.0, Confidence.HIGH),
        (299, 30, 0.0, Confidence.MODERATE),
        (300, 29.9, 0.0, Confidence.MODERATE),
        (300, 30, 0.02, Confidence.MODERATE),
        (1_000, 14.9, 0.0, Confidence.LOW),
        (1_000, 100, 0.11, Confidence.LOW),
        (1_000, 100, 0.10, Confidence.MODERATE),
    ],
)
def test_the_classes_have_their_bounds(
    completions: int, expected: float, flagged: float, said: Confidence
) -> None:
    assert confidence(completions, expected, flagged) is said


def test_a_provisional_stop_is_moderate_at_best() -> None:
    assert confidence(1_000, 100, 0.0, provisional=True) is Confidence.MODERATE
