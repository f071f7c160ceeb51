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
    """Names, as they are printed; empty where a region is not told.

    `area_of` says to which area each court belongs, `regions` in which region each area lies; `combined` names all
    areas together, `region` where they lie.
    """

    types: tuple[str, ...]
    areas: tuple[str, ...]
    regions: tuple[str, ...]
    names: tuple[str, ...]
    area_of: tuple[int, ...]
    combined: str
    region: str


class Counted(NamedTuple):
    """Which offences count, one per defendant; and of those who cannot be counted the offence completed last.

    These lack a date, or their dates contradict each other; they are in no average.
    """

    offences: Ints
    left_out: Ints


def counted(offences: Offences) -> Counted:
    """Return one offence for each defendant whose case is completed: the one that lasted longest.

    Equally long ones: the most serious, then the first on the sheet. Breaches do not count. A case is completed
    when no other offence of the defendant is pending.
    """
    days = offences.days()
    pending = np.unique(offences.defendant[~offences.breach & (offences.completion == NEVER)])
    ended = ~offences.breach & ~np.isin(offences.defendant, pending)
    sound = ended & (days != NEVER).all(axis=0) & (np.diff(days, axis=0) >= 0).all(axis=0)
    lasted, gravest = offences.completion - offences.offence, -offences.seriousness
    chosen = _first(offences.defendant, sound, (offences.sequence, gravest, -lasted))
    uncounted = ended & ~np.isin(offences.defendant, offences.defendant[chosen])
    return Counted(chosen, _first(offences.defendant, uncounted, (offences.sequence, -offences.completion)))


def _first(defendant: Ints, among: Bools, by: tuple[Ints, ...]) -> Ints:
    """Return the place of one offence per defendant among some: the first by keys, of which the last leads."""
    place = np.flatnonzero(among)
    ordered = place[np.lexsort((*(key[place] for key in by), defendant[place]))]
    first = np.ones(ordered.size, dtype=np.bool_)
    first[1:] = defendant[ordered[1:]] != defendant[ordered[:-1]]
    return ordered[first]
