"""The report as a table, as JSON and as CSV, from hand-made pairs."""

import csv
import io

import orjson
from rich.console import Console

from analysis.mining.matrix import PairRow, matrix
from caseflow.reading.report import source_names
from caseflow.reading.report_rows import COLUMNS, Report, as_csv, as_json
from caseflow.reading.report_table import MOST_PAIRS, print_report
from projections.hand_offs.queries import STATES, RuleRow
from tests.support.profiles import shipped

DAY = 86_400.0


def pair(sender: str, receiver: str, count: int = 1, total: float = DAY, waiting: int = 0) -> PairRow:
    if not count:
        return PairRow(sender, receiver, 0, None, None, None, None, None, None, None, None, 0.0, waiting)
    mean = total / count
    stdev = 1.5 if count > 1 else None
    return PairRow(sender, receiver, count, mean, mean, mean, mean, mean, stdev, mean, mean, total, waiting)


PAIRS = [
    pair("police", "police", 3, 2 * DAY),
    pair("police", "court", 2, 6 * DAY, waiting=4),
    pair("court", "police", 1, DAY),
    pair("", "court", 1, DAY),
    pair("court", "court", 0, waiting=7),
]
COUNTS = dict.fromkeys(STATES, 0) | {"open": 4, "met": 5, "overdue": 2}
RULES = [RuleRow("H1", "To court", "police", "court", COUNTS, 3, (0, 1, 1), local_target=True)]


def report(pairs: list[PairRow] = PAIRS) -> Report:
    return Report(shipped("cook-county"), matrix(pairs), RULES)


def printed(found: Report, width: int, *, every_pair: bool = False) -> str:
    text = io.StringIO()
    print_report(Console(file=text, width=width, markup=False, highlight=False), found, every_pair=every_pair)
    lines = text.getvalue()
    assert max(map(len, lines.splitlines())) <= width
    return lines


def test_every_pair_is_one_row_of_the_reference_columns() -> None:
    rows = orjson.loads(as_json(report()))["pairs"]
    assert [list(row) for row in rows] == [list(COLUMNS)] * 4
    assert ("police", "police") in {(row["from_org"], row["to_org"]) for row in rows}
    assert {row["count"]: row["stdev"] for row in rows} == {1: None, 2: 1.5, 3: 1.5}


def test_what_only_waits_stands_apart_and_the_totals_add_up() -> None:
    told = orjson.loads(as_json(report()))
    assert [(row["from_org"], row["open"]) for row in told["open_only"]] == [("court", 7)]
    totals = told["totals"]
    assert totals["elapsed_s"] == totals["between_s"] + totals["inside_s"] + totals["unknown_s"] == 10 * DAY
    assert (totals["steps"], totals["hand_offs"], totals["between_share"]) == (7, 3, 0.7)
    assert told["standard"][0]["states"]["overdue"] == 2


def test_csv_holds_the_pairs_alone_with_an_empty_cell_for_no_number() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(report().matrix))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["stdev"] for row in rows if row["count"] == "1"] == ["", ""]
    assert len(rows) == 4


def test_the_boundary_that_costs_most_is_named_in_a_sentence() -> None:
    text = printed(report(), 120)
    assert "The boundary that costs most is police → court: 6 days over 2 hand-offs, 60.0 %" in text
    assert "3 of 7 steps are hand-offs between different organisations." in text
    assert "70.0 % of elapsed time lies between organisations, 20.0 % inside one, 10.0 %" in text


def test_the_costliest_pair_stands_first_also_on_a_narrow_screen() -> None:
    for width in (80, 120):
        lines = printed(report(), width).splitlines()
        body = lines[lines.index("", 1) + 2 :]
        assert body[0].startswith("police")


def test_a_long_report_says_what_it_leaves_out() -> None:
    many = [pair(f"org-{n:02}", "court", total=(n + 1) * DAY) for n in range(MOST_PAIRS + 5)]
    assert "and 5 more pairs with" in printed(report(many), 80)
    assert "more pairs" not in printed(report(many), 80, every_pair=True)


def test_an_empty_database_is_told_in_words() -> None:
    assert "there is nothing to time" in printed(Report(shipped("cook-county"), matrix([]), []), 80)


def test_standard_hand_offs_show_their_states_below_the_matrix() -> None:
    text = printed(report(), 80)
    assert "Standard hand-offs" in text
    assert "void" not in text
    assert "due soon" not in text


def test_a_wide_report_tells_what_is_due_soon_how_late_and_by_whose_limit() -> None:
    heading, row = printed(report(), 120).splitlines()[-2:]
    assert heading.split("  ")[-5:] == ["due soon", "met", "overdue", "very late", "severe"]
    assert row.split()[-6:] == ["4", "3", "5", "2", "1", "1"]
    assert "police → court (local target)" in row
    (told,) = orjson.loads(as_json(report()))["standard"]
    assert (told["due_soon"], told["tiers"], told["local_target"]) == (3, [0, 1, 1], True)


def test_the_names_of_the_imported_log_map_one_to_one() -> None:
    profile = shipped("cook-county")
    name = source_names(profile)
    assert name("grand-jury") == "GRAND JURY"
    assert name("not-in-the-profile") == "not-in-the-profile"
    codes = [code for code in profile.agencies if code != "unknown"]
    assert len({name(code) for code in codes}) == len(codes)
