"""`caseflow report weekly`: look-back figures week by week, as a table, JSON and CSV; flows as one."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from analysis.perspective import MixedViewsError
from analysis.waits.cohorts import CohortWeek
from analysis.waits.survival import Quantile
from caseflow.reading.waits_rows import Heading
from caseflow.reading.weekly_rows import COLUMNS, NO_MEDIAN, ToldWeek, WeeklyReport, as_csv, as_json
from caseflow.reading.weekly_text import print_weekly
from projections.weekly.queries import WeekRow
from projections.weekly.series import every_week, together

FIRST, SECOND, THIRD = (date(2026, 6, day) for day in (1, 8, 15))
NORTH = WeekRow("H04", "police", "cps-north", FIRST, 1_200, 20, 16, 4, 3, 1, 2, 5, 6.5, 150.0)
QUIET = replace(NORTH, week=THIRD, started=3, stopped=9, limited=9, late=9, wait_sum_days=9.0)
SOUTH = WeekRow("H04", "police", "cps-south", FIRST, 10, 10, 4, 0, 0, 0, 0, 0, 2.0, 30.0)
HEAD = Heading("H04", "Decision [to charge]", "days of 24 hours", "2026-06-21")


def of(*rows: WeekRow, old: tuple[date, ...] = ()) -> tuple[ToldWeek, ...]:
    return tuple(ToldWeek(row, row.week not in old) for row in rows)


REPORT = WeeklyReport(HEAD, (of(NORTH, QUIET, old=(THIRD,)), of(SOUTH)), together=False, waiting=1)
ADDED = WeeklyReport(HEAD, (of(*together([[NORTH], [SOUTH]])),), together=True, waiting=0)


def printed(report: WeeklyReport, width: int = 160) -> str:
    text = io.StringIO()
    print_weekly(Console(file=text, width=width, markup=False), report)
    return text.getvalue()


def test_a_week_in_which_nothing_happened_is_there_and_the_one_under_way_is_not() -> None:
    rows = [NORTH, QUIET]
    assert every_week(rows, date(2026, 6, 21)) == [NORTH, every_week(rows, date(2026, 6, 21))[1]]
    whole = every_week(rows, date(2026, 6, 22))
    assert [row.week for row in whole] == [FIRST, SECOND, THIRD]
    assert (whole[1].key, whole[1].started, whole[1].wait_median_days) == (NORTH.key, 0, None)
    assert every_week([], FIRST) == []


def test_flows_together_add_what_can_be_added_and_have_no_median() -> None:
    [one, other] = together([[NORTH, QUIET], [SOUTH]])
    assert (one.sender, one.receiver, one.week, other.week) == ("police", "", FIRST, THIRD)
    assert (one.started, one.stopped, one.limited, one.late, one.same_day) == (1_210, 30, 20, 4, 3)
    assert (one.missing, one.void, one.negative) == (1, 2, 5)
    assert (one.wait_median_days, one.wait_sum_days) == (None, 180.0)
    assert together([[NORTH, QUIET]]) == [NORTH, QUIET], "one flow is as it is"
    assert together([[], []]) == []


def test_people_read_the_flows_one_after_the_other_and_what_is_old() -> None:
    lines = [" ".join(line.split()) for line in printed(REPORT).splitlines()]
    assert lines[0] == "H04, Decision [to charge]: week by week, waits in days of 24 hours"
    assert lines.index("police to cps-north") < lines.index("police to cps-south")
    assert "2026-06-01 1,200 20 16 4 25 3 1 2 5 6.5 7.5" in lines
    assert "2026-06-15* 3 9 9 9 - 3 1 2 5 - -" in lines
    assert any(line.startswith("View: look-back") for line in lines)
    assert any(line.startswith("*: has changed") for line in lines)
    assert "*" not in printed(ADDED)


def test_a_narrow_screen_loses_nothing_but_the_mean() -> None:
    text = printed(REPORT, 80)
    assert max(map(len, text.splitlines())) <= 80
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "2026-06-01 1,200 20 16 4 25 3 1 2 5 6.5" in lines
    assert "2026-06-15* 3 9 9 9 - 3 1 2 5 -" in lines


def test_together_says_why_there_is_no_median() -> None:
    assert NO_MEDIAN in printed(ADDED)
    assert "police to several receivers" in printed(ADDED)
    [week] = json.loads(as_json(ADDED))["weeks"]
    assert (week["sender"], week["receiver"], week["median_days"], week["mean_days"]) == (
        "police",
        None,
        None,
        6,
    )
    assert week["why"] == NO_MEDIAN


def test_programs_read_one_object_with_its_view() -> None:
    told = json.loads(as_json(REPORT))
    assert (told["rule"], told["view"], told["together"], told["weeks_waiting"]) == (
        "H04",
        "look-back",
        False,
        1,
    )
    first, quiet, south = told["weeks"]
    assert (first["share_late"], first["median_days"], first["mean_days"], first["why"]) == (
        0.25,
        6.5,
        7.5,
        None,
    )
    assert first["share_late_low"] < 0.25 < first["share_late_high"]
    assert (quiet["share_late"], quiet["median_days"], quiet["late"]) == (None, None, 9)
    assert quiet["why"] == "a share of 9, where 10 are needed; 9 waits, where 10 are needed"
    assert [week["up_to_date"] for week in told["weeks"]] == [True, False, True]
    assert (south["receiver"], south["why"]) == ("cps-south", "a share of 4, where 10 are needed")


def test_csv_has_a_row_a_week_and_every_row_says_its_view() -> None:
    lines = list(csv.DictReader(as_csv(REPORT).splitlines()))
    assert tuple(lines[0]) == COLUMNS
    assert [(line["week"], line["receiver"], line["median_days"], line["up_to_date"]) for line in lines] == [
        ("2026-06-01", "cps-north", "6.5", "true"),
        ("2026-06-15", "cps-north", "", "false"),
        ("2026-06-01", "cps-south", "2.0", "true"),
    ]
    assert {line["view"] for line in lines} == {"look-back"}


def test_no_complete_week_is_said() -> None:
    empty = WeeklyReport(HEAD, ((),), together=False, waiting=0)
    assert "No complete week lies in that time." in printed(empty)
    assert json.loads(as_json(empty))["view"] is None
    assert as_csv(empty) == ",".join(COLUMNS)


def test_figures_of_what_was_started_never_come_into_the_same_table() -> None:
    cohort = CohortWeek(20_605, 12, 1, Quantile(0.5, 3.0, 2.0, None, 19.0))
    mixed = WeeklyReport(HEAD, ((*of(NORTH), cohort),), together=False, waiting=0)
    for told in (as_json, as_csv, printed):
        with pytest.raises(MixedViewsError):
            told(mixed)
