"""The hand-off matrix as a heat map: from whom to whom the time goes."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.mining.matrix import Matrix, PairRow
from board.charts.amounts import length, percent, short_count
from board.charts.look import FAINT, INK, NORMAL, SMALL
from board.charts.svg import Marks, Words, foot, head, svg

MOST_ORGANISATIONS = 14
"""In rows and columns; the others are counted in the note."""
FINISHED = "Finished steps only: what is still waiting is not in here."
_CELL = 0.62, 0.50
_SHADES = LinearSegmentedColormap.from_list("shares", ["#eef4fa", "#9fc3e3", "#3a7fb8", "#123e68"])
_DARK = 0.45
"""From this part of the darkest shade on, letters are white."""


def matrix_chart(matrix: Matrix, subtitle: str, least: int = 1, counted: str = FINISHED) -> str:
    """Return the matrix as SVG: a cell per pair, shaded by its share of all elapsed time.

    In each cell stand the median wait and how many steps there are; cells of an organisation with itself have a
    frame: that is time inside it, and no hand-off.

    Args:
        matrix: pairs with steps; those with nobody known are counted in the note.
        subtitle: whose, and up to when.
        least: pairs with fewer steps are counted in the note: a page that leaves the house shows no small numbers.
        counted: the sentence of the note that says which time it is.
    """
    names, shown = _shown(matrix, least)
    words = Words(
        _title(matrix, shown),
        f"{subtitle}\nRow: who had the case. Column: who had it next. In each cell the median wait and the number "
        "of steps; the darker, the greater its share of all elapsed time.",
        _note(matrix, shown, counted),
        _description(matrix, shown),
    )
    left = 0.45 + 0.075 * max([len(name) for name in names] + [8])
    # The last names lean out of the cells.
    right = 0.3 + 0.045 * max([len(name) for name in names[-3:]] + [0])
    width = max(7.2, left + len(names) * _CELL[0] * 1.55 + right)
    top = head(words, width) + 0.35 + 0.045 * max([len(name) for name in names] + [8])
    below = foot(words, width) + 0.2
    high = len(names) * _CELL[1]

    def draw(figure: Figure, marks: Marks) -> None:
        height = top + high + below
        axes = figure.add_axes((left / width, below / height, 1 - (left + right) / width, high / height))
        _frame(axes, names)
        for row in shown:
            _cell(axes, names, row, matrix, marks)

    return svg(words, width, top + high + below, draw)


def _shown(matrix: Matrix, least: int) -> tuple[list[str], list[PairRow]]:
    """Return the organisations in the order in which cases meet them most, and the pairs among them."""
    known = [row for row in matrix.rows if (row.between or row.inside) and row.count >= least]
    costs: dict[str, float] = {}
    for row in known:
        for org in {row.from_org, row.to_org}:
            costs[org] = costs.get(org, 0.0) + row.sum
    names = sorted(costs, key=lambda org: (-costs[org], org))[:MOST_ORGANISATIONS]
    return names, [row for row in known if row.from_org in names and row.to_org in names]


def _frame(axes: Axes, names: list[str]) -> None:
    size = len(names)
    axes.set_xlim(0, size)
    axes.set_ylim(size, 0)
    middles = np.arange(size) + 0.5
    axes.set_xticks(middles, names, rotation=32, ha="left", rotation_mode="anchor")
    axes.set_yticks(middles, names)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=NORMAL, labelcolor=INK, pad=4)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for n in range(size + 1):
        axes.axhline(n, color=FAINT, lw=0.5, zorder=0)
        axes.axvline(n, color=FAINT, lw=0.5, zorder=0)


def _cell(axes: Axes, names: list[str], row: PairRow, matrix: Matrix, marks: Marks) -> None:
    x, y = names.index(row.to_org), names.index(row.from_org)
    share = matrix.share(row.sum) or 0.0
    greatest = max((matrix.share(one.sum) or 0.0 for one in matrix.rows), default=0.0) or 1.0
    shade = float(np.sqrt(share / greatest))  # small shares must still differ
    box = Rectangle((x + 0.03, y + 0.04), 0.94, 0.92, facecolor=_SHADES(shade), lw=0)
    if row.inside:
        box.set(edgecolor=INK, linewidth=1.1)
    axes.add_patch(box)
    marks.add(box, "inside" if row.inside else "pair", _told(row, share))
    color = "white" if shade > _DARK else INK
    median = length(row.median or 0.0)
    axes.text(x + 0.5, y + 0.38, median, ha="center", va="center", size=NORMAL, color=color, weight="bold")
    count = short_count(row.count)
    axes.text(x + 0.5, y + 0.72, count, ha="center", va="center", size=SMALL, color=color)


def _told(row: PairRow, share: float) -> str:
    return (
        f"{row.from_org} to {row.to_org}: {row.count:,} steps, median {length(row.median or 0.0)}, "
        f"mean {length(row.mean or 0.0)}, {percent(share)} of elapsed time"
    )


def _title(matrix: Matrix, shown: list[PairRow]) -> str:
    between = [row for row in shown if row.between and row.sum]
    if not between or matrix.between_share is None:
        return "No time lies between organisations"
    worst = max(between, key=lambda row: row.sum)
    return (
        f"{percent(matrix.between_share)} of elapsed time lies between organisations, "
        f"the largest part from {worst.from_org} to {worst.to_org}"
    )


def _note(matrix: Matrix, shown: list[PairRow], counted: str) -> str:
    left = [row for row in matrix.rows if row not in shown]
    said = "A step leads from one event of a case to the next; a frame marks time inside one organisation."
    said = f"{said} {counted}"
    if not left:
        return said
    share = percent(matrix.share(sum(row.sum for row in left)) or 0.0)
    pairs = "1 pair" if len(left) == 1 else f"{len(left)} pairs"
    return f"{said} Not shown: {pairs} with {share} of elapsed time."


def _description(matrix: Matrix, shown: list[PairRow]) -> str:
    costly = sorted(shown, key=lambda row: -row.sum)[:5]
    told = "; ".join(_told(row, matrix.share(row.sum) or 0.0) for row in costly)
    return f"Heat map of {len(shown)} pairs of organisations. The costliest: {told}."
