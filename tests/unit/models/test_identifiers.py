"""Identifiers are read by their published forms; a wrong one becomes empty, is noted, and is never repeated."""

from dataclasses import replace

import orjson
import pytest

from models.canonical import Recorded, decode_record, encode_record
from models.checks import accept
from models.envelope import Event
from models.identifier_forms import Kind, Read, read_identifier
from models.identifiers import ATTRIBUTES, MAX_NOTES, Note, read_identifiers
from tests.support.profiles import shipped
from tests.support.records import at, recorded

YEAR = 2026
NOW_US = at("2026-11-22T12:00:00")
PLACEHOLDER = "a placeholder, read as missing"
WRONG_LETTER = "its check letter does not fit its number, read as missing"

RIGHT = [
    (Kind.PNC, "2024/0123456F", "2024/0123456F"),
    (Kind.PNC, "2019/0004567C", "2019/0004567C"),
    (Kind.PNC, "1987/0098765B", "1987/0098765B"),
    (Kind.PNC, "24/123456F", "2024/0123456F"),
    (Kind.PNC, "24123456F", "2024/0123456F"),
    (Kind.PNC, "240123456F", "2024/0123456F"),
    (Kind.PNC, "20240123456F", "2024/0123456F"),
    (Kind.PNC, "2019/4567C", "2019/0004567C"),
    (Kind.PNC, "19/4567C", "2019/0004567C"),
    (Kind.PNC, "87/98765B", "1987/0098765B"),
    (Kind.PNC, " 87/98765b ", "1987/0098765B"),
    (Kind.CRO, "012345/24Z", "012345/24Z"),
    (Kind.CRO, "12345/24Z", "012345/24Z"),
    (Kind.CRO, "000678/09V", "000678/09V"),
    (Kind.CRO, "678/09v", "000678/09V"),
    (Kind.CRO, "SF39/5678J", "SF39/5678J"),
    (Kind.CRO, "sf39/05678J", "SF39/5678J"),
    (Kind.ASN, "2417M80000000012345J", "2417M80000000012345J"),
    (Kind.ASN, "24/17M8/00/12345J", "2417M80000000012345J"),
    (Kind.ASN, "24/17m8/00/00000012345j", "2417M80000000012345J"),
    (Kind.ASN, "2511ED0000000000678U", "2511ED0000000000678U"),
    (Kind.ASN, "25/11ED/00/678U", "2511ED0000000000678U"),
    (Kind.ASN, "24T17M80000000012345J", "24T17M80000000012345J"),
    (Kind.ASN, "24/T17M8/00/12345J", "24T17M80000000012345J"),
    (Kind.URN, "01ZD0300108", "01ZD0300108"),
    (Kind.URN, "01zd0300108", "01ZD0300108"),
    (Kind.NOMS, "A1036EA", "A1036EA"),
    (Kind.NOMS, "a1036ea", "A1036EA"),
    (Kind.BOOKING_ID, 1200835, 1200835),
    (Kind.BOOKING_ID, "1200835", 1200835),
    (Kind.BOOKING_NUMBER, "51132A", "51132A"),
    (Kind.CRN, "X777978", "X777978"),
    (Kind.CRN, "x777978", "X777978"),
]
ODD_AND_KEPT = [
    (Kind.URN, "15GD34367719", "15GD34367719", "not the police form, kept"),
    (Kind.URN, "CKKM1UF6SN", "CKKM1UF6SN", "not the police form, kept"),
    (Kind.CRN, "X08770", "X08770", "shorter than a letter and 6 digits, kept"),
]
PLACEHOLDERS = [
    (Kind.ASN, "0800NP0100000012345J"),
    (Kind.ASN, "0800PP0100000012345J"),
    (Kind.ASN, "08/00NP/01/12345J"),
    (Kind.ASN, "2401NRPRABC123456789"),
    (Kind.ASN, "2412LN0000000012345J"),
    (Kind.ASN, "2400NP0000000012345J"),
    (Kind.ASN, "24/00NP/00/12345J"),
    (Kind.ASN, "2463001200000012345J"),
    (Kind.ASN, "2406SSA100000012345J"),
    (Kind.ASN, "2400XXA100000012345J"),
    *((Kind.ASN, f"2450{unit}A100000012345J") for unit in ("11", "12", "21", "41", "42", "43", "OF", "SJ")),
    (Kind.ASN, "24T5043A100000012345J"),
    (Kind.URN, "00NP0300108"),
    (Kind.URN, "00PP0300108"),
    (Kind.URN, "0100A300108"),
    (Kind.PNC, "pnc number1"),
    (Kind.CRO, "cro number2"),
    (Kind.URN, "URN_number"),
    (Kind.CRN, "Unknown"),
    (Kind.NOMS, "n/a"),
    (Kind.PNC, "-"),
    (Kind.BOOKING_NUMBER, "00000"),
    (Kind.URN, "XXXXXXXXXXX"),
]
WRONG_LETTERS = [
    (Kind.PNC, "2024/0123456G"),
    (Kind.PNC, "2023/0123456F"),
    (Kind.CRO, "012345/24A"),
    (Kind.CRO, "SF39/5678V"),
    (Kind.ASN, "2417M80000000012345K"),
    (Kind.ASN, "24/17M8/00/12346J"),
    (Kind.ASN, "2418M80000000012345J"),
]
WRONG_FORMS = [
    (Kind.PNC, "2024-0123456F", "YYYY/NNNNNNNX"),
    (Kind.PNC, "24/12345678F", "YY/NX"),
    (Kind.PNC, "1824/0123456F", "YYYY/NNNNNNNX"),
    (Kind.PNC, "2024/F", "YYYY/NNNNNNNX"),
    (Kind.PNC, 240123456, "a plain text"),
    (Kind.PNC, "2024/0123456\N{LATIN SMALL LETTER LONG S}", "a plain text"),
    (Kind.PNC, "２０２４/0123456F", "a plain text"),  # noqa: RUF001 - digits that only look right
    (Kind.CRO, "1234567/24Z", "NNNNNN/YYX"),
    (Kind.CRO, "SF9/5678J", "SFYY/NX"),
    (Kind.ASN, "2417M8000000012345J", "20 or 21 characters"),
    (Kind.ASN, "24/17M8/12345J", "YY/FFUU/SS/NX"),
    (Kind.URN, "of the second case", "a case's URN"),
    (Kind.NOMS, "A103EA", "a letter, 4 digits and 2 letters"),
    (Kind.BOOKING_ID, 0, "a whole number from 1"),
    (Kind.BOOKING_ID, -5, "a whole number from 1"),
    (Kind.BOOKING_ID, True, "a plain text"),
    (Kind.BOOKING_ID, 1.5, "a plain text"),
    (Kind.BOOKING_ID, "12A", "a whole number from 1"),
    (Kind.BOOKING_NUMBER, "1132A", "5 digits and a letter"),
    (Kind.CRN, "7779781", "a letter and 6 digits"),
    (Kind.CRN, "X7779781", "a letter and 6 digits"),
    (Kind.CRN, ["X777978"], "a plain text"),
]


