"""What becomes of a standard hand-off: every state, whom it is about, and when the clock changes it."""

import pytest

from models.hand_offs import State
from models.instants import DAY_US
from tests.support.asking import ANSWERED, ASKED, DUE, PLAIN, SECOND, judged, limits, said, states
from tests.support.cases import reading
from tests.support.records import at
from tests.support.registers import PROFILE, ROW, TEN_DAYS, register


def test_an_open_hand_off_says_who_waits_for_whom_until_when_by_what_rule():
    [hand_off] = judged(ASKED)
    assert (hand_off.rule, hand_off.sender, hand_off.receiver, hand_off.owner) == (
        "T1",
        "asker",
        "answerer",
        "answerer",
    )
    assert (hand_off.state, hand_off.due_us, hand_off.internal) == (State.OPEN, DUE, False)
    assert (hand_off.limit, hand_off.certainty, hand_off.assumed) == ("10 calendar days", "C", None)


def test_a_row_without_a_receiver_is_an_internal_step():
    rules = register(ROW.replace('receiver = "back"\nowner = "receiver"\n', "") + TEN_DAYS)
    [hand_off] = judged(ASKED, ANSWERED, rules=rules)
    assert (hand_off.internal, hand_off.sender, hand_off.receiver) == (True, "asker", "asker")


def test_a_stop_in_time_meets_it_and_the_wait_is_exact():
    [hand_off] = judged(ASKED, ANSWERED)
    assert (hand_off.state, hand_off.wait_us) == (State.MET, 8 * DAY_US)


@pytest.mark.parametrize(("stop_us", "state"), [(DUE, State.MET), (DUE + 1, State.MET_LATE)])
def test_the_last_moment_of_the_limit_is_in_time(stop_us, state):
    assert states(ASKED, said("answered", stop_us)) == [state]


@pytest.mark.parametrize(("now_us", "state"), [(None, "open"), (DUE, "open"), (DUE + 1, "overdue")])
def test_it_is_overdue_by_the_clock_as_soon_as_its_limit_has_passed(now_us, state):
    assert states(ASKED, now_us=now_us) == [state]


def test_nobody_is_accused_within_the_grace_of_the_feed():
    graced = PROFILE.replace("grace_minutes = 0", "grace_minutes_by_role = { back = 90, front = 30 }")
    rules = register(ROW + TEN_DAYS, profile=graced)
    overdue_us = DUE + 90 * 60_000_000
    [hand_off] = judged(ASKED, rules=rules, now_us=overdue_us)
    assert (hand_off.state, hand_off.overdue_us) == (State.OPEN, overdue_us)
    assert states(ASKED, rules=rules, now_us=overdue_us + 1) == ["overdue"]
    assert states(ASKED, said("answered", DUE + 1), rules=rules) == ["met_late"]


def test_it_is_due_soon_when_the_share_of_the_profile_has_passed():
    length = DUE - ASKED.time_us
    soon_us = ASKED.time_us + length * 80 // 100
    assert not judged(ASKED, now_us=soon_us - 1)[0].due_soon
    assert judged(ASKED, now_us=soon_us)[0].due_soon
    assert reading([ASKED], PLAIN).next_due_us == soon_us
    assert reading([ASKED], PLAIN, soon_us).next_due_us == DUE + 1


