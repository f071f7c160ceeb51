"""Figures out of runs: medians, ranges, ratios and slopes; plain arithmetic, nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import linear_regression, median


@dataclass(frozen=True)
class Spread:
    """What several runs of one thing gave."""

    median: float
    low: float
    high: float
    runs: int


def spread(values: Sequence[float]) -> Spread:
    """Return median and range of one value or more."""
    return Spread(median(values), min(values), max(values), len(values))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` (0 to 1) of the values do not exceed.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values: nothing was measured")
    ordered = sorted(values)
    rank = -(-len(ordered) * share // 1)  # rounded up
    return ordered[max(0, int(rank) - 1)]


def ratios(ours: Mapping[str, float], peers: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Return each of our rates divided by each peer's, under the pair of names."""
    return {(our, peer): rate / other for our, rate in ours.items() for peer, other in peers.items()}


def slope_per_minute(samples: Sequence[tuple[float, float]]) -> float:
    """Return by how much a value grows in a minute, by least squares over its samples.

    Args:
        samples: seconds and value; the first third is left out, while caches fill.

    Raises:
        ValueError: fewer than two samples remain.
    """
    settled = samples[len(samples) // 3 :]
    if len(settled) < 2:
        raise ValueError(f"{len(samples)} samples are too few for a slope: measure for longer")
    seconds, values = zip(*settled, strict=True)
    return linear_regression(seconds, values).slope * 60
