"""What a batch changed in a case: enough to bring rows up to date, and nothing that did not change."""

from models.case import Case
from models.changes import difference
from models.reading import NOTHING_READ, read
from models.rules import Rules
from tests.support.cases import reading
from tests.support.profiles import shipped
from tests.support.records import recorded

RULES = Rules.of(shipped("cleveland-and-durham"))
ARRESTED = recorded("charge.arrested", "2026-03-20T09:00:00")
CHARGED = recorded("charge.charged", "2026-03-21T09:00:00")
BETWEEN = recorded("charge.interviewed", "2026-03-20T15:00:00")


def test_nothing_new_is_no_change():
    now = reading([ARRESTED], RULES)
    assert difference("case", 1, now, now) is None


def test_a_first_event_changes_the_summary_alone():
    change = difference("case", 7, NOTHING_READ, reading([ARRESTED], RULES))
    assert (change.version, change.summary.events, change.steps_added) == (7, 1, ())


def test_a_late_event_takes_one_step_away_and_puts_two_in_its_place():
    before, after = reading([ARRESTED, CHARGED], RULES), reading([ARRESTED, CHARGED, BETWEEN], RULES)
    change = difference("case", 2, before, after)
    assert len(change.steps_added) == 2
    assert change.steps_removed == (before.steps[0].id("case"),)


def test_an_amended_time_changes_a_step_under_its_own_id():
    moved = recorded("charge.charged", "2026-03-22T09:00:00", id="fix", amends=CHARGED.id)
    before, after = reading([ARRESTED, CHARGED], RULES), reading([ARRESTED, CHARGED, moved], RULES)
    change = difference("case", 2, before, after)
    assert [row.id for row in change.steps_added] == [before.steps[0].id("case")]
    assert change.steps_removed == ()


def test_a_case_without_events_has_no_summary():
    assert read(Case("case"), RULES).summary is None
