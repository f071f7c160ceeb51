"""How much of a flow no average may hold, as known on a day: impossible dates, ends before their beginnings."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, Ints
from analysis.items import Flow

WITHIN_DAYS: Final = 364
"""What began in the year before a day counts: it is read on any day, and old slips cloud nothing for ever."""


@dataclass(frozen=True, slots=True, eq=False)
class Doubtful:
    """The items that were left out of a flow; every array has shape (n,).

    Attributes:
        day: the local day on which each began; where that is impossible, on which it was told.
        known: when all that makes it doubtful was published, UTC microseconds.
    """

    day: Ints
    known: Ints

    def count(self, day: int, now_us: int) -> int:
        """Return how many began in the year up to a local day, itself included, as known at an instant (UTC)."""
        return _count(self.day, self.known, day, now_us)

    def joined(self, other: "Doubtful") -> "Doubtful":
        """Return these and others."""
        return Doubtful(np.append(self.day, other.day), np.append(self.known, other.known))


def doubtful_share(flow: Flow, doubtful: Doubtful | None, day: int, now_us: int) -> float:
    """Return the share (0 to 1) of a flow's items that was left out, of what began in the year up to a day.

    Args:
        flow: without them.
        doubtful: what was left out of it; None: nothing.
        day: the local day that is judged.
        now_us: the instant up to which what was published counts, UTC microseconds.
    """
    left = 0 if doubtful is None else doubtful.count(day, now_us)
    if not left:
        return 0.0
    return left / (left + _count(flow.items.started // DAY_US, flow.items.started_known, day, now_us))


def _count(began: Ints, known: Ints, day: int, now_us: int) -> int:
    return int(np.count_nonzero((began > day - WITHIN_DAYS) & (began <= day) & (known <= now_us)))
