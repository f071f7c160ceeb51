"""Which rows are counted in hours: those of which every limit is short, or hours that extend a short one."""

import pytest

from models.limits import Limit
from models.short_limits import are_short, run_by_the_clock


def limit(amount: int, unit: str = "hours", kind: str = "max", **more: object) -> Limit:
    told = {"kind": kind, "amount": amount, "unit": unit, "certainty": "C", "source": "s", "calendar": "c"}
    return Limit.model_validate(told | more)


SHORT = {
    "hours": [limit(24)],
    "two days less an hour": [limit(47)],
    "the same day": [limit(0, "calendar-days")],
    "the next working day": [limit(1, "working-days")],
    "a share of all within hours": [limit(24, kind="share", percent=90)],
    "hours, and more of them by an extension": [limit(24), limit(36), limit(96)],
    "hours, or the next day": [limit(2), limit(1, "working-days")],
}
LONG = {
    "no limit": [],
    "two days": [limit(2, "working-days")],
    "48 hours": [limit(48)],
    "hours for some and weeks for the others": [limit(3), limit(28, "calendar-days")],
    "hours for most and days for all": [limit(24, kind="share", percent=90), limit(3, "calendar-days")],
    "a month": [limit(1, "months")],
    "so long before a date": [limit(0, "calendar-days", "lead", at="sittingDay")],
    "not before the next day": [limit(1, "calendar-days", "floor")],
    "nobody gave a number": [Limit(kind="local", certainty="K", source="s")],
}


@pytest.mark.parametrize("limits", SHORT.values(), ids=SHORT)
def test_a_row_is_counted_in_hours_where_its_limits_are_short(limits: list[Limit]) -> None:
    assert are_short(limits)


@pytest.mark.parametrize("limits", LONG.values(), ids=LONG)
def test_a_row_is_counted_in_days_where_one_of_them_is_not(limits: list[Limit]) -> None:
    assert not are_short(limits)


def test_a_limit_in_hours_runs_by_the_clock_and_one_of_a_day_does_not() -> None:
    assert run_by_the_clock([limit(24), limit(36)])
    assert not run_by_the_clock([limit(2), limit(1, "working-days")])
    assert not run_by_the_clock([])
