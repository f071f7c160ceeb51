"""Seeded chance: every draw of a case follows from the seed and the case's number alone."""

from collections.abc import Mapping
from datetime import timedelta
from math import exp, log, sqrt
from random import Random
from typing import NamedTuple


class Wait(NamedTuple):
    """A lognormal wait by its median and mean, in the unit that the reader states; mean >= median > 0."""

    median: float
    mean: float


class Chance:
    """Draws for one case."""

    def __init__(self, key: str) -> None:
        """Start the draws; the same key gives the same draws on every machine."""
        self._random = Random(key)  # noqa: S311 - repeatable invention, nothing to keep secret

    def happens(self, share: float) -> bool:
        """Return True in this share of draws."""
        return self._random.random() < share

    def one_of(self, weights: Mapping[str, float]) -> str:
        """Return one of the names, each as often as its weight says."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def between(self, low: float, high: float) -> float:
        """Return a number from an even spread."""
        return self._random.uniform(low, high)

    def amount(self, wait: Wait) -> float:
        """Return a lognormal draw: sigma = sqrt(2 ln(mean / median))."""
        sigma = sqrt(2 * log(wait.mean / wait.median))
        return wait.median * exp(sigma * self._random.gauss(0, 1))

    def days(self, wait: Wait) -> timedelta:
        """Return a lognormal wait counted in days."""
        return timedelta(days=self.amount(wait))

    def hours(self, wait: Wait) -> timedelta:
        """Return a lognormal wait counted in hours."""
        return timedelta(hours=self.amount(wait))
