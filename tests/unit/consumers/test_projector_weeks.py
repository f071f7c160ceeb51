"""Which weeks a changed hand-off asks to be computed anew, whatever the local time turns out to be."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from consumers.projector import changes, weeks
from models.instants import to_us
from tests.support import wires

FLOW = ("H03", "police", "cps")


def asked(*instants: datetime | None) -> set[date]:
    told = (*FLOW, *(None if at is None else to_us(at) for at in instants))
    found = weeks.touched([told])
    assert {row[:3] for row in found} == {FLOW}
    return {row[3] for row in found}


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_an_instant_in_the_middle_of_a_week_asks_for_that_week() -> None:
    assert asked(at("2026-06-03T12:00")) == {date(2026, 6, 1)}


def test_start_stop_and_end_each_ask_for_their_week() -> None:
    found = asked(at("2026-06-03T12:00"), at("2026-06-10T12:00"), at("2026-06-24T12:00"))
    assert found == {date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 22)}
    assert asked(at("2026-06-03T12:00"), None, None) == {date(2026, 6, 1)}


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("local", ["2026-06-07T23:59", "2026-06-08T00:01"])
def test_near_a_local_midnight_the_local_week_is_among_those_asked_for(zone: str, local: str) -> None:
    instant = at(local, zone)
    day = instant.date()
    assert date.fromordinal(day.toordinal() - day.weekday()) in asked(instant)


def test_a_row_of_the_projector_is_read_by_its_columns() -> None:
    value = wires.change("C1", 1, hand_offs=[wires.hand_off("C1")])
    rows = changes.change(value, 0).hand_offs.values()
    assert weeks.of_rows(row for row in rows if row is not None) == {
        ("charge-to-court", "north-police", "court", date(2023, 11, 13))
    }
