"""Alerts as rows for programs, JSON or CSV; and how late they are."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from caseflow.reading.local_time import LocalTime
from models.instants import from_us, to_us
from projections.alerts.queries import AlertRow

_KEPT = (
    "id", "hand_off", "case_ref", "rule", "title", "sender", "receiver", "owner", "internal", "area", "severity",
    "level", "state", "time_limit", "certainty", "local_target", "raised_at", "changed_at", "snoozed_until",
    "acknowledged_by", "acknowledged_at", "resolved_at", "resolved_how", "resolved_by", "resolved_why", "signal",
    "kind", "sentence", "confidence",
)  # fmt: skip
COLUMNS = (*_KEPT, "due_at", "overdue_at", "late_s")
"""Of an alert, in this order; instants in UTC."""


@dataclass(frozen=True, slots=True)
class Times:
    """How times are written: in the partnership's zone, and late by how much up to `now`."""

    zone: ZoneInfo
    now: datetime

    def of(self, at: datetime) -> str:
        """Return an instant to the minute."""
        return LocalTime(self.zone, cut=False).of_instant(to_us(at))

    def deadline(self, due_us: int | None) -> str:
        """Return a last instant in time: a date where it is the end of that day; `-`: there is none."""
        return "-" if due_us is None else LocalTime(self.zone, cut=False).of_deadline(due_us)

    def late_s(self, row: AlertRow) -> float | None:
        """Return for how long the hand-off is late, or was when its alert was resolved, in seconds."""
        upto = row.resolved_at or self.now
        return None if row.due_us is None else max(0.0, (to_us(upto) - row.due_us) / 1_000_000)


def alerts_as_json(rows: Sequence[AlertRow], times: Times) -> str:
    """Return alerts as a JSON list: instants in UTC, lateness in seconds."""
    return orjson.dumps([_row(row, times) for row in rows], option=orjson.OPT_INDENT_2).decode()


def alerts_as_csv(rows: Sequence[AlertRow], times: Times) -> str:
    """Return alerts as CSV with a header: the fields of the JSON, empty for what is not known."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        fields = _row(row, times)
        writer.writerow([_cell(fields[name]) for name in COLUMNS])
    return text.getvalue().rstrip("\n")


def _row(row: AlertRow, times: Times) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in _KEPT}
    instants = {"due_at": row.due_us, "overdue_at": row.overdue_us}
    told_at = {name: None if us is None else from_us(us) for name, us in instants.items()}
    ids = {name: None if kept[name] is None else str(kept[name]) for name in ("id", "hand_off", "signal")}
    return kept | ids | told_at | {"late_s": times.late_s(row)}


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
