"""Chains: where one row's stop is the next one's start, the next says which hand-off it follows."""

import pytest

from models.hand_offs import State
from tests.support.cases import reading
from tests.support.register_table import last_moment, rules, said, what
from tests.unit.register.arrest_to_charge import ON_BAIL, REFERRED
from tests.unit.register.court_papers import SENT, SERVED
from tests.unit.register.release_and_recall import DECIDED, REQUESTED
from tests.unit.register.sentence import CUSTODY
from tests.unit.register.supervision import RECEIVED
from tests.unit.register.victims import OF_OUTCOME, REGISTERED, RESULTED, SENTENCE
from tests.unit.register.victims import REFERRED as VICTIM_REFERRED

MORNING, AFTERNOON = "2026-03-02 10:00", "2026-03-02 16:00"
CHAINS = (
    ("H03", "H04", (), REFERRED, ON_BAIL),
    ("H17", "H18", (), SENT, SERVED),
    ("H24", "H33", (), CUSTODY, RECEIVED),
    ("H40", "H41", (), DECIDED, REQUESTED),
    ("V02", "V03", REGISTERED, RESULTED, OF_OUTCOME),
    ("V06", "V07", REGISTERED, SENTENCE, VICTIM_REFERRED),
)

each_chain = pytest.mark.parametrize(("row", "following", "given", "start", "middle"), CHAINS)


def hand_offs(*events):
    return {hand_off.rule: hand_off for hand_off in reading(events, rules()).hand_offs}


@each_chain
def test_the_next_link_names_the_one_whose_stop_started_it(row, following, given, start, middle):
    found = hand_offs(*given, said(MORNING, start), said(AFTERNOON, middle))
    before, after = found[row], found[following]
    assert (before.state, after.state) == (State.MET, State.OPEN)
    assert (after.follows, after.start_event) == (before.id, before.stop_event)


@each_chain
def test_a_link_without_the_one_before_it_follows_nothing(row, following, given, start, middle):
    assert hand_offs(*given, said(AFTERNOON, middle))[following].follows is None


@pytest.mark.parametrize(("enhanced", "last"), [(False, "2026-03-16"), (True, "2026-03-10")])
def test_the_longest_lawful_path_to_a_victim_is_two_clocks_of_two_owners(enhanced, last):
    notice = what("victim.notice-received", topic="outcome", victimRef="v-1", enhanced=enhanced)
    found = hand_offs(*REGISTERED, said(MORNING, RESULTED), said(last_moment("2026-03-09"), notice))
    assert (found["V02"].state, found["V02"].owner) == (State.MET, "hmcts-magistrates")
    assert (found["V03"].due_us, found["V03"].owner) == (last_moment(last), "witness-care-cleveland")


def test_every_chain_of_the_register_is_tested():
    chained = {(before, row.id) for row in rules().profile.rules for before in row.follows}
    assert chained == {(row, following) for row, following, *_ in CHAINS}
