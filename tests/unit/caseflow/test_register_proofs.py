"""Every proof and every end that a row of the partnership's register names does what the row says of it."""

from collections.abc import Iterator

import pytest

from models.canonical import Recorded
from models.clauses import Clause
from models.instants import DAY_US
from models.register import ForEach, Missing, Rule, Start
from models.rules import Rules
from tests.support.cases import reading
from tests.support.profiles import shipped
from tests.support.records import at, recorded

REGISTER = shipped("cleveland-and-durham").rules
RULES = Rules.of(shipped("cleveland-and-durham"))
BEGUN = at("2026-03-02T10:00:00")
PERSON = {"victimRef": "a"}
DATES = dict.fromkeys(
    ("bailStartDate", "sittingDay", "dueDate", "handoverDate", "licenceStartDate", "conditionalReleaseDate"),
    "2026-03-20",
)


def clauses(table: str) -> list[tuple[Rule, Start, Clause, str]]:
    """Return each event of a table of the rows with its clause, its row and the row's first start."""
    return [
        (row, row.starts[0], clause, name)
        for row in REGISTER
        for clause in getattr(row, table)
        for name in clause.events
    ]


def named(told: object) -> str:
    return told.id if isinstance(told, Rule) else told if isinstance(told, str) else ""


@pytest.mark.parametrize(("row", "start", "proof", "name"), clauses("missing"), ids=named)
def test_a_proof_makes_a_wait_missing_once_its_grace_is_over(
    row: Rule, start: Start, proof: Missing, name: str
) -> None:
    proved = BEGUN + 3_600_000_000
    gone = proved + proof.grace_days * DAY_US
    assert state(row, start, proof, name, proved, gone) == "missing"
    assert state(row, start, proof, name, proved, gone - 1) != "missing"


@pytest.mark.parametrize(("row", "start", "end", "name"), clauses("over"), ids=named)
def test_the_end_of_a_wait_leaves_nothing_to_be_late(row: Rule, start: Start, end: Clause, name: str) -> None:
    over = BEGUN + 60_000_000
    assert state(row, start, end, name, over, at("2031-01-01T00:00:00")) == "void"


def test_what_ends_a_wait_after_its_due_instant_makes_it_missing() -> None:
    late = at("2030-01-01T00:00:00")
    found = {(row.id, state(row, *rest, late, late)) for row, *rest in clauses("over")}
    never = {row.id for row in REGISTER if row.optional}
    without_due = {"H03", "H09", "H14", "H16", "H21", "H42", "V08"}
    assert {row for row, what in found if what == "void"} == (never | without_due) & {row for row, _ in found}
    assert {what for _, what in found} == {"void", "missing"}


@pytest.mark.parametrize(("row", "start", "earlier", "name"), clauses("unless"), ids=named)
def test_an_earlier_event_leaves_a_start_without_a_wait(
    row: Rule, start: Start, earlier: Clause, name: str
) -> None:
    told = [recorded(name, BEGUN - DAY_US, data=data_of(earlier)), opening(start)]
    assert row.id not in {one.rule for one in reading(told, RULES, BEGUN).hand_offs}


def state(row: Rule, start: Start, end: Clause, name: str, time: int, now: int) -> str:
    """Return what becomes of the wait that a start opens when an event comes and no stop does."""
    told = [
        *people(row.for_each),
        opening(start),
        recorded(name, time, id="the end", data=data_of(end)),
    ]
    found = reading(told, RULES, now).hand_offs
    return next(one.state.value for one in found if one.rule == row.id and one.start_event == "the start")


def opening(start: Start) -> Recorded:
    return recorded(start.events[0], BEGUN, id="the start", data=DATES | PERSON | data_of(start))


def people(each: ForEach | None) -> Iterator[Recorded]:
    if each is not None:
        yield recorded(each.events[0], BEGUN - DAY_US, data=PERSON | data_of(each))


def data_of(clause: Clause) -> dict[str, object]:
    """Return attributes that meet the conditions of a clause."""
    told = {
        name: {"true": True, "false": False}.get(values[0], values[0])
        for name, values in clause.where.items()
    }
    return {**told, **clause.at_least, **clause.at_most}
