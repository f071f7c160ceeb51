"""Letters beside what they name."""

from typing import Final, Literal

from matplotlib.axes import Axes

from board.charts.look import SMALL, SOFT

Anchor = Literal["w", "e", "n", "s", "nw", "ne", "sw", "se"]
_ALIGNED: Final = {"w": "left", "e": "right"}
_RISEN: Final = {"n": "top", "s": "bottom"}


def beside(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    shift: tuple[float, float] = (0, 0),
    anchor: Anchor = "w",
    color: str = SOFT,
    *,
    from_top: bool = False,
) -> None:
    """Write a text at a place of the data, shifted by points; it may reach out of the axes.

    Args:
        axes: to write in.
        text: one line or several.
        at: x and y of the data; with `from_top` y is a part of the height, 1 at the top.
        shift: points to the right and upwards.
        anchor: which side or corner of the text is at the place, north being its top.
        color: of the letters.
        from_top: see `at`.
    """
    axes.annotate(
        text,
        at,
        shift,
        xycoords=axes.get_xaxis_transform() if from_top else "data",
        textcoords="offset points",
        ha=_ALIGNED.get(anchor[-1], "center"),
        va=_RISEN.get(anchor[0], "center"),
        color=color,
        size=SMALL,
        annotation_clip=False,
        zorder=6,
    )
