"""The clock of a demonstration starts behind the wall's, runs faster, and is never ahead."""

from datetime import UTC, datetime, timedelta

import pytest

from infra import clock
from infra.clock import Pace, PaceError, read_pace

WALL = datetime(2026, 11, 22, 20, tzinfo=UTC)
PACE = Pace(WALL - timedelta(hours=100), WALL, 11)


@pytest.fixture(autouse=True)
def _wall_clock_again():
    yield
    clock.keep(None)


@pytest.mark.parametrize(("hours", "behind"), [(0, 100), (1, 90), (9.5, 5), (10, 0), (30, 0)])
def test_it_catches_up_and_then_shows_the_same(hours, behind):
    wall = WALL + timedelta(hours=hours)
    assert PACE.at(wall) == wall - timedelta(hours=behind)


def test_before_its_beginning_it_stands():
    assert PACE.at(WALL - timedelta(days=1)) == PACE.shown


def test_a_pace_is_read_as_it_is_written():
    assert read_pace(str(PACE)) == PACE


@pytest.mark.parametrize("text", ["", "fast", "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z/quick", "a/b/1"])
def test_what_is_no_pace_says_how_to_write_one(text):
    with pytest.raises(PaceError, match="SHOWN/WALL/SPEED"):
        read_pace(text)


@pytest.mark.parametrize(("ahead", "speed"), [(1, 2), (-1, 0.5)])
def test_a_clock_that_would_run_ahead_or_backwards_is_refused(ahead, speed):
    with pytest.raises(PaceError, match="behind the wall's"):
        Pace(WALL + timedelta(hours=ahead), WALL, speed)


def test_a_process_shows_the_wall_clock_unless_it_keeps_a_pace():
    wall_us = int(WALL.timestamp()) * 1_000_000
    assert clock.shown_us(wall_us) == wall_us
    clock.keep(PACE)
    assert clock.shown_us(wall_us) == wall_us - 100 * 3_600_000_000
    clock.keep(Pace(WALL, WALL + timedelta(days=36_500), 1))
    assert clock.now() == WALL, "before its beginning it stands"
