"""The report as data: one object for programs, or the rows of the pairs as CSV."""

import csv
import io
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from analysis.mining.matrix import Matrix, PairRow
from models.profile import Profile
from projections.hand_offs.queries import RuleRow

COLUMNS = (
    "from_org",
    "to_org",
    "count",
    "mean",
    "median",
    "p90",
    "p95",
    "p99",
    "stdev",
    "min",
    "max",
    "sum",
    "open",
)
"""Of every pair, in this order; times in seconds."""


@dataclass(frozen=True, slots=True)
class Report:
    """The hand-off matrix of steps, and the standard hand-offs by rule and state: two things never mixed.

    `area`: the code of the area whose cases these are; None: all cases.
    """

    profile: Profile
    matrix: Matrix
    standard: list[RuleRow]
    area: str | None = None

    @property
    def title(self) -> str:
        """What it is of, for people."""
        named = (area.title for area in self.profile.areas if area.code == self.area)
        return ": ".join([self.profile.title, *(f"cases of {name}" for name in named)])


def as_json(report: Report) -> str:
    """Return the report as one JSON object; see `caseflow report --help` for its parts."""
    told = {
        "profile": report.profile.name,
        "area": report.area,
        "pairs": [_pair(row) for row in report.matrix.rows],
        "open_only": [_pair(row) for row in report.matrix.open_only],
        "totals": _totals(report.matrix),
        "standard": [asdict(row) | {"count": row.count} for row in report.standard],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def as_csv(matrix: Matrix) -> str:
    """Return the pairs with steps as CSV with a header; a number that does not exist is an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_pair(row) for row in matrix.rows)
    return text.getvalue().rstrip("\n")


def _pair(row: PairRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}


def _totals(matrix: Matrix) -> dict[str, float | None]:
    names = ("steps", "hand_offs", "elapsed_s", "between_s", "inside_s", "unknown_s", "between_share")
    return {name: getattr(matrix, name) for name in names}
