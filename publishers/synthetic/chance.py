"""Seeded chance: a draw follows from the case, the name of the draw and how often it was asked before.

So a planted effect that asks once more or once less in one place changes no draw in another: the worlds with and
without it share their random numbers.
"""

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

_MASK: Final = (1 << 64) - 1
_GOLDEN: Final = 0x9E37_79B9_7F4A_7C15
_normal: Final = NormalDist().inv_cdf


class Wait(NamedTuple):
    """A lognormal wait by its median and mean, in the unit that the reader states; mean >= median > 0."""

    median: float
    mean: float


class Chance:
    """Draws for one case. Every name has draws of its own."""

    __slots__ = ("_asked", "_key")

    def __init__(self, key: str) -> None:
        """Start the draws; the same key gives the same draws on every machine."""
        self._key = _number(key)
        self._asked: dict[str, int] = {}

    def share(self, name: str) -> float:
        """Return a number from an even spread over 0 to 1, both excluded."""
        asked = self._asked.get(name, 0) + 1
        self._asked[name] = asked
        mixed = ((self._key ^ _number_of_name(name)) + asked * _GOLDEN) & _MASK
        # The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): all bits of the sum reach all bits.
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB) & _MASK
        return (((mixed ^ (mixed >> 31)) >> 11) + 0.5) * 2.0**-53

    def happens(self, name: str, share: float) -> bool:
        """Return True in this share of draws."""
        return self.share(name) < share

    def one_of(self, name: str, weights: Mapping[str, float]) -> str:
        """Return one of the names, each as often as its weight says."""
        left = self.share(name) * sum(weights.values())
        for chosen, weight in weights.items():
            left -= weight
            if left < 0:
                return chosen
        return list(weights)[-1]

    def between(self, name: str, low: float, high: float) -> float:
        """Return a number from an even spread."""
        return low + (high - low) * self.share(name)

    def amount(self, name: str, wait: Wait) -> float:
        """Return a lognormal draw: sigma = sqrt(2 ln(mean / median))."""
        return wait.median * exp(_sigma(wait) * _normal(self.share(name)))


@cache
def _sigma(wait: Wait) -> float:
    return sqrt(2 * log(wait.mean / wait.median))


@cache
def _number_of_name(name: str) -> int:
    return _number(name)


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
