"""Open hours by hand: Monday 25 March 2024 is day 0, closed at the weekend, open from nine to five."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from analysis.arrays import DAY_US, HOUR_US, NEVER
from analysis.items import Flow, FlowKey, Known
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays, OutsideCalendarError
from analysis.open_hours import OpenHours
from tests.support.listed_items import Told, items_of

MONDAY = 19_807
DAYS = OpenDays.weekdays(MONDAY, 21)
OFFICE = OpenHours(DAYS, 9 * 60, 17 * 60)
ALL_DAY = OpenHours(OpenDays(MONDAY, np.ones(21)))


def at(day: int, hour: float) -> np.ndarray:
    return np.array([(MONDAY + day) * DAY_US + round(hour * HOUR_US)])


@pytest.mark.parametrize(
    ("day", "hour", "slot"),
    [
        (0, 9, 0),
        (0, 9.99, 0),
        (0, 16.5, 7),
        (1, 9, 8),
        (4, 12, 35),
        (0, 0, 0),  # before it opens: its first hour
        (0, 17, 8),  # after it closed: the first hour of the next day
        (4, 23, 40),  # a Friday night, and the weekend: Monday's first hour
        (5, 12, 40),
        (6, 23.5, 40),
        (7, 9.5, 40),
    ],
)
def test_an_instant_counts_in_its_open_hour_or_in_the_next_one(day: int, hour: float, slot: int) -> None:
    assert OFFICE.slots_at(at(day, hour)).tolist() == [slot]


def test_every_day_has_its_hours_where_all_are_open() -> None:
    assert ALL_DAY.slots_at(at(2, 13.25)).tolist() == [2 * 24 + 13]
    assert (ALL_DAY.per_day, OFFICE.per_day, DAYS.per_day) == (24, 8, 1)


def test_an_hour_may_begin_at_half_past() -> None:
    early = OpenHours(DAYS, 8 * 60 + 30, 16 * 60 + 30)
    assert early.slots_at(np.concatenate([at(0, 9.4), at(0, 9.5)])).tolist() == [0, 1]
    assert early.phases_of(0, 9).tolist() == [8, 9, 10, 11, 12, 13, 14, 15, 8]


def test_what_has_not_come_has_no_slot_and_what_lies_outside_is_refused() -> None:
    assert OFFICE.slots_at(np.array([NEVER])).tolist() == [NEVER]
    assert OFFICE.slots(np.array([NEVER, MONDAY + 7])).tolist() == [NEVER, 40]
    with pytest.raises(OutsideCalendarError, match="declare more years"):
        OFFICE.slots_at(at(-1, 10))


def test_the_day_strength_and_hour_of_each_slot_are_known() -> None:
    weights = DAYS.weights.copy()
    weights[1] = 0.5
    laid = OpenHours(OpenDays(MONDAY, weights), 9 * 60, 17 * 60)
    assert laid.strength(6, 18).tolist() == [1, 1, *[0.5] * 8, 1, 1]
    assert (laid.days_of(6, 18) - MONDAY).tolist() == [0, 0, *[1] * 8, 2, 2]
    assert laid.phases_of(6, 10).tolist() == [15, 16, 9, 10]
    assert laid.slot(MONDAY + 2) == 16


@pytest.mark.parametrize(("opens", "closes"), [(600, 600), (0, 1500), (-60, 60), (540, 1000)])
def test_hours_that_are_no_whole_ones_of_a_day_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="whole ones within a day"):
        OpenHours(DAYS, opens, closes)


def test_on_the_days_on_which_clocks_change_a_day_has_its_declared_hours() -> None:
    """On 31 March 2024 nobody saw one o'clock; on 27 October it came twice, and is one hour of the day."""
    spring = _slots_by_the_hour(datetime(2024, 3, 30, tzinfo=UTC))
    assert spring[24:49] == [24, *range(26, 48), 48, 49]
    autumn = _slots_by_the_hour(datetime(2024, 10, 26, tzinfo=UTC))
    assert autumn[23:51] == [24, 25, 25, *range(26, 48), 48, 49, 50]


def _slots_by_the_hour(midnight: datetime) -> list[int]:
    """Return the slots of 72 elapsed hours from a midnight in UTC on, counted from the first local day's."""
    first = round(midnight.timestamp()) * 1_000_000
    local = LocalTime.of(ZoneInfo("Europe/London"), first, first + 3 * DAY_US)
    laid = OpenHours(OpenDays(first // DAY_US, np.ones(5)))
    return laid.slots_at(local.local(first + HOUR_US * np.arange(72))).tolist()


def test_an_end_that_is_known_to_its_day_counts_in_the_last_open_hour_of_it() -> None:
    told = [Told(0.5, 1.0), Told(0.5, 5.0), Told(4.8, 4.9), Told(0.5, 1.0)]
    days = OpenDays.weekdays(19_723, 21)  # that of the items
    by_day = np.array([True, True, True, False])
    flow = Flow.of(FlowKey("H", "a", "b"), items_of(told), OpenHours(days, 9 * 60, 17 * 60), by_day)
    assert flow.ended_slot.tolist() == [15, 40, 40, 8], "the third began after Friday's close"


def test_windows_are_open_days_whatever_is_counted_in_them() -> None:
    days = OpenDays.weekdays(19_723, 21)
    flow = Flow.of(FlowKey("H", "a", "b"), items_of([Told(0.5)]), OpenHours(days, 9 * 60, 17 * 60))
    risk = flow.waiting(Known(1 << 60, 19_723 + 9))
    assert (risk.until, risk.since(5), risk.since(40)) == (56, 16, 0)
