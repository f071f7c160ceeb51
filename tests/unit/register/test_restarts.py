"""A second start, before the stop and after it: what each row makes of it, as a table."""

import pytest

from tests.support.register_lines import Line
from tests.support.register_table import judged, rules, said
from tests.unit.register.lines import of_kind

WAITS = {line.wait.row: line.wait for line in reversed(of_kind(Line))}
EACH = "each opens its own"
FIRST = "the first alone counts"
LATEST = "the latest takes the place of the first"
FLOOR = "each opens its own, and a stop so early is outside the limit"
ANEW = "the second ends the first and begins anew"
ONCE = "the latest takes the place of the first until it is done"
TABLE = {
    **dict.fromkeys(("H01", "H02", "H03", "H04", "H13", "H20", "H25"), EACH),
    **dict.fromkeys(("H05", "H06", "H08", "H09", "H10", "H11", "H12"), FIRST),
    **dict.fromkeys(("H15", "H16", "H17", "H18", "H19", "H21", "H33"), FIRST),
    "H14": FLOOR,
    **dict.fromkeys(("H22", "H43"), LATEST),
    **dict.fromkeys(("H07", "H34", "H35", "H36", "H37", "H38", "H39"), ONCE),
    **dict.fromkeys(("H23", "H24", "H26", "H30", "V06"), ANEW),
    **dict.fromkeys(("H31", "H32", "H40", "H41", "H42", "H44"), EACH),
    **dict.fromkeys(("V01", "V02", "V03", "V04", "V05", "V07", "V08"), EACH),
}
BEFORE_THE_STOP = {
    EACH: [("start", "open"), ("again", "open")],
    FLOOR: [("start", "open"), ("again", "open")],
    FIRST: [("start", "open")],
    LATEST: [("start", "void"), ("again", "open")],
    ANEW: [("start", "void"), ("again", "open")],
    ONCE: [("start", "void"), ("again", "open")],
}
AFTER_THE_STOP = {
    EACH: [("start", "met"), ("again", "open")],
    FLOOR: [("start", "met_late"), ("again", "open")],
    FIRST: [("start", "met")],
    LATEST: [("start", "met"), ("again", "open")],
    ANEW: [("start", "met"), ("again", "open")],
    ONCE: [("start", "met")],
}
FIRST_TIME, STOP, SECOND_TIME = "2026-03-02 10:00", "2026-03-02 15:00", "2026-03-02 20:00"


def begun_twice(row, *between):
    wait = WAITS[row]
    again = said(SECOND_TIME, wait.start, id="again")
    found = judged(row, (*wait.first, wait.begin(FIRST_TIME), *between, again))
    return [(hand_off.start_event, hand_off.state.value) for hand_off in found]


@pytest.mark.parametrize(("row", "meant"), TABLE.items())
def test_a_second_start_before_the_stop(row, meant):
    assert begun_twice(row) == BEFORE_THE_STOP[meant]


@pytest.mark.parametrize(("row", "meant"), TABLE.items())
def test_a_second_start_after_the_stop(row, meant):
    assert begun_twice(row, WAITS[row].end(STOP)) == AFTER_THE_STOP[meant]


def test_every_row_is_in_the_table():
    assert set(TABLE) == {row.id for row in rules().profile.rules}
