"""The partnership's register accuses nobody in cases that went as they should, and sees the waits they have."""

import pytest

from tests.support.ordinary_cases import ORDINARY
from tests.support.profiles import shipped
from tests.support.stories import judged, states

ACCUSED = {"overdue", "missing", "met_late", "negative"}
WITHOUT_A_DUE_INSTANT = {"H08", "H21", "H22", "V08"}
NOTHING_OPENS = {
    "a young person's community order": "2026-03-24T10:00 sentence.passed disposal=community youth=yes",
    "a fine": "2026-03-24T10:00 sentence.passed disposal=fine youth=no",
    "a release by the court": "2026-03-24T10:00 release.released releaseType=court",
    "a first failure": "2026-03-24T10:00 probation.breach-identified failureNumber=1",
    "an arrest on a warrant": "2026-03-24T10:00 charge.arrested onWarrant=yes",
    "a remand of an unknown class of offence": "2026-03-24T10:00 court.remanded-in-custody youth=yes",
    "a recall that is not for a fixed term": "2026-03-24T10:00 release.returned-to-custody recallType=standard",
    "a short sentence for violence": """
2026-03-20T10:00 victim.registered victimRef=a
2026-03-24T10:00 sentence.passed disposal=custody sentenceDays=364 specifiedOffence=violent youth=yes
""",
}


@pytest.mark.parametrize("told", ORDINARY.values(), ids=ORDINARY)
def test_an_ordinary_case_accuses_nobody(told):
    hand_offs = judged(told)
    assert hand_offs
    assert not [(one.rule, one.state, one.start_event) for one in hand_offs if one.state in ACCUSED]
    still_open = {one.rule for one in hand_offs if one.state == "open"}
    assert still_open <= WITHOUT_A_DUE_INSTANT


@pytest.mark.parametrize("told", ORDINARY.values(), ids=ORDINARY)
def test_an_ordinary_case_accuses_nobody_where_only_its_days_are_known(told):
    assert not [(one.rule, one.state) for one in judged(told, by_day=True) if one.state in ACCUSED]


@pytest.mark.parametrize("told", NOTHING_OPENS.values(), ids=NOTHING_OPENS)
def test_what_asks_nothing_of_anybody_opens_no_wait(told):
    assert judged(told) == ()


def test_nearly_every_row_is_met_in_some_ordinary_case():
    met = {one.rule for told in ORDINARY.values() for one in judged(told) if one.state == "met"}
    rows = {row.id for row in shipped("cleveland-and-durham").rules}
    assert rows - met == {"H13", "H19"}


def test_release_on_curfew_is_the_curfews_and_no_failure_of_the_release_date():
    found = states(judged(ORDINARY["home on curfew, recalled, released again"]))
    assert {row: found[row] for row in ("H37", "H38", "H39", "H43")} == {
        "H37": ["void"],
        "H38": ["met"],
        "H39": ["void"],
        "H43": ["void", "met"],
    }


def test_each_link_of_a_chain_names_the_one_before():
    by_id = {one.id: one for told in ORDINARY.values() for one in judged(told)}
    linked = {(one.rule, by_id[one.follows].rule) for one in by_id.values() if one.follows}
    assert linked == {
        ("H04", "H03"),
        ("H18", "H17"),
        ("H33", "H24"),
        ("H41", "H40"),
        ("V03", "V02"),
        ("V07", "V06"),
    }
