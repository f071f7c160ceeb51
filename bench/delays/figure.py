"""One figure, and what it has to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.figures import percentile

_US = 1e6


@dataclass(frozen=True)
class Figure:
    """A measured value; without `at_most`, `below` and `exactly` nothing is asked of it."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    below: float | None = None
    exactly: float | None = None

    @property
    def wanted(self) -> str:
        """What is asked of it, in words; empty: nothing."""
        asked = (("at most", self.at_most), ("below", self.below), ("exactly", self.exactly))
        return ", ".join(f"{word} {bound:g}" for word, bound in asked if bound is not None)

    @property
    def holds(self) -> bool:
        """Whether it is what is asked of it."""
        return (
            (self.at_most is None or self.value <= self.at_most)
            and (self.below is None or self.value < self.below)
            and (self.exactly is None or self.value == self.exactly)
        )


def counted(figures: Iterable[Figure]) -> tuple[int, int]:
    """Return how many requirements are met, and how many are not."""
    asked = [figure.holds for figure in figures if figure.wanted]
    return sum(asked), len(asked) - sum(asked)


def spread(name: str, waits_us: Sequence[int], *, at_most: float | None = None) -> list[Figure]:
    """Return median, 95 %, 99 % and greatest of waits in microseconds, as seconds; `at_most` asks of the last.

    No waits, no figures: whoever asks for something counts what is missing.
    """
    if not waits_us:
        return []
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    seconds = {label: round(percentile(waits_us, share) / _US, 3) for label, share in shares.items()}
    return [
        Figure(f"{name}_{label}_s", value, "s", at_most=at_most if label == "max" else None)
        for label, value in seconds.items()
    ]
