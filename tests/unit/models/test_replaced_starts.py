"""A start whose place a later one took: void from then on, and what it was until then is kept."""

from itertools import permutations

import pytest

from models.case import at_time
from models.hand_offs import State
from models.instants import DAY_US
from models.reading import read
from tests.support.asking import ANSWERED, ASKED, DUE, SECOND, judged, said
from tests.support.cases import fold
from tests.support.records import at
from tests.support.registers import ROW, TEN_DAYS, register

HOUR_US = 3_600_000_000
LATEST = 'restart = "latest"\n' + ROW + TEN_DAYS
RULES = register(LATEST)
PROOF = '[[missing]]\nevents = ["work.ended"]\ngrace_days = 7\n'
RETURNED = register(LATEST + '[[returned]]\nevents = ["work.halted"]\n')
OVERDUE_US = DUE + 5 * DAY_US


def told(name, time, **over):
    """Return an event that was published an hour after it happened."""
    return said(name, time, published_us=at(time) + HOUR_US, **over)


def again(time, name="again"):
    return told("asked", time, id=name)


def stands(*events, rules=RULES, now_us=None):
    """Return the start, state and end of each hand-off."""
    return [(one.start_event, one.state, one.ended_us) for one in judged(*events, rules=rules, now_us=now_us)]


def test_it_ended_with_the_later_start_and_was_known_to_when_that_was_published():
    later = again("2026-03-05T10:00:00")
    first, second = judged(ASKED, later, rules=RULES)
    assert (first.state, first.ended_us, first.ended_known_us) == (
        State.VOID,
        later.time_us,
        later.published_us,
    )
    assert (first.stopped_us, first.wait_us, first.stop_event) == (None, None, None)
    assert (second.state, second.started_us, second.ended_us) == (State.OPEN, later.time_us, None)


def test_its_identity_is_that_of_its_start():
    [alone] = judged(ASKED, rules=RULES)
    first, _ = judged(ASKED, SECOND, rules=RULES)
    assert first.id == alone.id


def test_a_stop_answers_the_later_start_alone():
    first, second = judged(ASKED, SECOND, ANSWERED, rules=RULES)
    assert (first.state, second.state) == (State.VOID, State.MET)
    assert (second.started_us, second.stopped_us) == (SECOND.time_us, ANSWERED.time_us)


def test_after_the_stop_a_later_start_takes_no_place():
    states = [one[1] for one in stands(ASKED, ANSWERED, again("2026-03-12T10:00:00"), rules=RULES)]
    assert states == [State.MET, State.OPEN]


def test_of_three_each_ended_with_the_next():
    second, third = again("2026-03-04T10:00:00", "second"), again("2026-03-06T10:00:00", "third")
    assert stands(ASKED, second, third) == [
        (ASKED.id, State.VOID, second.time_us),
        ("second", State.VOID, third.time_us),
        ("third", State.OPEN, None),
    ]


def test_an_overdue_start_is_void_and_not_missing_when_another_takes_its_place():
    late = again("2026-03-16T10:00:00")
    assert [one.state for one in judged(ASKED, rules=RULES, now_us=OVERDUE_US)] == [State.OVERDUE]
    first, second = judged(ASKED, late, rules=RULES, now_us=OVERDUE_US)
    assert (first.state, first.tier, first.ended_us) == (State.VOID, None, late.time_us)
    assert (first.due_us, second.state) == (DUE, State.OPEN)


def test_what_makes_the_work_needless_later_ends_the_later_start_alone():
    rules = register(LATEST + '[[over]]\nevents = ["work.dropped"]\n')
    dropped = told("dropped", "2026-03-25T10:00:00")
    assert stands(ASKED, SECOND, dropped, rules=rules) == [
        (ASKED.id, State.VOID, SECOND.time_us),
        (SECOND.id, State.MISSING, dropped.time_us),
    ]


