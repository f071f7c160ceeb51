"""Quarters: which day lies in which, how they are printed and written."""

from datetime import date

import numpy as np
import pytest

from analysis.official.quarters import Quarter, numbered, quarter_of, quarters, read_quarter

EPOCH = date(1970, 1, 1).toordinal()


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - EPOCH


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2025-12-31", (2025, 4)),
        ("2026-01-01", (2026, 1)),
        ("2026-03-31", (2026, 1)),
        ("2026-04-01", (2026, 2)),
    ],
)
def test_a_day_lies_in_its_quarter(text: str, quarter: tuple[int, int]) -> None:
    assert quarter_of(day(text)) == quarter


def test_quarters_are_counted_without_a_gap() -> None:
    days = np.arange(day("2023-12-31"), day("2026-01-02"))
    found = [numbered(one) for one in sorted(set(quarters(days).tolist()))]
    assert [str(one) for one in (found[0], found[1], found[-1])] == ["2023-Q4", "2024-Q1", "2026-Q1"]
    assert [one.before for one in found[1:]] == found[:-1]
    assert all(quarter_of(one.after_day - 1) == one == quarter_of(one.after_day).before for one in found)


def test_a_quarter_is_printed_as_official_statistics_do_and_written_as_people_do() -> None:
    assert Quarter(2010, 2).title == "2010 Q2 (Apr-Jun)"
    for text in ("2026-Q3", "2026Q3", " 2026 q3 "):
        assert read_quarter(text) == Quarter(2026, 3)
    for text in ("2026-Q5", "2026-3", "Q3", ""):
        assert read_quarter(text) is None
