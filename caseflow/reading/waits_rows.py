"""A comparison of waits as data: one object for programs, or a row per group as CSV."""

import csv
import io
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import orjson

from analysis.answers import Answer
from analysis.waits.comparison import Comparison, Group
from analysis.waits.logrank import GroupsLogRank
from analysis.waits.survival import Quantile, RestrictedMean
from models.wait_groups import By

COLUMNS: Final = (
    "group",
    "unit",
    "waits",
    "not_over",
    "median",
    "median_low",
    "median_high",
    "p90",
    "p90_low",
    "p90_high",
    "mean",
    "mean_error",
    "completed",
    "expected",
    "p",
    "why",
)
"""Of every group, in this order; waits in `unit`."""


class Heading(NamedTuple):
    """One row of the register, and what its waits are counted in.

    `known_by` is the last local day (YYYY-MM-DD) of which something counts, of the flow that is known least far.
    """

    rule: str
    title: str
    unit: str
    known_by: str


@dataclass(frozen=True, slots=True)
class WaitsReport:
    """The waits of one row of the register, in groups."""

    head: Heading
    by: By
    found: Comparison


def as_json(report: WaitsReport) -> str:
    """Return the report as one JSON object."""
    told = {
        **report.head._asdict(),
        "by": report.by.value,
        "mean_cut_at": report.found.tau,
        "any_difference": _overall(report.found.overall),
        "groups": [row_of(group) for group in report.found.groups],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def as_csv(report: WaitsReport) -> str:
    """Return a row per group with a header; a number that does not exist is an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row_of(group), "unit": report.head.unit} for group in report.found.groups)
    return text.getvalue().rstrip("\n")


def row_of(group: Group) -> dict[str, Any]:
    """Return what is told of one group, waits in the unit of the report; `why` says why a number is missing."""
    pace = None if isinstance(group.pace, Answer) else group.pace
    whys = [one.why for one in (group.median, group.mean, group.pace) if isinstance(one, Answer)]
    mean = group.mean if isinstance(group.mean, RestrictedMean) else None
    return {
        "group": group.name,
        "waits": group.waits,
        "not_over": group.n_open,
        **quantile_row("median", group.median),
        **quantile_row("p90", group.long),
        "mean": None if mean is None else mean.value,
        "mean_error": None if mean is None else mean.error,
        "completed": None if pace is None else pace.observed,
        "expected": None if pace is None else pace.expected,
        "p": group.p,
        "why": "; ".join(dict.fromkeys(filter(None, whys))) or None,
    }


def quantile_row(name: str, told: Quantile | Answer) -> dict[str, float | None]:
    """Return a quantile and the ends of its interval, by the names of their columns."""
    parts = (None, None, None) if isinstance(told, Answer) else (told.value, told.low, told.high)
    return dict(zip((name, f"{name}_low", f"{name}_high"), parts, strict=True))


def _overall(found: GroupsLogRank | Answer) -> dict[str, Any]:
    if isinstance(found, Answer):
        return {"status": found.status.value, "why": found.why}
    return {"status": "ok", **found._asdict()}
