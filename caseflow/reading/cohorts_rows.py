"""The cohorts of a hand-off as data: what was started week by week, as one object or a row per week as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from analysis.answers import Answer
from analysis.perspective import one_view
from analysis.waits.cohorts import CohortWeek
from analysis.waits.survival import Quantile
from caseflow.reading.waits_rows import Heading, quantile_row
from models.instants import date_of

COLUMNS: Final = ("week", "view", "unit", "started", "open", "median", "median_low", "median_high", "why")
"""Of every week, in this order; waits in `unit`."""


@dataclass(frozen=True, slots=True)
class CohortsReport:
    """What was started of one row of the register in each complete week, the first one first."""

    head: Heading
    weeks: Sequence[CohortWeek]


def as_json(report: CohortsReport) -> str:
    """Return the report as one JSON object; `view` is that of all its figures, null where there are none."""
    told = {
        **report.head._asdict(),
        "by": "week",
        "view": one_view(report.weeks),
        "weeks": [row_of(week) for week in report.weeks],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def as_csv(report: CohortsReport) -> str:
    """Return a row per week with a header; a number that does not exist is an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    view = one_view(report.weeks)
    writer.writerows({**row_of(week), "view": view, "unit": report.head.unit} for week in report.weeks)
    return text.getvalue().rstrip("\n")


def row_of(week: CohortWeek) -> dict[str, Any]:
    """Return what is told of one week, by its Monday; `why` says why it has no median."""
    return {
        "week": date_of(week.monday).isoformat(),
        "started": week.started,
        "open": week.n_open,
        **quantile_row("median", week.median),
        "why": why_none(week.median),
    }


def why_none(median: Quantile | Answer) -> str | None:
    """Return why there is no median; None where there is one."""
    if isinstance(median, Answer):
        return median.why
    return (
        None
        if median.value is not None
        else f"not reached: fewer than half are over after {median.longest:g}"
    )