@pytest.mark.parametrize(("kind", "told", "value"), RIGHT)
def test_a_right_identifier_is_written_canonically_without_a_word(kind, told, value):
    assert read_identifier(kind, told, YEAR) == Read(value)


@pytest.mark.parametrize(("kind", "told", "value", "odd"), ODD_AND_KEPT)
def test_a_form_that_messages_were_seen_to_carry_is_kept_and_noted(kind, told, value, odd):
    assert read_identifier(kind, told, YEAR) == Read(value, odd)


@pytest.mark.parametrize(("kind", "told"), PLACEHOLDERS)
def test_a_placeholder_is_missing(kind, told):
    assert read_identifier(kind, told, YEAR) == Read(None, PLACEHOLDER)


@pytest.mark.parametrize(("kind", "told"), WRONG_LETTERS)
def test_a_check_letter_that_does_not_fit_empties_the_identifier(kind, told):
    assert read_identifier(kind, told, YEAR) == Read(None, WRONG_LETTER)


@pytest.mark.parametrize(("kind", "told", "form"), WRONG_FORMS)
def test_a_wrong_form_empties_the_identifier_and_names_the_right_one(kind, told, form):
    read = read_identifier(kind, told, YEAR)
    assert read.value is None
    assert form in read.odd


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("told", [None, "", "  "])
def test_a_blank_identifier_is_missing_without_a_word(kind, told):
    assert read_identifier(kind, told, YEAR) == Read(None)


def test_a_short_year_is_of_this_century_up_to_this_year():
    assert read_identifier(Kind.PNC, "24/123456F", 2024).value == "2024/0123456F"
    assert read_identifier(Kind.PNC, "24/123456F", 2023).value == "1924/0123456F"


def test_the_unit_is_not_part_of_an_arrest_numbers_check():
    assert read_identifier(Kind.ASN, "2417ZZ0000000012345J", YEAR).value == "2417ZZ0000000012345J"


