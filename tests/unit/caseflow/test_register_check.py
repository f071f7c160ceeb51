"""`caseflow register check`: a register is looked through as a whole, and every finding has its place."""

import pytest
from typer.testing import CliRunner

from caseflow.register import app
from infra.profile_files import read_profile_files
from models.register_check import check_register
from tests.support.registers import AGENCIES, PROFILE, ROW, TEN_DAYS

EVENTS = """\
[[event]]
type = "work.asked"
publishers = ["front"]
judged = ["kind", "days"]

[[event]]
type = "work.answered"
publishers = ["back"]

[[event]]
type = "work.dropped"
publishers = ["front"]
"""
OVER = '\n[[over]]\nevents = ["work.dropped"]\n'
FIVE_DAYS = TEN_DAYS.replace("10", "5")
QUICK = 'where = { kind = ["quick"] }\n'
LONG = "at_least = { days = 365 }\n"
SHORT = "at_most = { days = 364 }\n"
LOCAL = '\n[[limit]]\nkind = "local"\ncertainty = "K"\nsource = "none found"\n'
SECOND = (
    ROW.replace("T1", "T2").replace("work.answered", "work.dropped").replace("work.asked", "work.answered")
)


def found(*rows, events=EVENTS):
    """Return what is found in a register of these rows: `grave` or `remark`, line and message of each."""
    files = {"profile.toml": PROFILE, "agencies.toml": AGENCIES, "events.toml": events}
    files |= {f"hand_offs/{row.split(chr(34))[1]}.toml": row for row in rows}
    return check_register(files)


def grave(*rows, events=EVENTS):
    return [finding for finding in found(*rows, events=events) if finding.grave]


def test_the_register_of_the_partnership_has_no_mistakes():
    findings = check_register(read_profile_files("cleveland-and-durham"))
    assert not [str(one) for one in findings if one.grave]


def test_the_rows_of_the_partnership_that_nothing_proves_missing_are_these():
    findings = check_register(read_profile_files("cleveland-and-durham"))
    never = {one.row for one in findings if "stays open, or becomes void" in one.message}
    only_late = {one.row for one in findings if "only what ends the wait" in one.message}
    assert never == {"H14", "H21", "H22", "V08"}
    assert only_late == {
        *(f"H{number}" for number in (10, 11, 12, 13, 26, 31, 34, 35, 36, 37, 39, 43, 44)),
        "V07",
    }


def test_every_chain_of_the_partnership_can_be_linked():
    remarks = check_register(read_profile_files("cleveland-and-durham"))
    assert not [one for one in remarks if "linked" in one.message]


def test_a_sound_register_has_nothing_grave():
    assert grave(ROW + OVER + TEN_DAYS) == []
    parted = (
        ROW + TEN_DAYS + QUICK + "to = 2025-12-31\n" + FIVE_DAYS + QUICK + "from = 2026-01-01\n" + TEN_DAYS
    )
    assert grave(parted) == []


MISTAKES = {
    "a limit behind one that always holds": (
        TEN_DAYS + FIVE_DAYS + QUICK,
        19,
        "an earlier limit always holds",
    ),
    "a limit behind a wider one": (
        TEN_DAYS + 'where = { kind = ["quick", "slow"] }\n' + FIVE_DAYS + QUICK,
        20,
        "an earlier limit always holds",
    ),
    "a limit behind a wider bound": (
        TEN_DAYS + "at_least = { days = 100 }\n" + FIVE_DAYS + LONG,
        20,
        "an earlier limit always holds",
    ),
    "an overlap of some days": (
        TEN_DAYS + "to = 2026-01-31\n" + FIVE_DAYS + QUICK + "from = 2026-01-01\n",
        20,
        "from 2026-01-01 on an earlier limit",
    ),
    "a gap": (
        TEN_DAYS + "to = 2025-12-31\n" + FIVE_DAYS + "from = 2026-02-01\n",
        13,
        "no limit holds from 2026-01-01 to 2026-01-31",
    ),
    "a gap for one condition": (
        TEN_DAYS + QUICK + "to = 2025-12-31\n" + FIVE_DAYS + QUICK + "from = 2026-02-01\n",
        13,
        "no limit holds from 2026-01-01 to 2026-01-31",
    ),
    "a period upside down": (TEN_DAYS + "from = 2026-02-01\nto = 2026-01-31\n", 13, "exchange the dates"),
    "no limit": ("", 1, "the row has no limit"),
    "no source": (TEN_DAYS.replace("a rule", "-"), 13, "is no source"),
    "certain of no number": (LOCAL.replace('"K"', '"C"'), 13, "its certainty is K"),
    "an unknown event": (
        TEN_DAYS + '\n[[over]]\nevents = ["work.droped"]\n',
        20,
        "no event type 'work.droped'",
    ),
}


