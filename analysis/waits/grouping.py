"""The waits of flows in groups: by who takes part, or by when they began."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import DAY_US, Bools, Ints
from analysis.items import Flow, Known
from analysis.waits.durations import Durations
from models.wait_groups import By

YEAR: Final = 12


MONTHS: Final = {By.MONTH: 1, By.QUARTER: 3, By.YEAR: YEAR}
"""How many months the periods have in which waits begin."""


class Part(NamedTuple):
    """A flow, or what of it lies in one area, and what counts as known of it."""

    area: str
    flow: Flow
    known: Known


@dataclass(frozen=True, slots=True)
class Between:
    """The local days on which the waits begin that count: from `first` to before `after`; None: no bound."""

    first: int | None = None
    after: int | None = None

    def includes(self, day: Ints) -> Bools:
        """Return which days lie between, of the shape of `day`."""
        inside = np.ones(day.shape, dtype=np.bool_)
        if self.first is not None:
            inside &= day >= self.first
        if self.after is not None:
            inside &= day < self.after
        return inside


ALWAYS: Final = Between()


def grouped(parts: Iterable[Part], by: By, between: Between = ALWAYS) -> dict[str, Durations]:
    """Return the waits of each group by its name, sorted; open ones as far as they have come.

    Every wait is counted in the open days of its own receiver, and belongs to the period in which it began,
    whenever it ends. Ended without what was awaited, it counts as not over (censored) from then on.

    Raises:
        ValueError: by week: young weeks cannot be compared, `analysis.waits.cohorts.cohorts_of` lists them.
    """
    if by is By.WEEK:
        raise ValueError("weeks are listed as cohorts, not compared as groups")
    found: defaultdict[str, list[Durations]] = defaultdict(list)
    for part in parts:
        risk = part.flow.waiting(part.known)
        day = part.flow.items.started[risk.item] // DAY_US
        inside, label = between.includes(day), _labels(part, by, day)
        for name in np.unique(label[inside]):
            mine = inside & (label == name)
            waits = Durations.of(risk.start[mine], risk.end[mine], risk.outcome[mine], risk.until)
            found[str(name)].append(waits)
    return {name: Durations.together(found[name]) for name in sorted(found)}


def _labels(part: Part, by: By, day: Ints) -> NDArray[np.str_]:
    """Return the name of the group of each wait, given the local day on which it began; shape (n,)."""
    if by not in MONTHS:
        return np.full(day.size, _taking_part(part, by))
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    period, place = np.unique(month // MONTHS[by], return_inverse=True)
    return np.array([_period(number, by) for number in period.tolist()], dtype=np.str_)[place]


def _taking_part(part: Part, by: By) -> str:
    key = part.flow.key
    match by:
        case By.SENDER:
            return key.sender
        case By.RECEIVER:
            return key.receiver
        case By.AREA:
            return part.area
        case _:
            return f"{key.sender} → {key.receiver}"


def _period(number: int, by: By) -> str:
    """Return the name of a period, numbered from that of January 1970 on."""
    year, within = divmod(number, YEAR // MONTHS[by])
    match by:
        case By.MONTH:
            return f"{1970 + year}-{within + 1:02}"
        case By.QUARTER:
            return f"{1970 + year}-Q{within + 1}"
        case _:
            return f"{1970 + year}"
