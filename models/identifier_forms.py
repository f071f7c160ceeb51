"""What the identifiers of cases and people look like: their forms, check letters and placeholders.

Sources: the CJS data standards catalogue for forms and check letters; the placeholders are those that services
of the courts and the police know. No check letter is published for URN, NOMS, CRN and bookings.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""The check letter of a number is the one at number mod 23; I, O and S are left out."""


class Kind(StrEnum):
    """Which identifier it is."""

    URN = "urn"
    ASN = "asn"
    PNC = "pnc"
    CRO = "cro"
    NOMS = "noms"
    BOOKING_ID = "booking-id"
    BOOKING_NUMBER = "booking-number"
    CRN = "crn"


@dataclass(frozen=True, slots=True)
class Read:
    """What an identifier says: its canonical value, None where it says nothing; and what is odd about it."""

    value: str | int | None
    odd: str | None = None


_MISSING = Read(None)
_PLACEHOLDER = Read(None, "a placeholder, read as missing")
_WRONG_LETTER = Read(None, "its check letter does not fit its number, read as missing")

_FILLER = re.compile(
    r"([A-Z]+[ _-])?NUMBER[ _-]?[0-9]*|UNKNOWN|NOT KNOWN|N/?A|NONE|NIL|NULL|TB[AC]|[0X?*._ -]+"
)
_LONG_PNC = re.compile(r"(?:19|20)([0-9]{2})(?:/([0-9]{1,7})|([0-9]{7}))([A-Z])")
_SHORT_PNC = re.compile(r"([0-9]{2})/?([0-9]{1,7})([A-Z])")
_CRO = re.compile(r"([0-9]{1,6})/([0-9]{2})([A-Z])")
_CRO_FILE = re.compile(r"SF([0-9]{2})/([0-9]{1,6})([A-Z])")
_ASN = re.compile(r"([0-9]{2})[A-Z0-9]?([A-Z0-9]{2})[A-Z0-9]{2}([A-Z0-9]{2})([0-9]{11})([A-Z])")
_SLASHED_ASN = re.compile(r"([0-9]{2})/([A-Z0-9]{4,5})/([A-Z0-9]{2})/([0-9]{1,11})([A-Z])")
_DUMMY_ASN = re.compile(
    r"(0800[NP]P01|[0-9]{2}(12LN00|00NP00|6300[0-9]{2}|(06SS|00XX|50(11|12|21|41|42|43|OF|SJ))[A-Z0-9]{2}))"
    r"[0-9]{11}[A-HJ-NP-RT-Z]|[0-9]{4}NRPR[A-Z0-9]{12}"
)
_DUMMY_URN = re.compile(r"00[NP]P|[0-9]{2}00")
_POLICE_URN = re.compile(r"[A-Z0-9]{4}[0-9]{3,7}")
_ANY_URN = re.compile(r"[A-Z0-9][A-Z0-9/-]{2,31}")
_NOMS = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")
_BOOKING_NUMBER = re.compile(r"[0-9]{5}[A-Z]")
_CRN = re.compile(r"[A-Z][0-9]{6}")
_SHORT_CRN = re.compile(r"[A-Z][0-9]{1,5}")


def read_identifier(kind: Kind, told: JsonValue, year: int) -> Read:
    """Return what an identifier says, whatever was told in its place; never raises on JSON values.

    Args:
        kind: which identifier it ought to be.
        told: as it stands in an event. None and blank texts are missing, without a word.
        year: this year: a PNC's two-digit year up to it is of this century, a greater one of the last.

    Returns:
        The canonical value: an integer for a booking id, else a text; None for what is missing, a placeholder
        or wrong. What is odd is said without the value.
    """
    if kind is Kind.BOOKING_ID and isinstance(told, int) and not isinstance(told, bool):
        return _booking_id(str(told), year)
    if told is None:
        return _MISSING
    if not isinstance(told, str) or not told.isascii():
        return _wrong("a plain text")
    text = told.strip().upper()
    if not text:
        return _MISSING
    return _PLACEHOLDER if _FILLER.fullmatch(text) else _READERS[kind](text, year)


