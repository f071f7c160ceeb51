"""Each victim has waits of their own: with a limit, a beginning and an answer of their own."""

import pytest

from models.hand_offs import State
from models.instants import DAY_US
from tests.support.register_table import judged, last_moment, said, what
from tests.unit.register.victims import ENHANCED, REGISTERED, V01, V02, V03, V06, V07, V08, VICTIM

MONDAY, TUESDAY = "2026-03-02 10:00", "2026-03-03 10:00"


def second(told):
    """Return the same said of another victim."""
    return what(told.type, by=told.by, **{**told.data, "victimRef": "v-2"})


def suspect(time, **over):
    """Return a word to the first victim about the suspect."""
    return said(time, what("victim.told", topic="suspect", **{"victimRef": "v-1", **over}))


@pytest.mark.parametrize("wait", [V01, V02, V06, V08], ids=lambda wait: wait.row)
def test_one_event_opens_a_wait_for_each_victim_and_an_answer_meets_one(wait):
    [one] = wait.first
    other = said(one.time_us + DAY_US, second(what(one.type, **one.data)))
    found = judged(wait.row, (one, other, wait.begin(MONDAY), wait.end(TUESDAY)))
    assert {h.about: h.state for h in found} == {"v-1": State.MET, "v-2": State.OPEN}
    assert len({h.id for h in found}) == 2


@pytest.mark.parametrize("wait", [V03, V07], ids=lambda wait: wait.row)
def test_a_start_that_names_its_victim_is_answered_by_a_word_to_that_victim(wait):
    other = said("2026-03-02 11:00", second(wait.start), id="other")
    stop = said(
        TUESDAY, what(wait.stop.type, **{**wait.stop.data, "victimRef": "v-2", "aboutEvent": "other"})
    )
    found = judged(wait.row, (wait.begin(MONDAY), other, stop))
    assert {h.start_event: h.state for h in found} == {"start": State.OPEN, "other": State.MET}


def test_enhanced_rights_shorten_the_limit_of_their_victim_alone():
    enhanced = said("2026-01-06 09:00", second(ENHANCED))
    told = suspect("2026-03-05 10:00", victimRef="v-2", aboutEvent="start")
    found = judged("V01", (*REGISTERED, enhanced, V01.begin(MONDAY), told))
    assert {h.about: (h.state, h.due_us) for h in found} == {
        "v-1": (State.OPEN, last_moment("2026-03-09")),
        "v-2": (State.MET_LATE, last_moment("2026-03-03")),
    }


def test_the_clock_for_a_victim_who_registers_later_starts_then():
    registered = said("2026-03-12 09:00", VICTIM)
    [found] = judged("V01", (V01.begin(MONDAY), registered))
    assert (found.started_us, found.due_us) == (registered.time_us, last_moment("2026-03-19"))


def test_a_victim_registered_twice_has_one_wait():
    [found] = judged("V01", (*REGISTERED, said("2026-02-02 09:00", VICTIM), V01.begin(MONDAY)))
    assert found.about == "v-1"


@pytest.mark.parametrize(
    ("about", "states"), [(None, ["met", "open"]), ("start", ["met", "open"]), ("charged", ["open", "met"])]
)
def test_a_word_answers_the_event_that_it_names_and_without_a_name_the_oldest(about, states):
    charged = said("2026-03-02 15:00", "charge.charged", id="charged")
    told = suspect(TUESDAY, **({"aboutEvent": about} if about else {}))
    found = judged("V01", (*REGISTERED, V01.begin(MONDAY), charged, told))
    assert [h.state for h in found] == states