@pytest.mark.parametrize(("rest", "line", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found_in_its_line(rest, line, message):
    [one] = grave(ROW + rest)
    assert (one.file, one.line) == ("hand_offs/T1.toml", line)
    assert message in one.message
    assert str(one).startswith(f"hand_offs/T1.toml:{line}: ")


def test_conditions_that_exclude_each_other_hide_nothing_and_leave_no_gap():
    rest = TEN_DAYS + SHORT + "to = 2026-03-30\n" + FIVE_DAYS + LONG + "to = 2026-03-30\n"
    assert grave(ROW + rest + TEN_DAYS + "from = 2026-03-31\n") == []


def test_a_last_limit_that_ends_is_a_remark():
    [one] = [
        f for f in found(ROW + OVER + TEN_DAYS + "to = 2026-01-31\n") if "from 2026-02-01 on" in f.message
    ]
    assert not one.grave


def test_a_condition_that_is_never_read_is_a_mistake():
    row = ROW.replace('["work.asked"]', '["work.asked"]\nunknown_matches = ["knd"]')
    assert "'knd' is in unknown_matches" in grave(row + TEN_DAYS)[0].message


def test_a_row_in_the_wrong_file_is_a_mistake():
    files = {"profile.toml": PROFILE, "agencies.toml": AGENCIES, "events.toml": EVENTS}
    [one] = [f for f in check_register({**files, "hand_offs/T9.toml": ROW + TEN_DAYS}) if f.grave]
    assert "rename the file to T1.toml" in one.message


def test_rows_that_follow_each_other_have_no_first_one():
    first = ROW.replace('title = "Tested"', 'title = "Tested"\nfollows = ["T2"]')
    second = ROW.replace("T1", "T2").replace("work.answered", "x").replace("work.asked", "work.answered")
    second = second.replace('"x"', '"work.asked"').replace(
        'title = "Tested"', 'title = "Tested"\nfollows = ["T1"]'
    )
    messages = [one.message for one in grave(first + TEN_DAYS, second + TEN_DAYS)]
    assert len(messages) == 2
    assert all("a chain has a first row" in message for message in messages)


def test_a_chain_whose_link_no_event_can_be_is_a_remark():
    events = EVENTS.replace('publishers = ["back"]', 'publishers = ["back"]\njudged = ["kind"]')
    first = ROW.replace('["work.answered"]', '["work.answered"]\nwhere = { kind = ["letter"] }')
    second = SECOND.replace('["work.answered"]', '["work.answered"]\nwhere = { kind = ["call"] }')
    second = second.replace('title = "Tested"', 'title = "Tested"\nfollows = ["T1"]')
    remarks = [
        one for one in found(first + TEN_DAYS, second + TEN_DAYS, events=events) if "linked" in one.message
    ]
    assert [(one.row, one.grave) for one in remarks] == [("T2", False)]


def test_what_cases_keep_and_no_row_reads_is_a_remark():
    remarks = [one for one in found(ROW + TEN_DAYS) if one.file == "events.toml"]
    assert [(one.grave, "days, kind of work.asked" in one.message) for one in remarks] == [(False, True)]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (TEN_DAYS, "stays open, or becomes void"),
        (OVER + TEN_DAYS, "only what ends the wait"),
        (OVER + LOCAL, "void"),
    ],
)
def test_a_row_that_nothing_proves_missing_is_a_remark(rest, said):
    [one] = [f for f in found(ROW + rest) if "no proof" in f.message]
    assert said in one.message
    assert not one.grave


def test_a_row_with_a_proof_or_that_may_be_left_undone_is_not_remarked_on():
    proof = '\n[[missing]]\nevents = ["work.dropped"]\n'
    optional = ROW.replace('title = "Tested"', 'title = "Tested"\noptional = true')
    for row in (ROW + proof + TEN_DAYS, optional + TEN_DAYS):
        assert not [one for one in found(row) if "no proof" in one.message]


def test_remarks_are_said_apart_from_mistakes_and_leave_the_exit_code_alone():
    done = CliRunner().invoke(app, ["check", "--profile", "cleveland-and-durham"])
    assert done.exit_code == 0
    assert "hand_offs/H22.toml:1: H22: no proof" in done.stdout
    assert "cleveland-and-durham: 0 mistakes, 18 remarks" in done.stderr


def test_a_mistake_is_said_on_standard_error_with_exit_code_1(tmp_path):
    folder = tmp_path / "tested"
    (folder / "hand_offs").mkdir(parents=True)
    files = {
        "profile.toml": PROFILE,
        "agencies.toml": AGENCIES,
        "events.toml": EVENTS,
        "hand_offs/T1.toml": ROW,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["check", "--profile", "tested", "--profiles-dir", str(tmp_path)])
    assert done.exit_code == 1
    assert "caseflow: hand_offs/T1.toml:1: T1: the row has no limit" in done.stderr
    assert "no limit" not in done.stdout


def test_a_profile_without_a_register_has_nothing_to_find():
    done = CliRunner().invoke(app, ["check", "--profile", "cook-county"])
    assert (done.exit_code, done.stdout) == (0, "")