def test_a_list_of_claims_is_read_each_by_its_type():
    told = {
        "identifiers": [
            {"type": "PNC", "value": "24/123456F", "from": "police"},
            {"type": "pnc", "value": "2024/0123456G"},
            {"type": "nomsNumber", "value": "a1036ea"},
            {"type": "visor", "value": "anything at all"},
            {"type": "crn"},
            {"value": "24/123456F"},
            "24/123456F",
        ],
        "topic": "outcome",
    }
    before = orjson.dumps(told)
    read, notes = read_identifiers(told, YEAR)
    assert read == {
        "identifiers": [
            {"type": "PNC", "value": "2024/0123456F", "from": "police"},
            {"type": "pnc", "value": None},
            {"type": "nomsNumber", "value": "A1036EA"},
            {"type": "visor", "value": "anything at all"},
            {"type": "crn"},
            {"value": "24/123456F"},
            "24/123456F",
        ],
        "topic": "outcome",
    }
    assert notes == (Note("pnc", "identifiers[1]", WRONG_LETTER),)
    assert orjson.dumps(told) == before, "what was told is not changed"


def test_plain_attributes_are_read_by_their_names():
    told = {
        "crn": "x777978",
        "sourceCrn": "?",
        "bookingId": "1200835",
        "nomsNumber": "A1036EA",
        "area": "durham",
    }
    read, notes = read_identifiers(told, YEAR)
    assert read == {
        "crn": "X777978",
        "sourceCrn": None,
        "bookingId": 1200835,
        "nomsNumber": "A1036EA",
        "area": "durham",
    }
    assert notes == (Note("crn", "sourceCrn", PLACEHOLDER),)


@pytest.mark.parametrize(
    "told", [{}, {"area": "durham"}, {"identifiers": "none"}, {"identifiers": {"type": "pnc"}}]
)
def test_data_without_identifiers_stays_as_it_is(told):
    assert read_identifiers(told, YEAR) == (told, ())


def test_a_note_never_holds_the_value():
    wrong = "2024/9999999G"
    _, notes = read_identifiers(
        {
            **dict.fromkeys(ATTRIBUTES, wrong),
            "identifiers": [{"type": kind, "value": wrong} for kind in Kind],
        },
        YEAR,
    )
    assert len(notes) == len(ATTRIBUTES) + len(Kind)
    assert not [note for note in notes if "9999" in f"{note}"]


def test_a_flood_of_wrong_identifiers_is_told_in_a_few_notes():
    flood = [{"type": "pnc", "value": "1"}] * 1000
    read, notes = read_identifiers({"identifiers": flood}, YEAR)
    assert all(claim["value"] is None for claim in read["identifiers"])
    assert len(notes) == MAX_NOTES + 1
    assert notes[-1].wrong == f"{1000 - MAX_NOTES} more are odd"


def test_a_wrong_identifier_never_refuses_its_event_and_the_hash_is_of_what_was_told():
    wrong, right = (_accepted([{"type": "pnc", "value": f"24/123456{letter}"}]) for letter in "GF")
    assert wrong.data == {"identifiers": [{"type": "pnc", "value": None}]}
    assert wrong.notes == (Note("pnc", "identifiers[0]", WRONG_LETTER),)
    assert right.data == {"identifiers": [{"type": "pnc", "value": "2024/0123456F"}]}
    assert right.notes == ()
    canonical = _accepted([{"type": "pnc", "value": "2024/0123456F"}])
    assert (canonical.data, canonical.hash == right.hash) == (right.data, False)


def _accepted(identifiers):
    told = {
        "id": "a-1",
        "source": "/agency/police",
        "type": "caseflow.charge.arrested.v1",
        "subject": "CC1",
        "time": "2019-03-04T10:00:00Z",
        "history": True,
        "data": {"identifiers": identifiers},
    }
    outcome = accept(Event.model_validate(told), shipped("cook-county"), NOW_US, ("caseflow.charge", 0, 7))
    assert isinstance(outcome, Recorded)
    return outcome


def test_notes_travel_with_the_canonical_record_and_old_records_have_none():
    noted = replace(recorded("charge.charged", 0), notes=(Note("pnc", "identifiers[0]", PLACEHOLDER),))
    assert decode_record(encode_record(noted)) == noted
    old = {name: value for name, value in orjson.loads(encode_record(noted)).items() if name != "notes"}
    read = decode_record(orjson.dumps(old))
    assert isinstance(read, Recorded)
    assert read.notes == ()
