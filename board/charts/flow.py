"""Who passes work to whom, as bands between senders and receivers (a Sankey diagram)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from analysis.mining.matrix import Matrix, PairRow
from board.charts.amounts import percent, short_count
from board.charts.look import INK, NORMAL, SEVERAL, SMALL, SOFT
from board.charts.svg import Marks, Words, foot, head, svg

MOST_BANDS = 24
"""Of the greatest; the others are counted in the note."""
_DAY = 86_400.0
_BAR = 0.045
"""Width of an organisation's bar, as part of the axes."""
_LETTER = 0.088
"""Inches of an average letter of a name."""
_SLOT = 0.40
"""Inches that an organisation takes at least, however little passes through it: its two lines of letters."""


class FlowBy(StrEnum):
    """What the width of a band is."""

    COUNT = "count"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Band:
    """One pair: how wide it is."""

    sender: str
    receiver: str
    size: float
    row: PairRow


def flow_chart(
    matrix: Matrix, by: FlowBy, subtitle: str, least: int = 1, counted: str = "Finished ones only."
) -> str:
    """Return the hand-offs between organisations as SVG: senders left, receivers right, a band per pair.

    An organisation that both sends and receives stands on both sides: work may come back, and a drawing with one
    bar for each would have to run in circles.

    Args:
        matrix: pairs with steps; time inside organisations is not drawn.
        by: what the width of a band is.
        subtitle: whose, and up to when.
        least: pairs with fewer hand-offs are not drawn.
        counted: the sentence of the note that says which hand-offs they are.
    """
    every = _bands(matrix, by)
    bands = [band for band in every if band.row.count >= least][:MOST_BANDS]
    words = Words(
        _title(bands, by),
        f"{subtitle}\n{_measure(by)}",
        _note(matrix, len(every) - len(bands), counted),
        _told(bands, by),
    )
    sides = [_in_order(bands, side) for side in ("sender", "receiver")]
    beside = [0.35 + _LETTER * max(map(len, [*side, "12.3k hand-offs, 100 %"])) for side in sides]
    width = beside[0] + beside[1] + 4.6
    body = max(2.6, _SLOT * max(map(len, sides)) + 1.6)
    top, below = head(words, width) + 0.28, foot(words, width) + 0.15

    def draw(figure: Figure, marks: Marks) -> None:
        height = top + body + below
        axes = figure.add_axes((beside[0] / width, below / height, 4.6 / width, body / height))
        axes.set_xlim(0, 1)
        axes.set_ylim(1, 0)
        axes.axis("off")
        _draw(axes, bands, _Layout.of(sides, _SLOT / body), by, marks)

    return svg(words, width, top + body + below, draw)


def _bands(matrix: Matrix, by: FlowBy) -> list[Band]:
    sizes = [
        Band(row.from_org, row.to_org, row.count if by is FlowBy.COUNT else row.sum / _DAY, row)
        for row in matrix.rows
        if row.between
    ]
    return sorted((b for b in sizes if b.size > 0), key=lambda b: (-b.size, b.sender, b.receiver))