def test_a_proof_before_the_later_start_ended_it_and_it_is_void_all_the_same():
    rules = register(LATEST + PROOF)
    proof, later = told("ended", "2026-03-04T10:00:00"), again("2026-03-20T10:00:00")
    known_us = proof.time_us + 7 * DAY_US
    [missing] = judged(ASKED, proof, rules=rules, now_us=known_us)
    first, second = judged(ASKED, proof, later, rules=rules, now_us=later.published_us)
    assert missing.state is State.MISSING
    assert (first.state, first.ended_us, first.ended_known_us) == (State.VOID, proof.time_us, known_us)
    assert (second.state, second.started_us) == (State.OPEN, later.time_us)


@pytest.mark.parametrize("day", ["04", "09"])
def test_within_the_grace_of_a_proof_the_later_start_ended_it(day):
    rules = register(LATEST + PROOF)
    proof, later = told("ended", f"2026-03-{day}T10:00:00"), again("2026-03-10T10:00:00")
    first, second = judged(ASKED, proof, later, rules=rules, now_us=DUE)
    assert (first.state, first.ended_us) == (State.VOID, later.time_us)
    assert second.state is State.OPEN


def test_a_proof_after_the_later_start_says_nothing_of_the_first():
    rules = register(LATEST + PROOF)
    proof = told("ended", "2026-03-06T10:00:00")
    first, second = judged(ASKED, SECOND, proof, rules=rules, now_us=at("2026-03-13T10:00:00"))
    assert (first.state, first.ended_us) == (State.VOID, SECOND.time_us)
    assert (second.state, second.ended_us) == (State.MISSING, proof.time_us)


def test_what_is_optional_ended_with_its_limit_where_that_came_first():
    rules = register("optional = true\n" + LATEST)
    for later, ended_us, known_us in (
        (again("2026-03-20T10:00:00"), DUE, DUE + 1),
        (again("2026-03-05T10:00:00"), at("2026-03-05T10:00:00"), at("2026-03-05T11:00:00")),
    ):
        first, _ = judged(ASKED, later, rules=rules, now_us=OVERDUE_US)
        assert (first.state, first.ended_us, first.ended_known_us) == (State.VOID, ended_us, known_us)


def test_an_early_stop_is_left_for_the_later_start():
    early = told("answered", "2026-03-01T10:00:00")
    [alone] = judged(early, ASKED, rules=RULES)
    first, second = judged(early, ASKED, again("2026-03-02T20:00:00"), rules=RULES)
    assert (alone.state, first.state, second.state) == (State.NEGATIVE, State.VOID, State.NEGATIVE)
    assert second.stop_event == early.id


def test_work_came_back_to_the_start_that_stood_then():
    before, after, once_more = (told("halted", f"2026-03-0{day}T10:00:00") for day in (3, 6, 7))
    first, second = judged(ASKED, before, SECOND, after, once_more, rules=RETURNED)
    assert (first.returned_us, second.returned_us) == (before.time_us, after.time_us)
    first, second = judged(ASKED, SECOND, after, once_more, rules=RETURNED)
    assert (first.returned_us, second.returned_us) == (None, after.time_us)


def test_a_clock_that_would_begin_after_the_later_start_was_known_never_ran_and_is_not_kept():
    rules = register(LATEST.replace('events = ["work.asked"]', 'events = ["work.asked"]\nat = "from"'))
    first_of = told("asked", "2026-03-02T10:00:00", id="first", data={"from": "2026-04-01"})
    assert [one.start_event for one in judged(first_of, rules=rules)] == ["first"]
    (second,) = judged(first_of, again("2026-03-05T10:00:00"), rules=rules)
    assert second.start_event != "first"


