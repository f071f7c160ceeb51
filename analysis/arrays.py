"""The arrays that analysis computes with, by what one element is."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.signedinteger[Any]]
"""Positions in a list of names: of any width, so that many of them take little room."""

NEVER: Final = 1 << 62
"""An instant, day or slot that has not come: greater than every other."""
DAY_US: Final = 86_400_000_000
HOUR_US: Final = 3_600_000_000
WEEK: Final = 7
"""Days."""
MONDAY: Final = 4
"""Day 4 since 1970-01-01, a Thursday, was a Monday."""
