"""Before which type of court was a case last, when a step of it began?

0: before none yet; else one more than the place of the type in `models.court_types.TYPES`: 1 magistrates, 2 Crown.
Who told what begins a step says it, at that step or at an earlier one of its case; who told of the end has no say.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import Codes, Ints
from models.court_types import court_types
from models.profile import Profile


def courts_of(org: Codes, profile: Profile) -> NDArray[np.int8]:
    """Return the type of court of each organisation, 0 of one that is none; shape as given.

    Args:
        org: positions in the profile's agencies, sorted by name; -1 for others.
        profile: the partnership.
    """
    types = court_types(profile)
    return np.array([types.get(code, -1) + 1 for code in sorted(profile.agencies)] + [0], dtype=np.int8)[org]


def last_courts(case: Ints, court: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the last type of court up to each step, 0 where there was none; shape (n,).

    Args:
        case: of n steps, those of one case together and in order.
        court: what `courts_of` says of who began each step.
    """
    if not case.size:
        return court
    said = court > 0
    said[0] = True
    said[1:] |= case[1:] != case[:-1]
    last = np.maximum.accumulate(np.where(said, np.arange(case.size), 0))
    return court[last]
