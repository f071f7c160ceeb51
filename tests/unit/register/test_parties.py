"""Between whom each row is, and who must act (`*`): while the wait is open, and once somebody has answered."""

import pytest

from tests.support.register_lines import Line
from tests.support.register_table import judged, said
from tests.unit.register import victims
from tests.unit.register.lines import of_kind

FIRST = {line.wait.row: line for line in reversed(of_kind(Line))}


@pytest.mark.parametrize("row", sorted(FIRST))
def test_an_open_hand_off_names_who_waits_for_whom_and_who_must_act(row):
    found = FIRST[row].hand_off()
    sender, _, receiver = FIRST[row].wait.between.partition(" > ")
    assert (found.sender, found.receiver) == (sender.strip("*"), (receiver or sender).strip("*"))
    assert found.owner == (receiver if receiver.endswith("*") else sender).strip("*")
    assert found.internal == (not receiver)


@pytest.mark.parametrize(
    ("row", "receiver", "owner"),
    [
        ("H14", "hmcts-crown", "cps-north-east"),
        ("H24", "hmp-durham", "hmcts-magistrates"),
        ("H26", "yjs-hartlepool", "yjs-hartlepool"),
        ("H42", "hmp-durham", "cleveland-police"),
    ],
)
def test_who_answered_is_named_where_a_role_alone_did_not_say(row, receiver, owner):
    line = FIRST[row]
    found = line.hand_off(line.wait.end(line.soon_us))
    assert (found.receiver, found.owner) == (receiver, owner)


def test_the_other_area_has_its_own_agencies():
    resulted = said("2026-03-02 10:00", victims.RESULTED, area="durham")
    [found] = judged("V02", (*victims.REGISTERED, resulted))
    assert (found.sender, found.receiver) == ("hmcts-magistrates", "witness-care-durham")
