"""The official timeliness table, column by column as the Criminal Court Statistics Quarterly prints it.

It looks back: it counts what was completed in a quarter, so that what is stuck is not in it. It is there to be
compared with what is published; whether work is slowing is asked elsewhere.

Source: section 8 of docs/silo_signals.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from analysis.arrays import Bools, Ints
from analysis.official.hidden_averages import averages_shown
from analysis.official.offences import Courts, Offences, counted
from analysis.official.quarters import Quarter, numbered, quarters
from analysis.official.suppression import Mark, Total, marks, printed
from analysis.perspective import Perspective

SPANS: Final = (
    "offence to charge",
    "charge to first list",
    "first list to completion",
    "offence to completion",
)
COLUMNS: Final = (
    "Year",
    "Period",
    "Court type",
    "National",
    "Region",
    "LCJB area",
    "LJA or Court name",
    "Defendants",
    *(f"Mean {span}" for span in SPANS),
    *(f"Median {span}" for span in SPANS),
)
ALL_COURTS: Final = "All courts"
NONE: Final = "-"
"""Stands in the columns of place that a row is not about."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. `defendants` is as counted: print `cells`, which hides what has to be hidden.

    A row names its place and those around it, and has `NONE` for what is not told or what it is not about. Means
    and medians are in days, in the order of `SPANS`; None where they may not be printed.
    """

    quarter: Quarter
    court_type: str
    region: str
    area: str
    court: str
    defendants: int
    mark: Mark
    means: tuple[float, ...] | None
    medians: tuple[float, ...] | None

    @property
    def view(self) -> Perspective:
        """Completed in the period."""
        return Perspective.LOOK_BACK

    def cells(self) -> tuple[str, ...]:
        """Return what is printed, in the order of `COLUMNS`."""
        averages = [Mark.HIDDEN.value if one is None else str(one) for days in self.days for one in days]
        head = (str(self.quarter.year), self.quarter.title, self.court_type)
        return (
            *head,
            NONE,
            self.region,
            self.area,
            self.court,
            printed(self.defendants, self.mark),
            *averages,
        )

    @property
    def days(self) -> tuple[tuple[int | None, ...], tuple[int | None, ...]]:
        """Means and medians as they are printed: whole days, halves up; None where hidden."""
        return _whole(self.means), _whole(self.medians)


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The table. `left_out`: by quarter of completion, how many defendants are in no row: by unsound dates."""

    rows: tuple[Row, ...]
    left_out: Mapping[Quarter, int]


def timeliness(offences: Offences, courts: Courts, until: int) -> Timeliness:
    """Return the table of all quarters that ended before the local day `until`, as known then.

    For all courts and each type of court: all areas together, each area and its courts. Rows without defendants
    are left out. Counts and averages that could be worked out from the others of their quarter are hidden.
    """
    found = counted(offences)
    chosen, quarter = _over(offences, found.offences, until)
    _, unsound = _over(offences, found.left_out, until)
    rows = [
        row
        for one in np.unique(quarter).tolist()
        for row in _rows(numbered(one), offences, chosen[quarter == one], courts)
    ]
    numbers, many = np.unique(unsound, return_counts=True)
    return Timeliness(
        tuple(rows),
        {numbered(one): count for one, count in zip(numbers.tolist(), many.tolist(), strict=True)},
    )


def _over(offences: Offences, chosen: Ints, until: int) -> tuple[Ints, Ints]:
    """Return those completed in a quarter that is over, and the quarters."""
    quarter = quarters(offences.completion[chosen])
    over = quarter < quarters(np.array([until]))
    return chosen[over], quarter[over]


class _Cell(NamedTuple):
    """Which defendants a row counts: None stands for all types, all areas or all courts."""

    type: int | None
    area: int | None
    court: int | None


def _rows(quarter: Quarter, offences: Offences, chosen: Ints, courts: Courts) -> Iterator[Row]:
    waits = _waits(offences, chosen)
    cells = _cells(courts)
    members = [_members(cell, offences, chosen, courts) for cell in cells]
    counts = [int(np.count_nonzero(one)) for one in members]
    totals = _totals(cells, courts)
    printed_as = marks(counts, totals)
    shown = averages_shown(counts, printed_as, totals)
    for place, cell in enumerate(cells):
        if counts[place]:
            days = waits[:, members[place]] if shown[place] else None
            yield Row(
                quarter=quarter,
                court_type=ALL_COURTS if cell.type is None else courts.types[cell.type],
                region=(courts.region if cell.area is None else courts.regions[cell.area]) or NONE,
                area=courts.combined if cell.area is None else courts.areas[cell.area],
                court=NONE if cell.court is None else courts.names[cell.court],
                defendants=counts[place],
                mark=printed_as[place],
                means=None if days is None else tuple(days.mean(axis=1).tolist()),
                medians=None if days is None else tuple(np.median(days, axis=1).tolist()),
            )


def _cells(courts: Courts) -> list[_Cell]:
    types = (None, *range(len(courts.types)))
    places: list[tuple[int | None, int | None]] = [(None, None)]
    for area in range(len(courts.areas)):
        places.append((area, None))
        places += [(area, court) for court, inside in enumerate(courts.area_of) if inside == area]
    return [_Cell(kind, *place) for kind, place in product(types, places)]


def _totals(cells: list[_Cell], courts: Courts) -> list[Total]:
    """Return which rows add up to which: types to all courts, courts to their area, areas to all of them."""
    at = {cell: place for place, cell in enumerate(cells)}
    found = []
    for cell, place in at.items():
        if cell.type is None:
            kinds = range(len(courts.types))
            found.append(Total(place, tuple(at[cell._replace(type=kind)] for kind in kinds)))
        if cell.area is None:
            areas = range(len(courts.areas))
            found.append(Total(place, tuple(at[cell._replace(area=area)] for area in areas)))
        elif cell.court is None:
            own = [court for court, area in enumerate(courts.area_of) if area == cell.area]
            found.append(Total(place, tuple(at[cell._replace(court=court)] for court in own)))
    return [total for total in found if total.parts]


def _members(cell: _Cell, offences: Offences, chosen: Ints, courts: Courts) -> Bools:
    inside = np.ones(chosen.size, dtype=np.bool_)
    if cell.type is not None:
        inside &= offences.court_type[chosen] == cell.type
    if cell.court is not None:
        inside &= offences.court[chosen] == cell.court
    elif cell.area is not None:
        inside &= np.array(courts.area_of, dtype=np.int64)[offences.court[chosen]] == cell.area
    return inside


def _waits(offences: Offences, chosen: Ints) -> Ints:
    """Return the days of each of `SPANS`, shape (4, chosen)."""
    days = offences.days()[:, chosen]
    return np.concatenate([np.diff(days, axis=0), days[-1:] - days[:1]])


def _whole(days: tuple[float, ...] | None) -> tuple[int | None, ...]:
    if days is None:
        return (None,) * len(SPANS)
    return tuple(int(np.floor(value + 0.5)) for value in days)
