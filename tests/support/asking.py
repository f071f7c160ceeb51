"""Short events for tests of judging: an asker asks, an answerer answers, by registers of a test's own."""

from models.rules import Rules
from tests.support.cases import reading
from tests.support.records import at, recorded
from tests.support.registers import ROW, TEN_DAYS, register

PLAIN = register(ROW + TEN_DAYS)


def said(name, time, **over):
    """Return an event of the tested vocabulary, by the asker unless told otherwise."""
    data = over.pop("data", {})
    return recorded(f"work.{name}", time, **({"source": "asker", "owner": "asker", "data": data} | over))


ASKED = said("asked", "2026-03-02T10:00:00")
SECOND = said("asked", "2026-03-05T10:00:00", id="second")
ANSWERED = said("answered", "2026-03-10T10:00:00", source="answerer", owner="answerer")
DUE = at("2026-03-13T00:00:00") - 1
"""The last moment of the tenth day after ASKED."""


def judged(*events, rules: Rules = PLAIN, now_us=None):
    """Return the hand-offs of a case with these events, at a clock."""
    return reading(events, rules, now_us).hand_offs


def states(*events, rules: Rules = PLAIN, now_us=None):
    """Return their states."""
    return [hand_off.state for hand_off in judged(*events, rules=rules, now_us=now_us)]


def due_us(*events, rules: Rules, now_us=None):
    """Return when the only hand-off of a case is due."""
    [hand_off] = judged(*events, rules=rules, now_us=now_us)
    return hand_off.due_us


def limits(*tables: str) -> str:
    """Return limits of a row, each confirmed by a rule."""
    return "".join(f'\n[[limit]]\ncertainty = "C"\nsource = "a rule"\n{table}\n' for table in tables)
