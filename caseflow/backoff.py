"""How long to wait before a process is started again."""

from dataclasses import dataclass

FIRST_S = 0.5
LONGEST_S = 30.0
HEALTHY_S = 60.0
"""A process that ran so long was well: its next failure is a new story."""


@dataclass(slots=True)
class BackOff:
    """Doubles the wait with every failure soon after a start."""

    failures: int = 0

    def after(self, ran_s: float) -> float:
        """Return the seconds to wait now that a process has ended which ran for `ran_s` seconds."""
        self.failures = 1 if ran_s >= HEALTHY_S else self.failures + 1
        return float(min(LONGEST_S, FIRST_S * 2 ** (min(self.failures, 16) - 1)))
