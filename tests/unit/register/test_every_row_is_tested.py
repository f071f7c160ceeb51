"""A row of the register without its tests fails here: each situation is shown, or said to be impossible and why."""

from datetime import date, timedelta

import pytest

from tests.support.register_lines import Line, Never, Nothing, Over, Pair, Proof
from tests.support.register_table import last_moment, local, local_day, rules, said
from tests.unit.register.lines import of_kind

ROWS = {row.id: row for row in rules().profile.rules}
LINES, PROOFS, OVERS, PAIRS = of_kind(Line), of_kind(Proof), of_kind(Over), of_kind(Pair)
SITUATIONS = {
    *("met", "met late", "overdue", "missing", "void", "weekend", "bank holiday"),
    *("clocks forward", "clocks back"),
}
BANK_HOLIDAYS = {
    date.fromisoformat(day)
    for day in (
        *("2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25", "2025-12-25"),
        *("2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31"),
        *("2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31"),
        *("2027-08-30", "2027-12-27", "2027-12-28"),
    )
}
CLOCKS = {"clocks forward": local("2026-03-29 01:00+00:00"), "clocks back": local("2026-10-25 01:00+00:00")}
each_row = pytest.mark.parametrize("row", ROWS)


def start_of_clock(line):
    """Return the instant at which the clock of a line starts: at its start, or on the day told in it."""
    told = line.begin.data.get(line.wait.starts_on)
    return local(f"{told} 00:00") if told else line.begin.time_us


def shown_by(line):
    found = {"met", "void"}  # every line is also withdrawn
    if line.due or line.earliest:
        begun, ends = start_of_clock(line), last_moment(line.due or line.earliest)
        first, last = local_day(begun), local_day(ends)
        days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        found |= {"met late"}
        found |= {"weekend"} if any(day.isoweekday() > 5 for day in days) else set()
        found |= {"bank holiday"} if days & BANK_HOLIDAYS else set()
        found |= {name for name, instant in CLOCKS.items() if begun < instant <= ends}
    return found | ({"overdue"} if line.due and not line.optional else set())


def of_row(row, lines):
    return [line for line in lines if line.wait.row == row]


@each_row
def test_each_situation_is_shown_or_said_to_be_impossible(row):
    shown = {name for line in of_row(row, LINES) for name in shown_by(line)}
    shown |= {line.then for line in of_row(row, OVERS)} | {"missing" for _ in of_row(row, PROOFS)}
    never = {name for line in of_kind(Never) if line.row == row for name in line.situations}
    assert shown | never == SITUATIONS
    assert not shown & never, "said to be impossible, and shown"


@each_row
def test_each_limit_is_shown_and_so_are_the_first_and_the_last_day_on_which_it_holds(row):
    for limit in ROWS[row].limits:
        days = {local_day(start_of_clock(line)) for line in of_row(row, LINES) if names(line, limit)}
        held = {day for day in days if limit.includes(day)}
        assert held, limit.text
        assert {limit.since, limit.until} - {None} <= held, limit.text


def names(line, limit):
    """Return whether a line expects this limit; shares of all are told together."""
    told, _, certainty = (line.limit or "").rpartition(", ")
    return limit.text in told.split(", ") and certainty == limit.certainty


@each_row
@pytest.mark.parametrize("part", ["starts", "stops", "missing", "over", "unless"])
def test_each_event_of_the_row_is_shown_in_its_part(row, part):
    told = told_of(row)[part]
    for clause in getattr(ROWS[row], part):
        for event in clause.events:
            assert any(name == event and clause.matches(name, data) for name, data in told), event


def told_of(row):
    """Return what the tables of a row tell, by the part it plays."""
    waits = [line.wait for line in (*of_row(row, LINES), *of_row(row, PAIRS))]
    pairs = of_row(row, PAIRS)
    begins = [(line.begin.type, line.begin.data) for line in of_row(row, LINES)]
    silent = [event for line in of_kind(Nothing) if line.row == row for event in line.events]
    return {
        "starts": begins + [(pair.start.type, pair.start.data) for pair in pairs],
        "stops": [(x.type, x.data) for x in (*(wait.stop for wait in waits), *(pair.stop for pair in pairs))],
        "missing": [(one.type, one.data) for line in of_row(row, PROOFS) for one in line.proofs],
        "over": [(one.type, one.data) for line in of_row(row, OVERS) for one in line.overs],
        "unless": [(event.type, event.data) for event in silent],
    }


def test_every_event_of_the_tables_is_told_by_one_who_may_tell_it():
    told = [event for line in LINES for event in (*line.wait.first, line.begin, *line.events)]
    told += [line.wait.end(0) for line in LINES] + [
        event for line in of_kind(Nothing) for event in line.events
    ]
    told += [said(0, one) for line in PROOFS for one in line.proofs]
    told += [said(0, one) for line in OVERS for one in line.overs]
    told += [said(0, one) for pair in PAIRS for one in (pair.start, pair.stop)]
    profile = rules().profile
    assert {(e.source, e.type) for e in told if not profile.may_publish(e.source, e.type)} == set()


def test_no_table_speaks_of_a_row_that_is_not_there():
    spoken = {line.wait.row for line in (*LINES, *PROOFS, *OVERS, *PAIRS)}
    spoken |= {line.row for line in (*of_kind(Nothing), *of_kind(Never))}
    assert spoken == set(ROWS)