def test_the_tiers_of_lateness_follow_the_length_of_the_limit():
    length = DUE + 1 - ASKED.time_us
    tiers = [DUE + 1, DUE + 1 + length // 4, DUE + 1 + length]
    assert [judged(ASKED, now_us=us)[0].tier for us in tiers] == [0, 1, 2]
    assert [judged(ASKED, now_us=us - 1)[0].tier for us in tiers] == [None, 0, 1]
    assert reading([ASKED], PLAIN, tiers[2]).next_due_us is None


def test_each_start_opens_its_own_and_a_stop_closes_the_oldest():
    second = said("asked", "2026-03-05T10:00:00", id="second")
    assert states(ASKED, second, ANSWERED) == ["met", "open"]


@pytest.mark.parametrize(
    ("restart", "started"),
    [("each", [ASKED, SECOND]), ("first", [ASKED]), ("latest", [SECOND])],
)
def test_a_second_start_follows_the_restart_of_the_row(restart, started):
    rules = register(f'restart = "{restart}"\n' + ROW + TEN_DAYS)
    found = [one for one in judged(ASKED, SECOND, rules=rules) if one.state is State.OPEN]
    assert [hand_off.started_us for hand_off in found] == [event.time_us for event in started]


def test_a_stop_shortly_before_the_start_is_negative_and_keeps_its_sign():
    [hand_off] = judged(ASKED, said("answered", "2026-03-01T10:00:00"))
    assert (hand_off.state, hand_off.wait_us) == (State.NEGATIVE, -DAY_US)


def test_a_stop_long_before_the_start_belongs_to_something_else():
    assert states(ASKED, said("answered", "2026-02-25T10:00:00")) == ["open"]
    never = register("early_days = 0\n" + ROW + TEN_DAYS)
    assert states(ASKED, said("answered", "2026-03-01T10:00:00"), rules=never) == ["open"]


def test_a_later_stop_is_preferred_to_an_earlier_one():
    early = said("answered", "2026-03-01T10:00:00", id="early")
    assert states(ASKED, early, ANSWERED) == ["met"]


def test_a_withdrawn_start_leaves_a_void_hand_off():
    gone = said("event-withdrawn", "2026-03-03T10:00:00", withdraws=ASKED.id)
    assert states(ASKED, gone) == ["void"]


def test_a_proof_and_its_grace_make_a_hand_off_missing():
    rules = register(ROW + TEN_DAYS + '[[missing]]\nevents = ["work.ended"]\ngrace_days = 7\n')
    ended = said("ended", "2026-03-04T10:00:00")
    gone_us = at("2026-03-11T10:00:00")
    assert states(ASKED, ended, rules=rules, now_us=gone_us - 1) == ["open"]
    assert states(ASKED, ended, rules=rules, now_us=gone_us) == ["missing"]
    [closed] = judged(ASKED, ended, ANSWERED, rules=rules, now_us=gone_us)
    assert (closed.state, closed.late_after_end) == (State.MET, True)


def test_without_a_proof_it_stays_open_and_ages():
    assert states(ASKED, now_us=at("2027-03-02T10:00:00")) == ["overdue"]


OVER = register(ROW + TEN_DAYS + '[[over]]\nevents = ["work.dropped"]\n')


def test_what_nobody_awaits_any_more_is_void_and_a_later_stop_is_none():
    dropped = said("dropped", "2026-03-04T10:00:00")
    assert states(ASKED, dropped, rules=OVER, now_us=DUE + 1) == ["void"]
    assert states(ASKED, dropped, ANSWERED, rules=OVER) == ["void"]


def test_what_was_due_before_it_was_dropped_is_missing():
    assert states(ASKED, said("dropped", DUE + 1), rules=OVER) == ["missing"]


def test_an_optional_answer_that_never_comes_is_void_past_its_limit():
    rules = register("optional = true\n" + ROW + TEN_DAYS)
    assert states(ASKED, rules=rules, now_us=DUE) == ["open"]
    assert states(ASKED, rules=rules, now_us=DUE + 1) == ["void"]
    assert states(ASKED, said("answered", DUE + 1), rules=rules) == ["met_late"]


def test_a_start_that_something_earlier_made_needless_opens_nothing():
    rules = register(ROW + TEN_DAYS + '[[unless]]\nevents = ["work.named"]\n')
    assert states(said("named", "2026-03-01T10:00:00"), ASKED, rules=rules) == []
    assert states(ASKED, said("named", "2026-03-03T10:00:00"), rules=rules) == ["open"]


PER_PERSON = ROW.replace('receiver = "back"', 'receiver = "person"').replace(
    "[[start]]",
    '[for_each]\nevents = ["work.named"]\nkey = "who"\nattributes = ["urgent"]\n\n[[start]]',
)


def test_each_person_has_a_wait_of_their_own_with_a_limit_of_their_own():
    rules = register(
        PER_PERSON
        + limits('kind = "max"\namount = 1\nwhere = { urgent = [true] }', 'kind = "max"\namount = 5')
    )
    ann = said("named", "2026-03-01T10:00:00", id="a", data={"who": "a", "urgent": True})
    bob = said("named", "2026-03-04T10:00:00", id="b", data={"who": "b", "urgent": False})
    told = said("answered", "2026-03-06T10:00:00", data={"who": "b"})
    found = {h.about: h for h in judged(ann, bob, ASKED, told, rules=rules, now_us=at("2026-03-10"))}
    assert (found["a"].state, found["a"].limit) == (State.OVERDUE, "1 calendar day")
    assert (found["b"].state, found["b"].wait_us) == (State.MET, 2 * DAY_US)  # from when Bob was known
    assert len({h.id for h in found.values()}) == 2
    assert states(ASKED, rules=rules) == []


def test_an_answer_that_names_its_question_closes_that_one():
    rules = register(ROW.replace('["work.answered"]', '["work.answered"]\nabout = true') + TEN_DAYS)
    named = said("answered", "2026-03-06T10:00:00", data={"aboutEvent": "second"})
    assert states(ASKED, SECOND, named, rules=rules) == ["open", "met"]
    assert states(ASKED, SECOND, ANSWERED, rules=rules) == ["met", "open"]


def test_an_answer_may_have_to_agree_with_its_question():
    rules = register(ROW.replace('["work.answered"]', '["work.answered"]\nmatch = "number"') + TEN_DAYS)
    asked = said("asked", "2026-03-02T10:00:00", data={"number": 1})
    for number, state in ((1, "met"), (2, "open"), (None, "open")):
        stop = said("answered", "2026-03-05T10:00:00", data={"number": number})
        assert states(asked, stop, rules=rules) == [state]


def test_the_links_of_a_chain_name_the_one_before():
    second = ROW.replace('"T1"', '"T2"').replace('["work.asked"]', '["work.told"]')
    first = ROW.replace('["work.answered"]', '["work.told"]')
    rules = register(first + TEN_DAYS, 'follows = "T1"\n' + second + TEN_DAYS)
    told = said("told", "2026-03-05T10:00:00")
    one, two = judged(ASKED, told, rules=rules)
    assert (one.follows, two.follows) == (None, one.id)


def test_between_whole_days_the_wait_is_whole_days_and_the_due_day_is_in_time():
    start = said("asked", "2026-03-23T00:00:00", precision="day")
    stop = said("answered", "2026-04-02T00:00:00+01:00", precision="day")
    [hand_off] = judged(start, stop)
    assert (hand_off.state, hand_off.wait_us) == (State.MET, 10 * DAY_US)


def test_what_is_known_to_its_day_begins_and_ends_at_its_midnight_whatever_time_of_day_it_bears():
    found = [
        judged(
            said("asked", f"2026-03-23T{time}", precision="day"),
            said("answered", f"2026-04-02T{time}+01:00", precision="day"),
        )
        for time in ("00:00:00", "11:30:00")
    ]
    told = [(one.state, one.wait_us, one.started_us, one.stopped_us, one.due_us) for [one] in found]
    assert told[0] == told[1]


def test_what_was_proved_missing_stays_missing_when_the_case_ends():
    clauses = '[[missing]]\nevents = ["work.ended"]\ngrace_days = 7\n[[over]]\nevents = ["work.dropped"]\n'
    rules = register(ROW + TEN_DAYS + clauses)
    ended = said("ended", "2026-03-03T10:00:00")
    within, past = said("dropped", "2026-03-10T09:59:59"), said("dropped", "2026-03-10T10:00:00")
    assert states(ASKED, ended, within, rules=rules) == ["void"]
    assert states(ASKED, ended, past, rules=rules) == ["missing"]


def test_a_date_that_was_not_told_is_named():
    rules = register(
        ROW.replace('["work.asked"]', '["work.asked"]\nat = "from"').replace(
            '["work.answered"]', '["work.answered"]\nat = "date"'
        )
        + TEN_DAYS
    )
    assert judged(ASKED, rules=rules)[0].assumed == "from"
    assert judged(ASKED, ANSWERED, rules=rules)[0].assumed == "from, date"
