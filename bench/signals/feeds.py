"""When what happens in a run is published, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.arrays import DAY_US, NEVER, Floats, Ints
from analysis.feeds import Feed
from bench.signals.days import Days
from bench.signals.draws import chance, lags
from bench.signals.pairs import Pair
from bench.signals.passages import Holding

TYPES: Final = ("other", "passage")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Events of one agency: when they occurred (local), when they were published (UTC), and the time between.

    Shape (n,) each; NEVER where an event has not come.
    """

    occurred: Ints
    published: Ints
    lag: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Publishing:
    """The habits of publication of a run."""

    seed: int
    days: Days
    holdings: Sequence[Holding]

    def told(self, pair: Pair, agency: str, name: str, at: Floats) -> Told:
        """Return events of an agency; `name` keeps their draws apart, `at` is in working days."""
        lag = lags(chance(self.seed, pair.number, f"lag of {name}"), at.size)
        for holding in self.holdings:
            if holding.plant.name == "publish-lag" and holding.plant.sender == agency:
                lag = lag + np.where(holding.at(at), round(holding.told("days") * DAY_US), 0)
        occurred = self.days.local_us(at)
        came = occurred != NEVER
        published = np.where(came, self.days.utc_us(occurred) + lag, NEVER)
        return Told(occurred, published, lag)

    def others(self, pair: Pair, agency: str, shut: Sequence[Holding]) -> Told:
        """Return an agency's other events: so many for each item, but none while it is shut."""
        by = chance(self.seed, pair.number, f"others of {agency}")
        counts = by.poisson(pair.rate * pair.others, size=self.days.working)
        at = np.repeat(np.arange(counts.size), counts) + by.uniform(size=int(counts.sum()))
        for holding in shut:
            at = at[~holding.at(at)]
        return self.told(pair, agency, f"others of {agency}", at)


def feed(agency: str, passed: Told, other: Told) -> Feed:
    """Return the feed of an agency: its part in passages, and its other events."""
    occurred, published, lag = (
        np.concatenate([getattr(passed, name), getattr(other, name)]) for name in Told.__slots__
    )
    code = np.repeat(np.array([1, 0], dtype=np.int64), [passed.lag.size, other.lag.size])
    came = occurred != NEVER
    by_day = np.zeros(int(came.sum()), dtype=np.bool_)
    return Feed.of(agency, occurred[came], published[came], lag[came], by_day, code[came], TYPES)
