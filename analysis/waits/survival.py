"""How long waits last when some are not over yet: Kaplan-Meier, its quantiles and its restricted mean.

Leaving open waits out makes a blocked flow look fast: only the quick ones complete. Here an open item counts
with the age that it has reached, censored. All times are in the unit of what they are made of: open days for a
`Risk`, calendar days for day numbers.

Source: the definition of section 3 of docs/silo_signals.md; Kaplan and Meier 1958, Greenwood 1926.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from analysis.answers import Answer, Sample, Status
from analysis.arrays import Floats, Ints
from analysis.waits.durations import Durations

FEWEST_ITEMS: Final = 10
FEWEST_COMPLETIONS: Final = 5
_ROUNDING: Final = 1e-12
"""S(t) is a product: 0.5 may come out a little above."""
_Z: Final = 1.959963984540054
"""97.5 % of a normal distribution lie below it."""


class RestrictedMean(NamedTuple):
    """The mean wait when every wait is cut at tau, and its standard error."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Quantile:
    """The time by which a share q of the waits is over, with its 95 % interval; None: not reached.

    Where a value is not reached, all that is known is that it is more than `longest`, the longest follow-up.
    """

    q: float
    value: float | None
    low: float | None
    high: float | None
    longest: float


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A Kaplan-Meier curve; arrays of shape (k,), one element per distinct time, rising.

    Attributes:
        times: times at which waits ended or were censored.
        at_risk: waits that lasted at least so long; those censored at a time are still at risk then.
        completions: waits that ended at that time.
        survival: share of waits that last longer.
        greenwood: the square of the relative standard error of `survival`; infinite where that is 0.
    """

    times: Floats
    at_risk: Ints
    completions: Ints
    survival: Floats
    greenwood: Floats

    @property
    def longest(self) -> float:
        """The longest follow-up."""
        return float(self.times[-1])

    def band(self) -> tuple[Floats, Floats]:
        """Return the lower and the upper bound of the 95 % log-log band, at each time.

        It is (1, 1) while nothing has ended. Where nobody is left (survival 0) the method gives no bounds: the
        lower one is 0 and the upper one stays what it was.
        """
        low, high = np.ones_like(self.survival), np.ones_like(self.survival)
        inner = (self.survival > 0) & (self.survival < 1)
        share = self.survival[inner]
        spread = _Z * np.sqrt(self.greenwood[inner]) / np.log(share)
        low[inner], high[inner] = share ** np.exp(-spread), share ** np.exp(spread)
        if self.survival[-1] == 0:
            low[-1] = 0.0
            high[-1] = high[-2] if high.size > 1 else 1.0
        return low, high

    def quantile(self, q: float) -> Quantile:
        """Return the first time with survival <= 1 - q, and where the band crosses 1 - q.

        Raises:
            ValueError: q is not between 0 and 1.
        """
        if not 0 < q < 1:
            raise ValueError(f"a quantile lies between 0 and 1, not at {q}")
        low, high = self.band()
        value, earliest, latest = (self._first_below(values, 1 - q) for values in (self.survival, low, high))
        return Quantile(q, value, earliest, latest, self.longest)

    def restricted_mean(self, tau: float) -> RestrictedMean:
        """Return the area under the curve from 0 to tau: without censoring, the mean of min(wait, tau).

        Raises:
            ValueError: nothing is known of waits as long as tau.
        """
        if tau < 0 or (tau > self.longest and self.survival[-1] > 0):
            raise ValueError(
                f"tau is {tau}, but the longest follow-up is {self.longest}: take no more than that"
            )
        inside = self.times < tau
        edges = np.concatenate([[0.0], self.times[inside], [tau]])
        areas = np.diff(edges) * np.concatenate([[1.0], self.survival[inside]])
        after = np.cumsum(areas[:0:-1])[::-1]
        at_risk, ended = self.at_risk[inside], self.completions[inside]
        left = np.maximum(at_risk - ended, 1)  # where nobody is left, no area follows
        variance = float(np.sum(after**2 * ended / (at_risk * left)))
        return RestrictedMean(float(areas.sum()), float(np.sqrt(variance)))

    def _first_below(self, values: Floats, level: float) -> float | None:
        below = values <= level + _ROUNDING
        return float(self.times[int(np.argmax(below))]) if below.any() else None


def kaplan_meier(durations: Durations) -> Curve:
    """Return the Kaplan-Meier curve.

    Raises:
        ValueError: there is no wait at all.
    """
    if not len(durations):
        raise ValueError("no waits: ask for a curve where there is at least one")
    times, place = np.unique(durations.time, return_inverse=True)
    here = np.bincount(place, minlength=times.size)
    ended = np.bincount(place[~durations.censored], minlength=times.size)
    at_risk = len(durations) - np.cumsum(here) + here
    with np.errstate(divide="ignore"):
        relative = ended / (at_risk * (at_risk - ended).astype(np.float64))
    survival = np.cumprod(1 - ended / at_risk)
    return Curve(times, at_risk, ended, survival, np.cumsum(relative))


def quantile(durations: Durations, q: float = 0.5) -> Quantile | Answer:
    """Return a Kaplan-Meier quantile, by default the median; below 10 items or 5 completions the reason."""
    sample = Sample(len(durations), len(durations) - durations.completions)
    if len(durations) < FEWEST_ITEMS or durations.completions < FEWEST_COMPLETIONS:
        why = (
            f"{len(durations)} items and {durations.completions} completions, "
            f"where {FEWEST_ITEMS} and {FEWEST_COMPLETIONS} are needed"
        )
        return Answer.unknown(Status.NOT_ENOUGH_DATA, why, sample)
    return kaplan_meier(durations).quantile(q)


def restricted_mean(durations: Durations, tau: float) -> RestrictedMean:
    """Return the mean of the waits when every one is cut at tau, open ones counted with what they have lasted.

    Raises:
        ValueError: no waits, or nothing is known of waits as long as tau (see `longest_tau`).
    """
    return kaplan_meier(durations).restricted_mean(tau)
