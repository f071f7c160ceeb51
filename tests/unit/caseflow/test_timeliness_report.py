"""The official table: what may be asked for, how it is printed, and up to when the courts have told all."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import orjson
import pytest
import typer
from rich.console import Console

from analysis.feeds import Feed
from analysis.official.quarters import Quarter
from analysis.official.suppression import Mark
from analysis.official.timeliness import Row
from caseflow.errors import CommandError
from caseflow.timeliness.choosing import Wanted, as_of_us, wanted
from caseflow.timeliness.notes import notes
from caseflow.timeliness.rows import as_csv, as_json
from caseflow.timeliness.table import print_timeliness
from caseflow.timeliness.told_until import told_until
from models.instants import to_us
from tests.support.official_rows import official, row
from tests.support.profiles import shipped

PROFILE = shipped("cleveland-and-durham")
TEESSIDE = "Teesside Magistrates' Court"
ROWS = [
    replace(row("2026-Q1", 90, 100), area="Cleveland and Durham"),
    row("2026-Q1", 60, 100),
    row("2026-Q2", 60, 1_100),
    row("2026-Q2", 3, None, Mark.SMALL, court=TEESSIDE),
    row("2026-Q2", 30, None, Mark.HIDDEN, court="B99XX"),
]
FIRST = date(2026, 7, 1).toordinal() - date(1970, 1, 1).toordinal()
HOUR_US = 3_600_000_000


def printed(rows: list[Row], width: int, told: int | None = None) -> str:
    text = io.StringIO()
    console = Console(file=text, width=width, markup=False, highlight=False)
    print_timeliness(console, official(rows, told_until=told), rows, PROFILE)
    assert max(map(len, text.getvalue().splitlines())) <= width
    return text.getvalue()


def test_one_quarter_or_a_span_of_them_is_asked_for() -> None:
    assert wanted("2026-Q2", None, None, None) == Wanted(Quarter(2026, 2), Quarter(2026, 2))
    assert wanted(None, "2025Q4", None, "durham") == Wanted(Quarter(2025, 4), None, "durham")
    for wrong in (("2026-5", None, None), ("2026-Q1", "2026-Q1", None), (None, "2026-Q2", "2026-Q1")):
        with pytest.raises(typer.BadParameter):
            wanted(*wrong, None)


def test_a_quarter_that_is_not_over_is_refused_with_the_last_that_is() -> None:
    asked = wanted("2026-Q2", None, None, None)
    asked.check(FIRST)
    with pytest.raises(CommandError, match="The last quarter that is, is 2026-Q1"):
        asked.check(FIRST - 1)


def test_a_place_is_an_area_with_its_courts_or_a_court_or_all_together() -> None:
    assert len(Wanted(place="cleveland").rows(ROWS, PROFILE)) == 4
    assert Wanted(place="combined").rows(ROWS, PROFILE) == ROWS[:1]
    assert Wanted(place="b17ja").rows(ROWS, PROFILE) == ROWS[3:4]
    assert Wanted(place="B99XX").rows(ROWS, PROFILE) == ROWS[4:]
    assert Wanted(first=Quarter(2026, 2), place="durham").rows(ROWS, PROFILE) == []
    with pytest.raises(CommandError, match="there are combined, cleveland, durham, B17JA"):
        Wanted(place="nowhere").rows(ROWS, PROFILE)


def test_as_of_a_day_is_the_midnight_that_ends_it_and_only_once_it_is_over() -> None:
    midnight = to_us(datetime(2026, 6, 30, 23, tzinfo=UTC))
    assert as_of_us(date(2026, 6, 30), PROFILE, midnight) == midnight
    with pytest.raises(typer.BadParameter, match="2026-07-01 is not over"):
        as_of_us(date(2026, 7, 1), PROFILE, midnight)


def test_people_read_means_above_medians_within_any_width() -> None:
    for width in (80, 110, 160):
        lines = [line.split() for line in printed(ROWS, width).splitlines()]
        assert ["median", "30", "14", "16", "1,100"] in lines
    assert "2026 Q2 (Apr-Jun)\n" in printed(ROWS, 110)
    assert "2026 Q2 (Apr-Jun), provisional\n" in printed(ROWS, 110, told=FIRST - 1)
    assert f"    {TEESSIDE} " in printed(ROWS, 110)


def test_small_numbers_are_nowhere_in_what_is_written() -> None:
    for text in (printed(ROWS[3:], 110), as_csv(ROWS[3:]), as_json(official(ROWS), ROWS[3:], PROFILE)):
        assert "<5" in text
        assert "[c]" in text
    found = orjson.loads(as_json(official(ROWS), ROWS[3:], PROFILE))["rows"]
    assert [(one["defendants"], one["defendants_printed"]) for one in found] == [(None, "<5"), (None, "[c]")]
    assert {value for one in found for value in (*one["mean"].values(), *one["median"].values())} == {None}


def test_who_is_left_out_is_said_without_telling_of_few() -> None:
    said = " ".join(notes(official(ROWS, left_out=3, undated=12), [Quarter(2026, 2)]))
    assert "missing or before the one it follows: <5 of 2026 Q2 (Apr-Jun)." in said
    assert "date of completion is not told: 12." in said
    assert "As known on 20 July 2026." in said


def test_an_empty_table_is_a_sentence() -> None:
    assert "There is none" in printed([], 80)


def heard(agency: str, days: list[int], lag_hours: int) -> Feed:
    published = np.array([day * 24 * HOUR_US + 15 * HOUR_US for day in days], dtype=np.int64)
    lag = np.full(len(days), lag_hours * HOUR_US)
    nothing = np.zeros(len(days), dtype=np.int64)
    return Feed.of(agency, published - lag, published, lag, nothing.astype(np.bool_), nothing)


def test_the_slowest_court_says_up_to_when_all_is_told() -> None:
    days = list(range(FIRST - 40, FIRST))
    now_us = FIRST * 24 * HOUR_US + 10 * HOUR_US
    feeds = {"hmcts-magistrates": heard("hmcts-magistrates", days, 1)}
    assert told_until(feeds, PROFILE, now_us) == FIRST - 1
    later_us = now_us + 24 * HOUR_US
    assert told_until({"a": heard("a", days, 1)}, PROFILE, later_us) is None
    slow = feeds | {"hmcts-crown": heard("hmcts-crown", [*days, FIRST], 24 * 6)}
    assert told_until(slow, PROFILE, later_us) == FIRST - 5
    silent = feeds | {"hmcts-crown": heard("hmcts-crown", days[:10], 1)}
    assert told_until(silent, PROFILE, later_us) == days[9]
