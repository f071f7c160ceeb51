"""Tables of counts with the sums of their rows and columns."""

import numpy as np

from analysis.official.suppression import Total


def grid(rows: int, columns: int) -> tuple[Total, ...]:
    """Return the sums of a table of rows x columns counts, of which the last of each are the totals.

    The counts stand row by row: cell (i, j) at i * columns + j.
    """
    place = np.arange(rows * columns).reshape(rows, columns)
    across = [Total(int(line[-1]), tuple(line[:-1].tolist())) for line in place]
    down = [Total(int(line[-1]), tuple(line[:-1].tolist())) for line in place.T]
    return (*across, *down)
