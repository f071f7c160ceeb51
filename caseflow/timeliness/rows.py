"""The official table as data: CSV to lay beside the published one, or one JSON object."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import orjson

from analysis.official.timeliness import COLUMNS, SPANS, Row
from analysis.perspective import one_view
from caseflow.timeliness.notes import notes
from caseflow.timeliness.official import Official
from models.profile import Profile

KEYS = tuple(span.replace(" ", "_") for span in SPANS)


def as_csv(rows: Sequence[Row]) -> str:
    """Return rows in the official columns, with a header; hidden figures as `<5` and `[c]`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.cells() for row in rows)
    return text.getvalue().rstrip("\n")


def as_json(official: Official, rows: Sequence[Row], profile: Profile) -> str:
    """Return rows as one object; a hidden figure is null, `defendants_printed` says how the count is printed."""
    told = {
        "profile": profile.name,
        "view": one_view(rows),
        "unit": "defendant in a completed case",
        "known_on": official.known_on.isoformat(),
        "rows": [_row(official, row) for row in rows],
        "notes": notes(official, (row.quarter for row in rows)),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def _row(official: Official, row: Row) -> dict[str, Any]:
    _, period, court_type, national, region, area, court, defendants, *_ = row.cells()
    means, medians = row.days
    return {
        "year": row.quarter.year,
        "period": period,
        "provisional": official.is_provisional(row.quarter),
        "court_type": court_type,
        "national": national,
        "region": region,
        "lcjb_area": area,
        "lja_or_court": court,
        "defendants": row.defendants if defendants.isdigit() else None,
        "defendants_printed": defendants,
        "mean": dict(zip(KEYS, means, strict=True)),
        "median": dict(zip(KEYS, medians, strict=True)),
    }
