"""`caseflow register show`: the register as a person, a program or the documentation reads it."""

import io

import orjson
import pytest
from rich.console import Console
from typer.testing import CliRunner

from caseflow.register import app, words
from caseflow.register.page import page
from caseflow.register.sheet import sheet
from caseflow.register.table import print_register
from models.limits import Certainty
from tests.support.profiles import shipped
from tests.support.registers import ROW, TEN_DAYS, register

ROWS = {row.id: sheet(row) for row in shipped("cleveland-and-durham").rules}

VIOLENT = "sentence.passed where disposal = custody, specifiedOffence = violent or sexual, sentenceDays ≥ 365"
H36 = (
    "2 working days before licenceStartDate, itself moved back to a working day; "
    "due soon 2 working days before"
)
ARRANGED = (
    "probation.first-appointment-arranged where inPerson = true or unknown, "
    "supervision = community or unknown; judged on appointmentDate"
)


def shown(*arguments):
    return CliRunner().invoke(app, ["show", "--profile", "cleveland-and-durham", *arguments])


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("H04", "cps* → police"),
        ("H05", "police → mags*"),
        ("H12", "crown*, cps"),
        ("H21", "crown*"),
        ("H22", "court → police*, pnc"),
        ("V06", "wcu*, police → vlo"),
    ],
)
def test_the_star_stands_at_the_wait_owner(row, text):
    assert ROWS[row].between == text


@pytest.mark.parametrize(
    ("row", "starts"),
    [
        ("H02", ("charge.bailed-before-charge; clock from bailStartDate",)),
        ("H08", ("charge.arrested where onWarrant = false or unknown", "charge.summons-issued")),
        (
            "V06",
            (VIOLENT,),
        ),
    ],
)
def test_a_start_tells_its_types_conditions_and_clock(row, starts):
    assert ROWS[row].starts == starts


@pytest.mark.parametrize(
    ("row", "stop"),
    [
        ("H02", "charge.charged, .no-further-action, .bail-answered"),
        ("H22", "court.national-record-finalised; clock from receivedByPolice"),
        (
            "H30",
            ARRANGED,
        ),
        (
            "V03",
            "victim.told where topic = outcome; the same victimRef; the start that it names, if it names one",
        ),
    ],
)
def test_a_stop_tells_which_wait_it_answers(row, stop):
    assert ROWS[row].stops == (stop,)


@pytest.mark.parametrize(
    ("row", "limits"),
    [
        ("H03", ["no number known"]),
        (
            "H07",
            ["to 5 Oct 2025: before sittingDay begins", "from 6 Oct 2025: before sittingDay begins"],
        ),
        ("H08", ["90 % within 24 hours", "100 % within 3 calendar days"]),
        (
            "H11",
            [
                "given court.summary-trial-decided within it: 56 calendar days, back to a working day",
                "70 calendar days, back to a working day",
            ],
        ),
        ("H12", ["182 calendar days less daysInMagistratesCustody, back to a working day"]),
        (
            "H20",
            [
                "on dueDate",
                "reportType = oral: same day (standard)",
                "reportType = short: 5 working days (standard)",
                "reportType = standard: 15 working days (standard)",
            ],
        ),
        (
            "H36",
            [H36],
        ),
        (
            "H43",
            [
                "to 30 Mar 2026; sentenceDays ≤ 364: 14 calendar days",
                "to 30 Mar 2026; sentenceDays ≥ 365: 28 calendar days",
                "from 31 Mar 2026: 56 calendar days",
            ],
        ),
    ],
)
def test_a_limit_tells_its_period_its_condition_and_its_length(row, limits):
    told = [f"{line.held}: {line.limit}" if line.held else line.limit for line in ROWS[row].limits]
    assert told == limits


def test_what_is_not_confirmed_says_local_target():
    for mark, text in words.CERTAINTIES.items():
        assert mark.is_local_target == text.startswith("local target")
    assert {mark for mark in Certainty if not mark.is_local_target} == {"C", "P"}


@pytest.mark.parametrize("width", [80, 110, 160])
def test_the_table_shows_every_row_within_the_screen(width):
    out = io.StringIO()
    print_register(Console(file=out, width=width), shipped("cleveland-and-durham"))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert {line.split()[0] for line in lines if line[:1] in "HV" and line[1:3].isdigit()} == set(ROWS)


def test_an_empty_register_says_so():
    out = io.StringIO()
    print_register(Console(file=out, width=100), shipped("cook-county"))
    assert "nothing is awaited" in out.getvalue()


def test_one_row_is_told_whole():
    told = shown("V01").stdout
    for part in (
        "V01  Victim told of the suspect",
        "police* → victim",
        "enhanced = true: 1 working day [england-and-wales], confirmed",
        "missing      charge.no-further-action, court.case-completed (14 days later)",
        "one wait for each victimRef of victim.registered where optedIn = true or unknown",
        "Victims' Code, as the forces' pages give it",
    ):
        assert part in told


def test_a_row_that_is_not_there_is_named_with_the_nearest():
    done = shown("H99")
    assert done.exit_code == 1
    assert "has no row 'H99'" in done.stderr
    assert done.stdout == ""


def test_programs_get_every_row_with_its_dates_and_local_targets():
    rows = {row["id"]: row for row in orjson.loads(shown("--format", "json").stdout)}
    assert set(rows) == set(ROWS)
    [to, since] = rows["H19"]["limits"]
    assert (to["to"], to["local_target"]) == ("2025-10-05", False)
    assert (since["from"], since["certainty"], since["local_target"]) == ("2025-10-06", "D", True)
    assert rows["H12"]["internal"]
    assert rows["H12"]["owner"] == ["crown", "cps"]
    assert rows["V03"]["follows"] == ["V02"]


def test_a_row_without_a_limit_and_one_of_an_unknown_kind_have_a_place_on_the_page():
    told = page(register(ROW, ROW.replace("T1", "T2") + TEN_DAYS).profile)
    assert "## Other hand-offs" in told
    assert "| T1 | Tested | front → back\\* | work.asked | work.answered | none |" in told
    assert "10 calendar days" in told
