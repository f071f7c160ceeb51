"""An alert ends when a later start takes the place of what was late, and the later one is late by its own limit."""

from consumers.projector.alert_decisions import (
    NO_ALERTS,
    Action,
    OpenAlert,
    Raise,
    Resolve,
    Said,
    Standing,
    decide,
)
from consumers.projector.changes import change
from models.changes import difference, encode_change
from models.instants import DAY_US
from models.reading import NOTHING_READ, Reading
from models.routes import Severity
from tests.support.asking import ASKED, DUE, said
from tests.support.cases import reading
from tests.support.registers import ROW, TEN_DAYS, register

RULES = register('restart = "latest"\n' + ROW + TEN_DAYS)
AGAIN = said("asked", "2026-03-16T10:00:00", id="again")
LATER_US = AGAIN.time_us + 12 * DAY_US


def told(version: int, before: Reading, after: Reading) -> list[Said]:
    """Return what a change tells the alerts, in the order of the starts."""
    made = difference("C1", version, before, after)
    assert made is not None
    rows = change(encode_change(made), 0).judgements.values()
    return [Said.of(row, importing=False) for row in rows]


def raised(one: Said) -> Standing:
    """Return what stands once the first judgement has raised an alert."""
    assert [type(action) for action in decide(one, NO_ALERTS)] == [Raise]
    alert = OpenAlert(one.id, one.must_act, Severity.LATE, 0, one.shown)
    return Standing(open=alert, version=one.version)


def test_the_alert_ends_and_the_later_start_has_none_until_it_is_late_itself() -> None:
    late = reading([ASKED], RULES, DUE + 1)
    begun_again = reading([ASKED, AGAIN], RULES, AGAIN.time_us)
    [first] = told(1, NOTHING_READ, late)
    replaced, later = told(2, late, begun_again)
    assert (replaced.id, replaced.state, later.state) == (first.id, "void", "open")
    [ended] = decide(replaced, raised(first))
    assert isinstance(ended, Resolve)
    assert ended.how == "withdrawn"
    assert decide(later, NO_ALERTS) == ()


def test_what_was_late_before_it_was_begun_again_is_not_late_twice() -> None:
    begun_again = reading([ASKED, AGAIN], RULES, AGAIN.time_us)
    [overdue] = told(3, begun_again, reading([ASKED, AGAIN], RULES, LATER_US))
    found: list[Action] = [*decide(overdue, NO_ALERTS)]
    assert [type(action) for action in found] == [Raise]
    assert overdue.due_us is not None
    assert overdue.due_us > DUE
