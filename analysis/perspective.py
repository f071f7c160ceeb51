"""The two views of a period, which never mix: what was completed in it, and what was started in it.

In a blocked flow the first gets better while the second gets worse, so that a figure over both means nothing.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol


class Perspective(StrEnum):
    """Which items a figure counts; every figure carries it as `view`."""

    LOOK_BACK = "look-back"
    """Those completed in the period: what official statistics print."""
    COHORT = "cohort"
    """Those started in the period, open ones censored."""


class MixedViewsError(ValueError):
    """Figures of both views were to be aggregated."""


class Seen(Protocol):
    """A figure, or a set of figures."""

    @property
    def view(self) -> Perspective:
        """Which items it counts."""


def one_view(figures: Iterable[Seen]) -> Perspective | None:
    """Return the view that all figures of a table share, None where there is no figure.

    Whoever puts figures into one table, or aggregates them, asks this first.

    Raises:
        MixedViewsError: they do not share one.
    """
    views = {figure.view for figure in figures}
    if len(views) > 1:
        raise MixedViewsError(
            "look-back figures (completed in the period) and cohort figures (started in it) never go together: "
            "choose one view"
        )
    return views.pop() if views else None
