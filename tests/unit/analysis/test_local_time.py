"""What the clocks on the wall showed, for many instants at once."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from analysis.arrays import DAY_US, NEVER
from analysis.local_time import LocalTime, OutsideLocalTimeError

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def us(year: int, month: int, on: int, hour: int = 0, minute: int = 0) -> int:
    return (datetime(year, month, on, hour, minute, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)


FIRST, LAST = us(2024, 1, 1), us(2027, 1, 1)
TIME = LocalTime.of(LONDON, FIRST, LAST)


def test_every_offset_change_is_found_to_the_microsecond() -> None:
    assert TIME.starts[1:3].tolist() == [us(2024, 3, 31, 1), us(2024, 10, 27, 1)]
    assert len(TIME.starts) == 7


def test_wall_clocks_agree_with_the_zone_at_random_instants() -> None:
    instants = np.random.default_rng(1).integers(FIRST, LAST, 500)
    by_zone = [
        (EPOCH + timedelta(microseconds=int(one))).astimezone(LONDON).replace(tzinfo=UTC) for one in instants
    ]
    assert TIME.local(instants).tolist() == [(one - EPOCH) // timedelta(microseconds=1) for one in by_zone]


def test_the_last_second_before_a_change_still_has_the_old_offset() -> None:
    change = us(2024, 3, 31, 1)
    assert TIME.local(np.array([change - 1, change])).tolist() == [change - 1, change + 3_600_000_000]


def test_what_never_comes_has_no_wall_clock_either() -> None:
    assert TIME.local(np.array([NEVER, FIRST])).tolist() == [NEVER, FIRST]


def test_a_summer_night_belongs_to_the_day_that_clocks_show() -> None:
    assert TIME.day(us(2025, 6, 30, 23, 30)) == us(2025, 7, 1) // DAY_US
    assert TIME.day(us(2025, 6, 30, 22, 30)) == us(2025, 6, 30) // DAY_US


def test_a_day_begins_at_its_midnight_on_the_wall() -> None:
    assert TIME.midnight(us(2025, 7, 1) // DAY_US) == us(2025, 6, 30, 23)
    assert TIME.midnight(us(2025, 12, 1) // DAY_US) == us(2025, 12, 1)
    for day in range(FIRST // DAY_US + 1, LAST // DAY_US):
        assert TIME.day(TIME.midnight(day)) == day
        assert TIME.day(TIME.midnight(day) - 1) == day - 1


def test_a_day_whose_midnight_is_skipped_begins_with_its_first_instant() -> None:
    santiago = LocalTime.of(ZoneInfo("America/Santiago"), us(2024, 1, 1), us(2025, 1, 1))
    day = us(2024, 9, 8) // DAY_US  # clocks went from 24:00 to 01:00
    assert santiago.midnight(day) == us(2024, 9, 8, 4)
    assert santiago.at(us(2024, 9, 8, 4)) == us(2024, 9, 8, 1)


def test_a_fixed_offset_is_one_piece() -> None:
    fixed = LocalTime.of(timezone(timedelta(hours=-5)), FIRST, LAST)
    assert (fixed.starts.tolist(), fixed.offsets.tolist()) == ([FIRST], [-5 * 3_600_000_000])


def test_years_that_were_not_laid_out_are_refused() -> None:
    for outside in (FIRST - 1, LAST + 1):
        with pytest.raises(OutsideLocalTimeError, match="lay out more"):
            TIME.local(np.array([outside]))
    with pytest.raises(OutsideLocalTimeError, match="outside the years"):
        TIME.midnight(LAST // DAY_US + 2)
    with pytest.raises(OutsideLocalTimeError, match="outside the years"):
        TIME.midnight(FIRST // DAY_US - 1)
