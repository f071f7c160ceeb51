"""`caseflow report waits --by week`: what was started in each week, as a table, JSON and CSV."""

import csv
import io
import json

import pytest
from rich.console import Console

from analysis.answers import Answer, Status
from analysis.perspective import MixedViewsError
from analysis.series.weekly import Week
from analysis.waits.cohorts import CohortWeek
from analysis.waits.survival import Quantile
from caseflow.reading.cohorts_rows import COLUMNS, CohortsReport, as_csv, as_json
from caseflow.reading.cohorts_text import print_cohorts
from caseflow.reading.waits_rows import Heading

MONDAY = 20_605
"""1 June 2026."""
TOO_FEW = "9 items and 9 completions, where 10 and 5 are needed"
HEAD = Heading("H04", "Decision [to charge]", "open days", "2026-06-28")
WEEKS = (
    CohortWeek(MONDAY, 1_200, 1, Quantile(0.5, 3.0, 2.0, None, 19.0)),
    CohortWeek(MONDAY + 7, 9, 0, Answer.unknown(Status.NOT_ENOUGH_DATA, TOO_FEW)),
    CohortWeek(MONDAY + 14, 12, 7, Quantile(0.5, None, None, None, 9.0)),
)
REPORT = CohortsReport(HEAD, WEEKS)
NOT_REACHED = "not reached: fewer than half are over after 9"


def printed(report: CohortsReport, width: int = 160) -> str:
    text = io.StringIO()
    print_cohorts(Console(file=text, width=width, markup=False), report)
    return text.getvalue()


def test_people_read_a_week_a_line_and_why_it_has_no_median() -> None:
    lines = [" ".join(line.split()) for line in printed(REPORT).splitlines()]
    assert lines[0] == "H04, Decision [to charge]: what was started in each week, waits in open days"
    assert "2026-06-01 1,200 1 3 (2 to ?)" in lines
    assert f"2026-06-08 9 0 - {TOO_FEW}" in lines
    assert f"2026-06-15 12 7 over 9 {NOT_REACHED}" in lines
    assert any(line.startswith("View: cohort") for line in lines)


def test_a_narrow_screen_loses_no_number() -> None:
    text = printed(REPORT, 80)
    assert "3 (2 to ?)" in text
    assert max(map(len, text.splitlines())) <= 80


def test_programs_read_one_object_with_its_view() -> None:
    told = json.loads(as_json(REPORT))
    assert (told["rule"], told["by"], told["view"], told["unit"]) == ("H04", "week", "cohort", "open days")
    assert told["weeks"][0] == {
        "week": "2026-06-01",
        "started": 1_200,
        "open": 1,
        "median": 3.0,
        "median_low": 2.0,
        "median_high": None,
        "why": None,
    }
    assert [week["why"] for week in told["weeks"]] == [None, TOO_FEW, NOT_REACHED]


def test_csv_has_a_row_a_week_and_every_row_says_its_view() -> None:
    lines = list(csv.DictReader(as_csv(REPORT).splitlines()))
    assert tuple(lines[0]) == COLUMNS
    assert [(line["week"], line["median"], line["view"]) for line in lines] == [
        ("2026-06-01", "3.0", "cohort"),
        ("2026-06-08", "", "cohort"),
        ("2026-06-15", "", "cohort"),
    ]


def test_no_complete_week_is_said() -> None:
    empty = CohortsReport(HEAD, ())
    assert "No complete week lies in that time." in printed(empty)
    assert json.loads(as_json(empty))["view"] is None
    assert as_csv(empty) == ",".join(COLUMNS)


def test_figures_of_what_was_completed_never_come_into_the_same_table() -> None:
    completed = Week(MONDAY + 21, 5, 5.0, 12, 11, 10, 2, 3.0, 1)
    mixed = CohortsReport(HEAD, (*WEEKS, completed))
    for told in (as_json, as_csv, printed):
        with pytest.raises(MixedViewsError):
            told(mixed)
