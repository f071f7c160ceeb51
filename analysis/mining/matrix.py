"""The hand-off matrix: how long the steps from one organisation to another take, and whose time that is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

UNKNOWN = ""
"""The organisation of an event of which nobody knows who held the case."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """All steps from one organisation to another, times in seconds.

    `from_org` and `to_org` are equal where the case stayed, and empty where unknown. Percentiles interpolate
    linearly between the two nearest values. `stdev` divides by n - 1 and is None for a single step; every
    other number is None where `count` is 0. `open` counts cases whose time since their last event lies here:
    it enters no other number.
    """

    from_org: str
    to_org: str
    count: int
    mean: float | None
    median: float | None
    p90: float | None
    p95: float | None
    p99: float | None
    stdev: float | None
    min: float | None
    max: float | None
    sum: float
    open: int

    @property
    def between(self) -> bool:
        """Whether these steps are hand-offs: both organisations known, and not the same."""
        return UNKNOWN not in (self.from_org, self.to_org) and self.from_org != self.to_org

    @property
    def inside(self) -> bool:
        """Whether the case stayed where it was."""
        return self.from_org == self.to_org != UNKNOWN


@dataclass(frozen=True, slots=True)
class Matrix:
    """Pairs with steps, pairs in which cases merely wait now, and totals over the former, in seconds.

    `elapsed_s` = `between_s` + `inside_s` + `unknown_s`: every second between a case's first and last event
    belongs to exactly one of them.
    """

    rows: tuple[PairRow, ...]
    open_only: tuple[PairRow, ...]
    steps: int
    hand_offs: int
    elapsed_s: float
    between_s: float
    inside_s: float
    unknown_s: float

    @property
    def between_share(self) -> float | None:
        """Return the share of elapsed time that lies between organisations, 0 to 1; None: nothing elapsed."""
        return self.share(self.between_s)

    def share(self, seconds: float) -> float | None:
        """Return the share of all elapsed time that these seconds are; None where nothing elapsed."""
        return seconds / self.elapsed_s if self.elapsed_s else None


def matrix(pairs: Iterable[PairRow], name: Callable[[str], str] = str) -> Matrix:
    """Return the matrix of these pairs, sorted by the names shown.

    Args:
        pairs: one row per pair, as `projections.hand_off_matrix.queries.pairs` gives them.
        name: from an organisation's code to the name to show; one to one, else two rows share a name. Not
            asked for the unknown organisation.
    """
    named = [
        replace(row, from_org=_named(row.from_org, name), to_org=_named(row.to_org, name)) for row in pairs
    ]
    ordered = sorted(named, key=lambda row: (row.from_org, row.to_org))
    rows = tuple(row for row in ordered if row.count)
    between = [row for row in rows if row.between]
    inside = [row for row in rows if row.inside]
    elapsed_s = sum(row.sum for row in rows)
    between_s, inside_s = sum(row.sum for row in between), sum(row.sum for row in inside)
    return Matrix(
        rows=rows,
        open_only=tuple(row for row in ordered if not row.count),
        steps=sum(row.count for row in rows),
        hand_offs=sum(row.count for row in between),
        elapsed_s=elapsed_s,
        between_s=between_s,
        inside_s=inside_s,
        unknown_s=sum(row.sum for row in rows if not row.between and not row.inside),
    )


def _named(code: str, name: Callable[[str], str]) -> str:
    return name(code) if code else UNKNOWN
