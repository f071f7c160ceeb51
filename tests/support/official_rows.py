"""Rows of the official table made by hand."""

from collections.abc import Sequence
from datetime import date

from analysis.official.quarters import read_quarter
from analysis.official.suppression import Mark
from analysis.official.timeliness import NONE, Row, Timeliness
from caseflow.timeliness.official import Official


def row(
    quarter: str, defendants: int, days: int | None, mark: Mark = Mark.SHOWN, *, court: str = NONE
) -> Row:
    """Return a row of magistrates' courts in Cleveland: 30, 14 and 16 days, and so many in all; None: hidden."""
    found = read_quarter(quarter)
    assert found is not None
    waits = None if days is None else (30.0, 14.0, 16.0, float(days))
    return Row(found, "Magistrates", "North East", "Cleveland", court, defendants, mark, waits, waits)


def official(
    rows: Sequence[Row], *, told_until: int | None = None, left_out: int = 0, undated: int = 0
) -> Official:
    """Return a table of these rows, as known on 20 July 2026; `left_out` of the last quarter."""
    counts = {max(one.quarter for one in rows): left_out} if left_out else {}
    return Official(Timeliness(tuple(rows), counts), date(2026, 7, 20), undated, told_until)
