"""How reading commands write lengths of time, shares, times and text from outside."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from caseflow.reading.durations import days, long, percent, short
from caseflow.reading.local_time import LocalTime
from caseflow.reading.safe_text import safe, safe_lines
from models.calendars import last_us_of_day
from models.instants import to_us

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "-"),
        (0, "0"),
        (0.4, "0"),
        (35, "35 s"),
        (59.7, "1 min"),
        (60, "1 min"),
        (12 * 60 + 10, "12 min"),
        (3_600, "1.0 h"),
        (15_480, "4.3 h"),
        (86_400, "1.0 d"),
        (28.9 * 86_400, "28.9 d"),
        (99.97 * 86_400, "100 d"),
        (1_234 * 86_400, "1,234 d"),
        (-7_200, "-2.0 h"),
    ],
)
def test_a_length_of_time_in_a_column_has_one_unit(seconds: float | None, text: str) -> None:
    assert short(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59.9, "59 s"),
        (125, "2 min 5 s"),
        (3_600, "1 h"),
        (3_605, "1 h"),
        (14 * 86_400 + 3 * 3_600 + 59, "14 d 3 h"),
        (86_400 + 30, "1 d"),
        (-60, "-1 min"),
    ],
)
def test_a_wait_on_a_timeline_has_its_two_greatest_units(seconds: float, text: str) -> None:
    assert long(seconds) == text


def test_whole_days_are_said_in_words() -> None:
    assert [days(count) for count in (0, 1, 28, -3)] == ["the same day", "1 day", "28 days", "-3 days"]


def test_a_share_of_nothing_is_no_number() -> None:
    assert (percent(None), percent(0.58022317), percent(1.0)) == ("-", "58.0 %", "100.0 %")


def test_a_terminal_never_obeys_text_from_outside() -> None:
    hostile = "a\x1b[31mb\x07\r\n\x85\u202ec\udcff\u2028 é → 漢"
    assert safe(hostile) == r"a\x1b[31mb\x07\x0d\x0a\u0085\u202ec\udcff\u2028 é → 漢"


def test_bytes_are_shown_line_by_line_and_never_obeyed() -> None:
    assert safe_lines(b'{"a":\t1}\nb\xff\x1b]0;title\x07') == ['{"a":   1}', r"b\xff\x1b]0;title\x07"]


def test_an_instant_is_written_in_the_zone_of_the_partnership() -> None:
    summer = to_us(datetime(2026, 7, 1, 8, 30, tzinfo=UTC))
    times = LocalTime(LONDON, cut=False)
    assert times.of_place(summer) == "01 Jul 2026 09:30"
    assert times.iso_of_place(summer) == "2026-07-01T09:30:00+01:00"


def test_a_time_cut_to_its_day_shows_the_date_alone() -> None:
    cut = to_us(datetime(2026, 7, 1, tzinfo=UTC))
    times = LocalTime(LONDON, cut=True)
    assert (times.of_place(cut), times.iso_of_place(cut)) == ("01 Jul 2026", "2026-07-01")


def test_a_deadline_at_the_end_of_a_day_is_a_date_and_one_in_hours_is_an_instant() -> None:
    times = LocalTime(LONDON, cut=False)
    assert times.of_deadline(last_us_of_day(date(2026, 7, 1), LONDON)) == "01 Jul 2026"
    assert times.of_deadline(to_us(datetime(2026, 7, 1, 8, 30, tzinfo=UTC))) == "01 Jul 2026 09:30"
