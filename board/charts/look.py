"""One look for every chart: what it is drawn in, and what matplotlib must leave out."""

from typing import Any, Final

INK: Final = "#1c2733"
SOFT: Final = "#58636f"
FAINT: Final = "#d5dbe1"
BLUE: Final = "#1d5c96"
ORANGE: Final = "#b9480a"
TEAL: Final = "#0b7566"
SEVERAL: Final = ("#1d5c96", "#b9480a", "#0b7566", "#7a4a9c", "#8a6d00", "#4a5b6c", "#a03050", "#2f8fbf")
"""Told apart by people who see few colours, and in print beside a second sign: a mark, a dash, a label."""
SMALL: Final = 8.0
NORMAL: Final = 9.5
LARGE: Final = 13.0
"""Sizes of letters, in points."""

STYLE: Final[dict[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": SOFT,
    "axes.labelsize": NORMAL,
    "axes.linewidth": 0.7,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.facecolor": "white",
    "font.family": "sans-serif",
    # Its metrics come with matplotlib, so that a chart is laid out alike everywhere.
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": NORMAL,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "hatch.color": SOFT,
    "hatch.linewidth": 0.7,
    "lines.solid_capstyle": "butt",
    "svg.fonttype": "none",  # letters stay letters: found by a search, read aloud
    "text.color": INK,
    "text.parse_math": False,  # what people write is no formula: two dollar signs are two dollar signs
    "xtick.color": SOFT,
    "xtick.labelsize": NORMAL,
    "ytick.color": SOFT,
    "ytick.labelsize": NORMAL,
}