def _in_order(bands: Iterable[Band], side: str) -> dict[str, float]:
    """Return the organisations of one side with what passes through them, the greatest first."""
    sizes: dict[str, float] = {}
    for band in bands:
        name = getattr(band, side)
        sizes[name] = sizes.get(name, 0.0) + band.size
    return dict(sorted(sizes.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the bars of both sides stand, as parts of the height; `scale` turns a size into one."""

    sides: Sequence[Mapping[str, float]]
    tops: Sequence[Mapping[str, float]]
    scale: float

    @classmethod
    def of(cls, sides: Sequence[Mapping[str, float]], slot: float) -> "_Layout":
        """Give every organisation its slot of letters at least, and share what is left by size."""
        scale = min(_scale(list(side.values()), slot) for side in sides)
        return cls(sides, [_tops(side, scale, slot) for side in sides], scale)


def _scale(sizes: Sequence[float], slot: float) -> float:
    """Return the greatest scale at which all slots fit into a height of 1."""
    low, high = 0.0, 1.0 / (sum(sizes) or 1.0)
    for _ in range(50):
        middle = (low + high) / 2
        fits = sum(max(size * middle + slot / 4, slot) for size in sizes) <= 1.0
        low, high = (middle, high) if fits else (low, middle)
    return low


def _tops(side: Mapping[str, float], scale: float, slot: float) -> dict[str, float]:
    """Return where each bar begins, from the top: in the middle of its slot, the slots over the whole height."""
    slots = {name: max(size * scale + slot / 4, slot) for name, size in side.items()}
    spare = (1.0 - sum(slots.values())) / max(len(slots), 1)
    at, found = 0.0, {}
    for name, high in slots.items():
        found[name] = at + (high + spare - side[name] * scale) / 2
        at += high + spare
    return found


def _draw(axes: Axes, bands: Sequence[Band], layout: _Layout, by: FlowBy, marks: Marks) -> None:
    left, right = _BAR, 1 - _BAR
    senders, receivers = map(list, layout.sides)
    colors = {org: SEVERAL[n % len(SEVERAL)] for n, org in enumerate(senders)}
    axes.text(left, -0.03, "from", size=SMALL, color=SOFT, ha="right", va="bottom")
    axes.text(right, -0.03, "to", size=SMALL, color=SOFT, ha="left", va="bottom")
    for n, (x, beside, align) in enumerate(((0.0, -0.02, "right"), (right, _BAR + 0.02, "left"))):
        _bars(axes, layout, n, x, colors if n == 0 else {})
        _names(axes, layout, n, x + beside, align, by)
    leaving, coming = dict(layout.tops[0]), dict(layout.tops[1])
    arrives = {}
    for band in sorted(bands, key=lambda b: (receivers.index(b.receiver), senders.index(b.sender))):
        arrives[band.sender, band.receiver] = coming[band.receiver]
        coming[band.receiver] += band.size * layout.scale
    for band in sorted(bands, key=lambda b: (senders.index(b.sender), receivers.index(b.receiver))):
        ends = leaving[band.sender], arrives[band.sender, band.receiver]
        patch = _ribbon(left, right, *ends, band.size * layout.scale)
        patch.set(facecolor=colors[band.sender], alpha=0.42, edgecolor=colors[band.sender], linewidth=0.3)
        axes.add_patch(patch)
        marks.add(patch, "band", _band_told(band, by))
        leaving[band.sender] += band.size * layout.scale


def _bars(axes: Axes, layout: _Layout, side: int, x: float, colors: Mapping[str, str]) -> None:
    for name, size in layout.sides[side].items():
        high = max(size * layout.scale, 0.002)
        axes.add_patch(
            Rectangle((x, layout.tops[side][name]), _BAR, high, color=colors.get(name, SOFT), lw=0)
        )


def _names(axes: Axes, layout: _Layout, side: int, x: float, align: str, by: FlowBy) -> None:
    whole = sum(layout.sides[side].values()) or 1.0
    for name, size in layout.sides[side].items():
        middle = layout.tops[side][name] + size * layout.scale / 2
        axes.text(x, middle, name, ha=align, va="bottom", size=NORMAL, color=INK, weight="bold")
        amount = f"{short_count(size)} {_unit(by)}, {percent(size / whole)}"
        axes.text(x, middle + 0.004, amount, ha=align, va="top", size=SMALL, color=SOFT)


def _ribbon(left: float, right: float, a: float, b: float, thick: float) -> PathPatch:
    """Return a band from height `a` at the left to `b` at the right, as thick everywhere."""
    middle = (left + right) / 2
    upper = [(left, a), (middle, a), (middle, b), (right, b)]
    lower = [(right, b + thick), (middle, b + thick), (middle, a + thick), (left, a + thick)]
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    return PathPatch(Path(np.array([*upper, *lower, (left, a)]), codes))


def _measure(by: FlowBy) -> str:
    if by is FlowBy.COUNT:
        return "The wider a band, the more hand-offs it is."
    return "The wider a band, the more days of waiting lie in it, over all cases."


def _unit(by: FlowBy) -> str:
    return "hand-offs" if by is FlowBy.COUNT else "days"


def _band_told(band: Band, by: FlowBy) -> str:
    return f"{band.sender} to {band.receiver}: {band.size:,.0f} {_unit(by)}"


def _title(bands: Sequence[Band], by: FlowBy) -> str:
    if not bands:
        return "Nothing passed between organisations"
    whole = sum(band.size for band in bands)
    what = "hand-offs go" if by is FlowBy.COUNT else "the time between organisations lies on the way"
    first = bands[0]
    return f"{percent(first.size / whole)} of {what} from {first.sender} to {first.receiver}"


def _note(matrix: Matrix, left: int, counted: str) -> str:
    unknown = sum(row.count for row in matrix.rows if not row.between and not row.inside)
    said = ["A hand-off is a step between two events of a case by different organisations.", counted]
    if left:
        said.append(f"{left} thinner bands are not drawn.")
    if unknown:
        said.append(f"{unknown:,} steps with nobody known are not in it.")
    return " ".join(said)


def _told(bands: Sequence[Band], by: FlowBy) -> str:
    return "Flow diagram. " + "; ".join(_band_told(band, by) for band in bands[:8]) + "."
