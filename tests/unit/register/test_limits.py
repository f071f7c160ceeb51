"""Every limit of the register, from dates worked out by hand: in time, late, overdue, and what it says."""

import pytest

from models.hand_offs import State
from tests.support.cases import reading
from tests.support.register_lines import Line, Pair
from tests.support.register_table import SECOND, YEARS, grace_us, judged, last_moment, rules, said
from tests.unit.register.lines import of_kind

LINES = of_kind(Line)
DATED = [line for line in LINES if line.due is not None]
UNDATED = [line for line in LINES if line.due is None]
ENDLESS = [line for line in DATED if not line.optional]
each = pytest.mark.parametrize


@each("line", DATED, ids=str)
def test_the_due_instant_is_the_one_worked_out_by_hand(line):
    assert line.hand_off().due_us == line.due_us


@each("line", LINES, ids=str)
def test_it_says_by_which_limit_and_what_it_did_not_know(line):
    found = line.hand_off()
    said_of_it = f"{found.limit}, {found.certainty}" if found.limit else None
    assert (said_of_it, found.assumed) == (line.limit, line.assumed)


@each("line", LINES, ids=str)
def test_done_soon_it_is_met_unless_that_is_too_early(line):
    early = line.earliest is not None and line.soon_us < last_moment(line.earliest)
    assert line.ended(line.soon_us).state == (State.MET_LATE if early else State.MET)


@each("line", DATED, ids=str)
def test_done_at_the_last_moment_it_is_met(line):
    assert line.ended(line.due_us).state == State.MET


@each("line", DATED, ids=str)
def test_done_a_moment_later_it_is_met_late(line):
    assert line.ended(line.due_us + 1).state == State.MET_LATE


@each("line", ENDLESS, ids=str)
def test_it_is_overdue_once_due_and_grace_have_passed_and_not_before(line):
    overdue_us = line.due_us + grace_us(line.wait.row)
    assert line.hand_off(now_us=overdue_us).state == State.OPEN
    found = line.hand_off(now_us=overdue_us + 1)
    assert (found.state, found.tier, found.overdue_us) == (State.OVERDUE, 0, overdue_us)


@each("line", DATED, ids=str)
def test_the_clock_of_the_case_names_that_moment(line):
    overdue_us = line.due_us + grace_us(line.wait.row)
    events = (*line.wait.first, line.begin, *line.events)
    assert reading(events, rules(), overdue_us).next_due_us == overdue_us + 1


@each("line", [line for line in DATED if line.optional], ids=str)
def test_what_need_not_be_done_is_void_once_it_cannot_be_done_any_more(line):
    overdue_us = line.due_us + grace_us(line.wait.row)
    assert line.hand_off(now_us=overdue_us).state == State.OPEN
    assert line.hand_off(now_us=overdue_us + 1).state == State.VOID


@each("line", UNDATED, ids=str)
def test_without_a_due_instant_it_is_never_overdue_and_never_late(line):
    later_us = line.soon_us + YEARS
    assert line.hand_off(now_us=later_us).state == State.OPEN
    assert line.ended(later_us).state == State.MET


@each(
    "line", [line for line in LINES if line.earliest and last_moment(line.earliest) > line.soon_us], ids=str
)
def test_a_moment_before_the_first_permitted_one_is_outside_the_limit(line):
    first_us = last_moment(line.earliest)
    assert line.hand_off().earliest_us == first_us
    assert line.ended(first_us - 1).state == State.MET_LATE
    assert line.ended(first_us).state == State.MET


@each("line", [line for line in LINES if line.standard], ids=str)
def test_the_standard_stands_beside_the_real_clock(line):
    assert line.hand_off().standard_due_us == last_moment(line.standard)


@each("line", LINES, ids=str)
def test_a_withdrawn_start_leaves_it_void(line):
    begin = line.begin
    stage = begin.type.partition(".")[0]
    withdrawn = said(
        line.soon_us, f"{stage}.event-withdrawn", withdraws=begin.id, source=begin.source, owner=begin.source
    )
    found = judged(line.wait.row, (*line.wait.first, begin, withdrawn))
    assert {hand_off.state for hand_off in found} == {State.VOID}


@each("pair", of_kind(Pair), ids=str)
def test_any_start_of_the_row_is_met_by_any_of_its_stops(pair):
    wait = pair.wait.like(start=pair.start)
    begin = wait.begin("2026-03-02 10:00")
    [found] = judged(wait.row, (*wait.first, begin, wait.end(begin.time_us + SECOND, told=pair.stop)))
    assert found.state == State.MET
