"""The official timeliness table, column by column as the Criminal Court Statistics Quarterly prints it.

It looks back: it counts what was completed in a quarter, so that what is stuck is not in it. It is there to be
compared with what is published; whether work is slowing is asked elsewhere.

Source: section 8 of docs/silo_signals.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from analysis.arrays import Bools, Ints
from analysis.offences import Courts, Offences, counted
from analysis.perspective import Perspective
from analysis.suppression import Mark, Total, average_shown, marks, printed

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
_MONTHS: Final = ("Jan-Mar", "Apr-Jun", "Jul-Sep", "Oct-Dec")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. `defendants` is as counted: print `cells`, which hides what has to be hidden.

    Means and medians are in days, in the order of `SPANS`; None where they may not be printed.
    """

    year: int
    quarter: int
    court_type: str
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

    @property
    def period(self) -> str:
        """The quarter as it is printed, such as "2010 Q2 (Apr-Jun)"."""
        return f"{self.year} Q{self.quarter} ({_MONTHS[self.quarter - 1]})"

    def cells(self) -> tuple[str, ...]:
        """Return what is printed, in the order of `COLUMNS`: whole days, halves up."""
        averages = [text for days in (self.means, self.medians) for text in _texts(days)]
        place = (NONE, NONE, self.area, self.court)
        head = (str(self.year), self.period, self.court_type, *place)
        return (*head, printed(self.defendants, self.mark), *averages)


def timeliness(offences: Offences, courts: Courts, until: int) -> tuple[Row, ...]:
    """Return the rows of all quarters that ended before the local day `until`, as known then.

    For all courts and each type of court: all areas together, each area, each court. Rows without defendants
    are left out. Counts that could be worked out from the others of their quarter are hidden.
    """
    chosen = counted(offences).offences
    quarter = _quarters(offences.completion[chosen])
    over = quarter < _quarters(np.array([until]))
    chosen, quarter = chosen[over], quarter[over]
    return tuple(
        row
        for one in np.unique(quarter).tolist()
        for row in _rows(one, offences, chosen[quarter == one], courts)
    )


class _Cell(NamedTuple):
    """Which defendants a row counts: None stands for all types, all areas or all courts."""

    type: int | None
    area: int | None
    court: int | None


def _rows(quarter: int, offences: Offences, chosen: Ints, courts: Courts) -> Iterator[Row]:
    waits = _waits(offences, chosen)
    cells = _cells(courts)
    members = [_members(cell, offences, chosen, courts) for cell in cells]
    counts = [int(np.count_nonzero(one)) for one in members]
    for cell, inside, count, mark in zip(
        cells, members, counts, marks(counts, _totals(cells, courts)), strict=True
    ):
        if count:
            shown = waits[:, inside] if average_shown(count, mark) else None
            yield Row(
                year=1970 + quarter // 4,
                quarter=quarter % 4 + 1,
                court_type=ALL_COURTS if cell.type is None else courts.types[cell.type],
                area=_area(cell, courts),
                court=NONE if cell.court is None else courts.names[cell.court],
                defendants=count,
                mark=mark,
                means=None if shown is None else tuple(shown.mean(axis=1).tolist()),
                medians=None if shown is None else tuple(np.median(shown, axis=1).tolist()),
            )


def _cells(courts: Courts) -> list[_Cell]:
    types = (None, *range(len(courts.types)))
    places = [
        (None, None),
        *((area, None) for area in range(len(courts.areas))),
        *((courts.area_of[court], court) for court in range(len(courts.names))),
    ]
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


def _quarters(days: Ints) -> Ints:
    """Return the quarters in which local days lie, counted since 1970."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months // 3)


def _area(cell: _Cell, courts: Courts) -> str:
    if cell.court is not None:
        return NONE
    return courts.combined if cell.area is None else courts.areas[cell.area]


def _texts(days: tuple[float, ...] | None) -> list[str]:
    if days is None:
        return [Mark.HIDDEN.value] * len(SPANS)
    return [str(int(np.floor(value + 0.5))) for value in days]
