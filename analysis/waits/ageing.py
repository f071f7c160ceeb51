"""Ageing work in progress: how long what is open now has been waiting."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.answers import Answer
from analysis.arrays import DAY_US, NEVER, Ints
from analysis.items import Flow, Known, Risk
from analysis.shares import share

BANDS: Final = (0, 5, 10, 20, 40, 60, 120)
"""The youngest age of each band, in open days; the last band has no end."""
FEWEST_FOR_QUANTILES: Final = 10


@dataclass(frozen=True, slots=True)
class Band:
    """How many open items are `youngest` open days old or more, and younger than `below` (None: no end)."""

    youngest: int
    below: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Ageing:
    """What is open at the beginning of the judged day; ages in whole slots that are complete.

    Attributes:
        n_open: how many items are open.
        unit: what a slot is: `open days` or `open hours`.
        bands: how many of them by age in open days.
        oldest: positions in the flow's Items, oldest first, 10 at most.
        oldest_age: None where nothing is open.
        median_age, high_age: the 50 % and the 90 % quantile (linear); None below 10 open items.
        past_limit: share of the open items with a limit whose time has run out.
    """

    n_open: int
    unit: str
    bands: tuple[Band, ...]
    oldest: tuple[int, ...]
    oldest_age: int | None
    median_age: float | None
    high_age: float | None
    past_limit: Answer


def ageing(flow: Flow, known: Known, edges: tuple[int, ...] = BANDS) -> Ageing:
    """Return the open items of a flow by age.

    An item that started on the judged day itself is left out, that day being unfinished; one that ended without
    its stop (a proof, nobody needs it any more) is not open.
    """
    risk = flow.waiting(known)
    item, age = open_ages(risk)
    due = flow.items.due[item]
    limited = int(np.count_nonzero(due != NEVER))
    past = int(np.count_nonzero(due < known.day * DAY_US))
    order = np.argsort(-age, kind="stable")
    enough = age.size >= FEWEST_FOR_QUANTILES
    return Ageing(
        n_open=int(age.size),
        unit=flow.calendar.unit,
        bands=_bands(age // flow.calendar.per_day, edges),
        oldest=tuple(item[order[:10]].tolist()),
        oldest_age=int(age.max()) if age.size else None,
        median_age=float(np.quantile(age, 0.5)) if enough else None,
        high_age=float(np.quantile(age, 0.9)) if enough else None,
        past_limit=share(past, limited, limited),
    )


def open_ages(risk: Risk) -> tuple[Ints, Ints]:
    """Return the open items (positions in Items) and the slots each has survived, both of shape (n_open,)."""
    waiting = (risk.start < risk.until) & (risk.end == NEVER)
    return risk.item[waiting], risk.until - 1 - risk.start[waiting]


def _bands(age: Ints, edges: tuple[int, ...]) -> tuple[Band, ...]:
    count = np.histogram(age, [*edges, NEVER])[0]
    ends = (*edges[1:], None)
    return tuple(Band(edge, end, int(n)) for edge, end, n in zip(edges, ends, count, strict=True))
