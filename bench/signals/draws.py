"""What chance decides about the items of a pair, before anything is planted on it.

Each kind of draw has a stream of its own, that follows from the seed, the pair and the kind's name alone: a planted
run and its mirror differ in what the effect changes and in nothing else.
"""

import math
import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from analysis.arrays import HOUR_US, Floats, Ints

MEDIAN_WAIT: Final = 10.0
SIGMA: Final = 0.7
"""Waits are log-normal: median in working days, and the standard deviation of the logarithm."""
_LAG_MEDIAN, _LAG_SIGMA = HOUR_US / 2, 0.8
"""Events are published half an hour after they occur; one in twenty about two hours after or later."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """The items of a pair in the order in which they begin, shape (n,); times in working days.

    The shares lie from 0 to 1: an item is urgent, is returned, is skipped or passes a stopped flow when its own is
    below the share that holds.
    """

    began: Floats
    wait: Floats
    urgent: Floats
    returned: Floats
    skipped: Floats
    trickles: Floats

    def __len__(self) -> int:
        """Return how many items there are."""
        return int(self.began.size)


def chance(seed: int, pair: int, name: str) -> np.random.Generator:
    """Return the random numbers of one kind of draw."""
    return np.random.default_rng([seed, pair, zlib.crc32(name.encode())])


def arriving(seed: int, pair: int, expected: Floats) -> Floats:
    """Return when items begin; `expected` are how many do on each working day, shape (days,).

    Counts are Poisson; times lie evenly within the working day.
    """
    counts = chance(seed, pair, "arrivals").poisson(expected)
    day = np.repeat(np.arange(expected.size), counts)
    return np.sort(day + chance(seed, pair, "time of day").uniform(size=day.size))


def draw(seed: int, pair: int, began: Floats, name: str = "") -> Draws:
    """Draw the waits and shares of items that begin at these times; `name` keeps several sets apart."""
    waits = waiting(chance(seed, pair, f"{name}wait"), began.size)
    shares = [chance(seed, pair, name + share).uniform(size=began.size) for share in _SHARES]
    return Draws(began, waits, *shares)


_SHARES: Final = ("urgent", "returned", "skipped", "trickles")


def waiting(by: np.random.Generator, n: int) -> Floats:
    """Return waits in working days."""
    return MEDIAN_WAIT * np.exp(SIGMA * by.standard_normal(n))


def share_lasting(days: float) -> float:
    """Return the share of waits that last longer."""
    return float(special.ndtr(-math.log(days / MEDIAN_WAIT) / SIGMA)) if days > 0 else 1.0


def outlasted_by(share: float) -> float:
    """Return the working days that a share of waits lasts longer than."""
    return MEDIAN_WAIT * math.exp(-SIGMA * float(special.ndtri(share)))


def lags(by: np.random.Generator, n: int) -> Ints:
    """Return microseconds from an event to its publication."""
    return np.rint(_LAG_MEDIAN * np.exp(_LAG_SIGMA * by.standard_normal(n))).astype(np.int64)