def test_of_each_person_the_latest_start_counts_by_itself():
    each = '[for_each]\nevents = ["work.named"]\nkey = "who"\n'
    named = [
        said("named", f"2026-03-01T1{n}:00:00", id=f"named-{who}", data={"who": who})
        for n, who in enumerate("AB")
    ]
    asked = [
        said("asked", f"2026-03-0{day}T10:00:00", id=f"{who}{day}", data={"who": who})
        for day, who in ((2, "A"), (3, "B"), (4, "A"))
    ]
    found = judged(*named, *asked, rules=register(LATEST + each))
    assert [(one.start_event, one.state) for one in found] == [
        ("A2", State.VOID),
        ("A4", State.OPEN),
        ("B3", State.OPEN),
    ]


def test_a_later_start_that_is_withdrawn_took_no_place():
    later = again("2026-03-05T10:00:00")
    gone = told("event-withdrawn", "2026-03-06T10:00:00", withdraws=later.id)
    assert stands(ASKED, later, gone) == [
        (ASKED.id, State.OPEN, None),
        (later.id, State.VOID, later.time_us),
    ]


def test_a_first_start_that_is_withdrawn_never_was():
    gone = told("event-withdrawn", "2026-03-06T10:00:00", withdraws=ASKED.id)
    found = {one[0]: one[1:] for one in stands(ASKED, SECOND, gone)}
    assert found == {ASKED.id: (State.VOID, ASKED.time_us), SECOND.id: (State.OPEN, None)}


def test_a_later_start_that_is_amended_to_an_earlier_day_is_the_one_that_is_replaced():
    later = again("2026-03-05T10:00:00")
    moved = told("asked", "2026-03-01T10:00:00", id="moved", amends=later.id)
    assert stands(ASKED, later, moved) == [
        (later.id, State.VOID, ASKED.time_us),
        (ASKED.id, State.OPEN, None),
    ]


def test_any_order_of_arrival_comes_to_the_same():
    events = [ASKED, SECOND, again("2026-03-07T10:00:00"), ANSWERED]
    straight = judged(*events, rules=RULES, now_us=OVERDUE_US)
    for some in permutations(events):
        assert judged(*some, rules=RULES, now_us=OVERDUE_US) == straight


def test_the_second_link_of_a_chain_follows_the_start_that_was_answered():
    linked = register(
        LATEST,
        'follows = "T1"\n'
        + LATEST.replace("T1", "T2").replace("work.answered", "work.told").replace("asked", "answered"),
    )
    found = {
        (one.rule, one.start_event): one
        for one in judged(ASKED, SECOND, ANSWERED, told("told", "2026-03-11T10:00:00"), rules=linked)
    }
    assert found["T2", ANSWERED.id].follows == found["T1", SECOND.id].id


def test_what_is_replaced_is_judged_once_however_many_follow():
    case, before = fold([ASKED], RULES), read(fold([ASKED], RULES), RULES)
    events = [ASKED]
    for day in range(3, 10):
        events.append(again(f"2026-03-0{day}T10:00:00", f"again-{day}"))
        case = fold(events, RULES)
        after = read(case, RULES, before)
        assert after == read(case, RULES)
        kept = {id(one) for one in before.hand_offs if one.state is State.VOID}
        assert kept <= {id(one) for one in after.hand_offs}
        before = after
    assert read(at_time(case, OVERDUE_US), RULES, before) == read(at_time(case, OVERDUE_US), RULES)


def test_what_a_later_extension_changes_of_it_is_judged_anew():
    rules = register(
        'restart = "latest"\n'
        + ROW
        + '[[limit]]\nkind = "date"\nat = "date"\ncertainty = "C"\nsource = "a rule"\n'
    )
    first = told("asked", "2026-03-02T10:00:00", id="first", data={"date": "2026-03-10"})
    extension = told("asked", "2026-03-06T10:00:00", id="more", extends="first", data={"date": "2026-03-20"})
    events = [first, again("2026-03-05T10:00:00")]
    before = read(fold(events, rules), rules)
    after = read(fold([*events, extension], rules), rules, before)
    assert after == read(fold([*events, extension], rules), rules)
    assert after.hand_offs[0].due_us != before.hand_offs[0].due_us
