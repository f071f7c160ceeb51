"""When each end of a hand-off became known, when it ended without its stop, and when its work came back."""

from models.hand_offs import State
from models.instants import DAY_US
from tests.support.asking import ANSWERED, ASKED, DUE, judged, said
from tests.support.records import at
from tests.support.registers import ROW, TEN_DAYS, register

HOUR_US = 3_600_000_000
RETURNED = register(ROW + TEN_DAYS + '[[returned]]\nevents = ["work.halted"]\n')
OVER = register(ROW + TEN_DAYS + '[[over]]\nevents = ["work.dropped"]\n')
PROOF = '[[missing]]\nevents = ["work.ended"]\ngrace_days = 7\n'


def told(name, time, **over):
    """Return an event that was published an hour after it happened."""
    return said(name, time, published_us=at(time) + HOUR_US, **over)


BEGUN = told("asked", "2026-03-02T10:00:00", id="asked")


def ends(hand_off):
    return hand_off.ended_us, hand_off.ended_known_us


def test_both_ends_were_known_when_their_events_were_published():
    [met] = judged(BEGUN, told("answered", "2026-03-05T10:00:00"))
    assert met.started_known_us == met.started_us + HOUR_US
    assert met.stopped_known_us == met.stopped_us + HOUR_US
    assert ends(met) == (None, None)


def test_where_nobody_knows_when_an_event_was_published_nothing_is_made_up():
    [met] = judged(ASKED, ANSWERED)
    assert (met.started_known_us, met.stopped_known_us) == (None, None)


def test_an_amended_start_was_known_so_when_it_was_amended():
    better = told("asked", "2026-03-03T10:00:00", id="better", amends=BEGUN.id)
    [hand_off] = judged(BEGUN, better)
    assert hand_off.started_known_us == at("2026-03-03T11:00:00")


def test_a_wait_about_somebody_was_known_when_its_start_and_whom_it_is_about_were():
    rules = register(ROW + TEN_DAYS + '[for_each]\nevents = ["work.named"]\nkey = "who"\n')
    named = told("named", "2026-03-02T12:00:00", data={"who": "A"})
    [hand_off] = judged(BEGUN, named, rules=rules)
    assert hand_off.started_known_us == named.published_us


def test_what_is_proved_missing_ended_at_the_proof_and_was_known_after_its_grace():
    rules = register(ROW + TEN_DAYS + PROOF)
    proof = told("ended", "2026-03-04T10:00:00")
    [missing] = judged(BEGUN, proof, rules=rules, now_us=at("2026-03-11T10:00:00"))
    assert missing.state is State.MISSING
    assert ends(missing) == (proof.time_us, proof.time_us + 7 * DAY_US)


def test_a_proof_told_after_its_grace_was_known_when_it_was_told():
    rules = register(ROW + TEN_DAYS + PROOF)
    proof = said("ended", "2026-03-04T10:00:00", published_us=at("2026-03-20T10:00:00"))
    [missing] = judged(BEGUN, proof, rules=rules, now_us=at("2026-03-21T10:00:00"))
    assert ends(missing) == (proof.time_us, proof.published_us)


def test_what_nobody_awaits_any_more_ended_with_what_made_it_needless():
    over = told("dropped", "2026-03-04T10:00:00")
    late = told("dropped", "2026-03-30T10:00:00")
    for event, state in ((over, State.VOID), (late, State.MISSING)):
        [hand_off] = judged(BEGUN, event, rules=OVER)
        assert (hand_off.state, *ends(hand_off)) == (state, event.time_us, event.published_us)


def test_what_was_optional_ended_with_its_limit():
    rules = register("optional = true\n" + ROW + TEN_DAYS)
    [hand_off] = judged(BEGUN, rules=rules, now_us=DUE + 1)
    assert (hand_off.state, *ends(hand_off)) == (State.VOID, DUE, DUE + 1)


def test_a_withdrawn_start_ended_where_it_began_and_was_known_with_its_first_withdrawal():
    gone = [
        told("event-withdrawn", day, withdraws=BEGUN.id)
        for day in ("2026-03-09T10:00:00", "2026-03-06T10:00:00")
    ]
    [void] = judged(BEGUN, *gone)
    assert (void.state, *ends(void)) == (State.VOID, BEGUN.time_us, at("2026-03-06T11:00:00"))


def test_work_may_come_back_before_its_stop_and_after_it():
    before, after = told("halted", "2026-03-03T10:00:00"), told("halted", "2026-03-12T10:00:00")
    stop = told("answered", "2026-03-05T10:00:00")
    for back in (before, after):
        [hand_off] = judged(BEGUN, stop, back, rules=RETURNED)
        assert (hand_off.state, hand_off.returned_us) == (State.MET, back.time_us)
        assert hand_off.returned_known_us == back.published_us


def test_the_first_return_counts():
    backs = [told("halted", f"2026-03-0{day}T10:00:00") for day in (7, 5, 6)]
    [hand_off] = judged(BEGUN, *backs, rules=RETURNED)
    assert hand_off.returned_us == at("2026-03-05T10:00:00")


def test_a_return_belongs_to_the_wait_begun_last_and_each_return_to_one():
    again = told("asked", "2026-03-04T10:00:00", id="again")
    backs = [told("halted", "2026-03-06T10:00:00"), told("halted", "2026-03-08T10:00:00")]
    first, second = judged(BEGUN, again, *backs, rules=RETURNED)
    assert (second.returned_us, first.returned_us) == (backs[0].time_us, backs[1].time_us)


def test_a_return_that_is_a_stop_belongs_to_the_wait_that_it_closes():
    rules = register(ROW + TEN_DAYS + '[[returned]]\nevents = ["work.answered"]\n')
    again = told("asked", "2026-03-04T10:00:00", id="again")
    first, second = judged(BEGUN, again, told("answered", "2026-03-06T10:00:00"), rules=rules)
    assert (first.returned_us, second.returned_us) == (at("2026-03-06T10:00:00"), None)


def test_what_lay_before_the_start_is_no_return():
    [hand_off] = judged(told("halted", "2026-03-01T10:00:00"), BEGUN, rules=RETURNED)
    assert hand_off.returned_us is None
