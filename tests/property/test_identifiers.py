"""Any identifier that is made by its rules reads as itself, however it is written; any other harms nothing."""

import re

import orjson
from hypothesis import assume, given
from hypothesis import strategies as st

from models.identifier_forms import CHECK_LETTERS, Kind, check_letter, read_identifier
from models.identifiers import ATTRIBUTES, read_identifiers

YEAR = 2026
YEARS = st.integers(YEAR - 76, YEAR)
"""Written with two digits, each is still of its own century."""
PAIRS = st.from_regex(re.compile(r"[0-9A-Z]{2}", re.ASCII), fullmatch=True)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=24)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
CLAIMS = st.fixed_dictionaries({"type": st.sampled_from([*Kind, "NOMS", "visor"]) | JSON, "value": JSON})
DATA = st.dictionaries(st.sampled_from([*ATTRIBUTES, "area"]), JSON, max_size=4) | st.fixed_dictionaries(
    {"identifiers": st.lists(CLAIMS | JSON, max_size=4) | JSON}
)


def _letter(digits: str) -> str:
    """Return the check letter, told by counting on: the n-th of 23, beginning again after the last."""
    rest = 0
    for digit in digits:
        rest = (rest * 10 + int(digit)) % 23
    return CHECK_LETTERS[rest]


@given(YEARS, st.integers(1, 9_999_999))
def test_every_way_to_write_a_pnc_number_reads_as_one(year, serial):
    yy = f"{year % 100:02}"
    letter = _letter(f"{yy}{serial:07}")
    canonical = f"{year}/{serial:07}{letter}"
    long = [f"{year}/{serial}{letter}", f"{year}{serial:07}{letter}", canonical, canonical.lower()]
    short = [f"{yy}/{serial}{letter}", f"{yy}{serial}{letter}", f"{yy}{serial:07}{letter}"]
    assert {read_identifier(Kind.PNC, way, YEAR).value for way in long + short} == {canonical}


@given(st.integers(0, 99), st.integers(1, 999_999))
def test_both_forms_of_a_cro_number_read_as_themselves(year, serial):
    numbered = f"{serial:06}/{year:02}{_letter(f'{year:02}{serial:06}')}"
    filed = f"SF{year:02}/{serial}{_letter(f'{year:02}{serial}')}"
    assert read_identifier(Kind.CRO, numbered, YEAR).value == numbered
    assert read_identifier(Kind.CRO, numbered.lstrip("0"), YEAR).value == numbered
    assert read_identifier(Kind.CRO, filed, YEAR).value == filed


@given(
    st.integers(0, 99),
    st.integers(52, 62),
    PAIRS,
    PAIRS,
    st.integers(1, 10**11 - 1),
    st.sampled_from(["", "T"]),
)
def test_an_arrest_number_reads_the_same_with_slashes_and_without(year, force, unit, system, serial, top):
    assume((unit, system) != ("NR", "PR"))  # a placeholder
    counted = f"{force}{system if system.isdigit() else ''}{year:02}{serial:011}"
    letter = _letter(counted)
    plain = f"{year:02}{top}{force}{unit}{system}{serial:011}{letter}"
    slashed = f"{year:02}/{top}{force}{unit}/{system}/{serial}{letter}"
    assert {read_identifier(Kind.ASN, told, YEAR).value for told in (plain, slashed)} == {plain}


@given(YEARS, st.integers(1, 9_999_999), st.sampled_from(CHECK_LETTERS))
def test_one_letter_of_23_fits(year, serial, letter):
    read = read_identifier(Kind.PNC, f"{year}/{serial:07}{letter}", YEAR)
    assert (read.value is not None) == (letter == check_letter(int(f"{year % 100:02}{serial:07}")))


@given(DATA)
def test_whatever_is_told_is_read_and_reads_the_same_again(data):
    read, notes = read_identifiers(data, YEAR)
    again, _ = read_identifiers(read, YEAR)
    assert again == read
    assert read.keys() == data.keys()
    assert len(orjson.dumps(read)) <= 2 * len(orjson.dumps(data)) + 64
    assert all(note.path.split("[")[0] in data for note in notes)
