"""Offences on their way from commission to completion, and which of them official statistics count.

Source: section 8 of docs/silo_signals.md, after the Criminal Court Statistics Quarterly.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.arrays import NEVER, Bools, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Offences:
    """Offences that defendants were charged with; arrays of shape (n,), days as local day numbers.

    Attributes:
        defendant: number of the defendant in a case.
        sequence: the offence's place on the charge sheet.
        seriousness: greater is more serious.
        breach: whether it is a breach of an earlier order.
        court_type, court: positions in the names of `Courts`; no offence is without either.
        offence, charge, first_listing, completion: NEVER where there was none (yet).
    """

    defendant: Ints
    sequence: Ints
    seriousness: Ints
    breach: Bools
    court_type: Ints
    court: Ints
    offence: Ints
    charge: Ints
    first_listing: Ints
    completion: Ints

    def days(self) -> Ints:
        """Return the four dates of each offence, shape (4, n)."""
        return np.stack([self.offence, self.charge, self.first_listing, self.completion])


class Courts(NamedTuple):
    """Names, as they are printed. `area_of` says to which area each court belongs; `combined` names them all."""

    types: tuple[str, ...]
    areas: tuple[str, ...]
    names: tuple[str, ...]
    area_of: tuple[int, ...]
    combined: str


class Counted(NamedTuple):
    """Which offences count, one per defendant, and how many defendants cannot be counted.

    Those lack a date, or their dates contradict each other; they are in no average.
    """

    offences: Ints
    left_out: int


def counted(offences: Offences) -> Counted:
    """Return one offence for each defendant whose case is completed: the one that lasted longest.

    Equally long ones: the most serious, then the first on the sheet. Breaches do not count. A case is completed
    when no other offence of the defendant is pending.
    """
    days = offences.days()
    pending = np.unique(offences.defendant[~offences.breach & (offences.completion == NEVER)])
    ended = ~offences.breach & ~np.isin(offences.defendant, pending)
    sound = ended & (days != NEVER).all(axis=0) & (np.diff(days, axis=0) >= 0).all(axis=0)
    place = np.flatnonzero(sound)
    lasted = (offences.completion - offences.offence)[place]
    order = np.lexsort(
        (offences.sequence[place], -offences.seriousness[place], -lasted, offences.defendant[place])
    )
    chosen = place[order]
    first = np.ones(chosen.size, dtype=np.bool_)
    first[1:] = offences.defendant[chosen[1:]] != offences.defendant[chosen[:-1]]
    return Counted(chosen[first], np.unique(offences.defendant[ended]).size - int(first.sum()))
