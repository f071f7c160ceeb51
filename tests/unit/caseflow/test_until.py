"""Moments to come, as people write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from caseflow.until import length_of, moment_of

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "hours"), [("90min", 1.5), ("4h", 4), ("2d", 48), ("1w", 168), (" 2 d ", 48), ("1h", 1)]
)
def test_a_length_is_a_number_and_a_unit(text: str, hours: float) -> None:
    assert length_of(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "2", "d", "0d", "-1d", "2 days", "1.5h", "2d3h", "99999w"])
def test_what_is_no_length_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write 90min, 4h, 2d or 1w"):
        length_of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-04", datetime(2026, 3, 4, tzinfo=UTC)),
        ("2026-07-04", datetime(2026, 7, 3, 23, tzinfo=UTC)),
        ("2026-07-04T09:00", datetime(2026, 7, 4, 8, tzinfo=UTC)),
        ("2026-07-04T09:00+00:00", datetime(2026, 7, 4, 9, tzinfo=UTC)),
    ],
)
def test_a_moment_is_local_where_it_has_no_offset(text: str, expected: datetime) -> None:
    assert moment_of(text, LONDON) == expected


@pytest.mark.parametrize("text", ["", "tomorrow", "04/03/2026", "2026-13-01"])
def test_what_is_no_moment_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write 2026-03-04"):
        moment_of(text, LONDON)
