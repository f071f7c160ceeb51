"""The weeks of a hand-off as data: look-back figures week by week, as one object or a row per week as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from analysis.perspective import Perspective, one_view
from analysis.series.weekly import FEWEST_VALUES
from analysis.shares import share
from caseflow.reading.waits_rows import Heading
from projections.weekly.queries import WeekRow

COLUMNS: Final = (
    "week",
    "view",
    "sender",
    "receiver",
    "started",
    "stopped",
    "limited",
    "late",
    "share_late",
    "share_late_low",
    "share_late_high",
    "same_day",
    "missing",
    "void",
    "negative",
    "median_days",
    "mean_days",
    "why",
    "up_to_date",
)
"""Of every week, in this order; waits in `_days` of 24 hours."""
NO_MEDIAN: Final = "no median of several flows: one of medians would be wrong"


@dataclass(frozen=True, slots=True)
class ToldWeek:
    """A week, and whether everything that is known of it is in its figures."""

    row: WeekRow
    up_to_date: bool

    @property
    def view(self) -> Perspective:
        """Completed in the period."""
        return self.row.view

    @property
    def share_late(self) -> float | None:
        """Return the late ones of those that had a limit, 0 to 1; None below 10."""
        found = share(self.row.late, self.row.limited).effect
        return None if found is None else found.value

    @property
    def median_days(self) -> float | None:
        """Return the median wait; None below 10 waits, and of several flows together."""
        return self.row.wait_median_days if self.row.stopped >= FEWEST_VALUES else None

    @property
    def mean_days(self) -> float | None:
        """Return the mean wait; None below 10 waits."""
        return self.row.wait_sum_days / self.row.stopped if self.row.stopped >= FEWEST_VALUES else None


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """The weeks that are over, flow after flow: each a sequence by week; `together`: all flows as one.

    `waiting` is how many weeks asked for have changed and are not computed anew yet.
    """

    head: Heading
    flows: Sequence[Sequence[ToldWeek]]
    together: bool
    waiting: int

    @property
    def weeks(self) -> list[ToldWeek]:
        """All of them."""
        return [week for flow in self.flows for week in flow]


def as_json(report: WeeklyReport) -> str:
    """Return the report as one JSON object; `view` is that of all its figures, null where there are none."""
    told = {
        **report.head._asdict(),
        "view": one_view(report.weeks),
        "together": report.together,
        "weeks_waiting": report.waiting,
        "weeks": [row_of(week) for week in report.weeks],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def as_csv(report: WeeklyReport) -> str:
    """Return a row per week with a header; a number that does not exist is an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    view = one_view(report.weeks)
    rows = ({**row_of(week), "view": view} for week in report.weeks)
    writer.writerows({**row, "up_to_date": str(row["up_to_date"]).lower()} for row in rows)
    return text.getvalue().rstrip("\n")


def row_of(week: ToldWeek) -> dict[str, Any]:
    """Return what is told of one week, by its Monday; `why` says why a number is missing.

    Sender or receiver is None where several flows with different ones are together.
    """
    row = week.row
    late = share(row.late, row.limited)
    return {
        "week": row.week.isoformat(),
        "sender": row.sender or None,
        "receiver": row.receiver or None,
        "started": row.started,
        "stopped": row.stopped,
        "limited": row.limited,
        "late": row.late,
        "share_late": late.effect and late.effect.value,
        "share_late_low": late.effect and late.effect.low,
        "share_late_high": late.effect and late.effect.high,
        "same_day": row.same_day,
        "missing": row.missing,
        "void": row.void,
        "negative": row.negative,
        "median_days": week.median_days,
        "mean_days": week.mean_days,
        "why": "; ".join(filter(None, (late.why, _why_no_median(week)))) or None,
        "up_to_date": week.up_to_date,
    }


def _why_no_median(week: ToldWeek) -> str | None:
    if week.row.stopped < FEWEST_VALUES:
        return f"{week.row.stopped} waits, where {FEWEST_VALUES} are needed"
    return NO_MEDIAN if week.median_days is None else None