def check_letter(number: int) -> str:
    """Return the check letter of a number."""
    return CHECK_LETTERS[number % len(CHECK_LETTERS)]


def _wrong(form: str) -> Read:
    return Read(None, f"not {form}, read as missing")


def _checked(canonical: str, digits: str, letter: str) -> Read:
    return Read(canonical) if check_letter(int(digits)) == letter else _WRONG_LETTER


def _pnc(text: str, year: int) -> Read:
    long, short = _LONG_PNC.fullmatch(text), _SHORT_PNC.fullmatch(text)
    match = long or short
    if match is None:
        return _wrong("YYYY/NNNNNNNX or YY/NX")
    yy, *serials, letter = match.groups()
    serial = next(filter(None, serials)).zfill(7)
    century = text[:2] if long else "20" if 2000 + int(yy) <= year else "19"
    return _checked(f"{century}{yy}/{serial}{letter}", yy + serial, letter)


def _cro(text: str, _year: int) -> Read:
    if match := _CRO.fullmatch(text):
        serial, yy, letter = match[1].zfill(6), match[2], match[3]
        return _checked(f"{serial}/{yy}{letter}", yy + serial, letter)
    if match := _CRO_FILE.fullmatch(text):
        yy, serial, letter = match[1], str(int(match[2])), match[3]
        return _checked(f"SF{yy}/{serial}{letter}", yy + serial, letter)
    return _wrong("NNNNNN/YYX or SFYY/NX")


def _asn(text: str, _year: int) -> Read:
    slashed = _SLASHED_ASN.fullmatch(text)
    plain = text.replace("/", "")
    if slashed is not None:
        yy, station, system, serial, letter = slashed.groups()
        plain = f"{yy}{station}{system}{serial.zfill(11)}{letter}"
    without_top_level = plain[:2] + plain[3:] if len(plain) == 21 else plain
    if _DUMMY_ASN.fullmatch(without_top_level):
        return _PLACEHOLDER
    match = _ASN.fullmatch(plain)
    if match is None:
        return _wrong("an arrest number of 20 or 21 characters, or YY/FFUU/SS/NX")
    yy, force, system, serial, letter = match.groups()
    counted = [part for part in (force, system) if part.isdigit()]
    return _checked(plain, "".join([*counted, yy, serial]), letter)


def _urn(text: str, _year: int) -> Read:
    if _DUMMY_URN.match(text):
        return _PLACEHOLDER
    if _POLICE_URN.fullmatch(text):
        return Read(text)
    return Read(text, "not the police form, kept") if _ANY_URN.fullmatch(text) else _wrong("a case's URN")


def _noms(text: str, _year: int) -> Read:
    return Read(text) if _NOMS.fullmatch(text) else _wrong("a letter, 4 digits and 2 letters")


def _booking_id(text: str, _year: int) -> Read:
    whole = text.isdigit() and len(text) <= 15
    return Read(int(text)) if whole and int(text) > 0 else _wrong("a whole number from 1")


def _booking_number(text: str, _year: int) -> Read:
    return Read(text) if _BOOKING_NUMBER.fullmatch(text) else _wrong("5 digits and a letter")


def _crn(text: str, _year: int) -> Read:
    if _CRN.fullmatch(text):
        return Read(text)
    if _SHORT_CRN.fullmatch(text):
        return Read(text, "shorter than a letter and 6 digits, kept")
    return _wrong("a letter and 6 digits")


_READERS: Mapping[Kind, Callable[[str, int], Read]] = {
    Kind.URN: _urn,
    Kind.ASN: _asn,
    Kind.PNC: _pnc,
    Kind.CRO: _cro,
    Kind.NOMS: _noms,
    Kind.BOOKING_ID: _booking_id,
    Kind.BOOKING_NUMBER: _booking_number,
    Kind.CRN: _crn,
}
