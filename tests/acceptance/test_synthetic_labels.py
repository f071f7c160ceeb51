"""The truth about the synthetic partnership is complete and explained."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import orjson
import pytest

from models.limits import LimitKind
from publishers.synthetic.local_time import written
from publishers.synthetic.partnership import tell, truth
from publishers.synthetic.rows import ROWS
from publishers.synthetic.truth.limits import LIMITS
from publishers.synthetic.world import World
from tests.support.profiles import shipped

UNTIL = datetime(2026, 11, 22, 12, tzinfo=UTC)
CASES = 3_000


@pytest.fixture(scope="module")
def world():
    return World(shipped("cleveland-and-durham"), 1, CASES)


@pytest.fixture(scope="module")
def labelled(world):
    return list(truth(world, UNTIL))


def test_every_row_with_a_number_is_there_both_late_and_in_time(labelled):
    seen = defaultdict(set)
    for label in labelled:
        seen[label.rule].add("late" if label.late else label.state)
    assert set(seen) == set(LIMITS)
    assert {rule for rule, states in seen.items() if "late" not in states or "met" not in states} == set()


def test_the_rows_with_a_number_are_those_of_the_register(world):
    judged = {LimitKind.MAX, LimitKind.LEAD, LimitKind.DATE, LimitKind.FLOOR, LimitKind.WINDOW}
    numbered = {rule.id for rule in world.profile.rules if any(one.kind in judged for one in rule.limits)}
    assert numbered == set(LIMITS)


def test_the_rows_say_who_owes_what_to_whom_as_the_register_does(world):
    for rule in world.profile.rules:
        row = ROWS[rule.id]
        assert (row.senders, row.receivers) == (rule.sender, rule.receiver), rule.id
        assert row.owners == rule.owners, rule.id
        assert set(row.stops) == set(rule.stop_events), rule.id


def test_each_hand_off_is_labelled_once(labelled):
    keys = Counter((one.rule, one.case, one.start_event, one.about) for one in labelled)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.fixture(scope="module")
def small(world):
    return World(world.profile, 1, 500)


def test_every_label_names_events_of_its_case_that_have_arrived(small):
    arrived = defaultdict(set)
    for arrival in tell(small, UNTIL):
        arrived[arrival.case].add(orjson.loads(arrival.line)["id"])
    for label in truth(small, UNTIL):
        assert label.start_event in arrived[label.case]
        assert label.stop_event is None or label.stop_event in arrived[label.case]


def test_every_late_hand_off_has_a_reason(labelled):
    reasons = Counter(label.why for label in labelled if label.late)
    assert set(reasons) == {"ordinary tail", "never happened", "not done yet", "done, but not known"}
    assert {label.state for label in labelled if label.late} == {"met_late", "overdue"}


def test_what_was_said_in_error_leaves_no_late_hand_off(labelled):
    errors = [label for label in labelled if label.why == "said in error"]
    assert errors
    assert all(label.state == "void" and not label.late for label in errors)


def test_a_later_end_knows_more(small):
    then = {(one.rule, one.case, one.start_event, one.about): one for one in truth(small, UNTIL)}
    later = UNTIL + timedelta(days=14)
    now = {(one.rule, one.case, one.start_event, one.about): one for one in truth(small, later)}
    overdue = [key for key, one in then.items() if one.state == "overdue" and key in now]
    assert any(now[key].state == "met_late" for key in overdue)
    assert any(now[key].state == "overdue" for key in overdue)


def test_a_label_is_one_line_of_plain_json(labelled):
    told = orjson.loads(labelled[0].to_json())
    names = ["rule", "case", "start_event", "about", "stop_event", "due", "late", "state", "why"]
    assert list(told) == names


def test_instants_are_written_as_they_sort(world):
    arrived = list(tell(World(world.profile, 2, 50), UNTIL))
    assert all(written(a.at) <= written(b.at) for a, b in pairwise(arrived))
