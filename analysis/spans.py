"""How long the cases of a partnership lasted within a period: what shares of time are shares of."""

from dataclasses import dataclass

import numpy as np

from analysis.arrays import DAY_US, Ints


@dataclass(frozen=True, slots=True, eq=False)
class CaseSpans:
    """When each case began and ended, shape (n,): local microseconds; `last` is NEVER while it goes on."""

    first: Ints
    last: Ints

    def elapsed_days(self, first_day: int, end_day: int) -> float:
        """Return the days that all cases lasted from a local day up to another (excluded), added up."""
        begins, ends = first_day * DAY_US, end_day * DAY_US
        within = np.minimum(self.last, ends) - np.maximum(self.first, begins)
        return float(np.maximum(within, 0).sum()) / DAY_US
