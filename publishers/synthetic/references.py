"""References that look like real ones and cannot be: nobody's case is ever named by accident."""

from string import ascii_uppercase, digits

from models.identities import content_hash

FIRST_YEAR, YEARS = 60, 40
"""Two-digit years 60 to 99: no URN was given in the 1960s to 1990s, and none will be before 2060."""

_FORCES = {"cleveland": "17", "durham": "11"}
_SERIALS = 100_000
_CHECK = "ZABCDEFGHJKLMNPQRTUVWXY"
CO_DEFENDANT_EVERY = 10


def case_number_of_urn(number: int) -> int:
    """Return the number of the case whose URN a case shares: every tenth is a second defendant."""
    return number - 1 if number % CO_DEFENDANT_EVERY == CO_DEFENDANT_EVERY - 1 else number


def case_reference(number: int, area: str, world: str, telling: int = 1) -> str:
    """Return URN + `/` + defendant: force, a unit drawn from the world's name, serial, an impossible year.

    `telling` above 1 is a further case of the same number, where more begin than usual: defendants 3, 4 and on.
    """
    urn = case_number_of_urn(number)
    year = FIRST_YEAR + urn // _SERIALS % YEARS
    defendant = (1 if urn == number else 2) + 2 * (telling - 1)
    return f"{_FORCES.get(area, '99')}{unit_of(world)}{urn % _SERIALS:05d}{year}/{defendant}"


def unit_of(world: str) -> str:
    """Return a letter and a letter or digit, so that two seeds rarely share their references."""
    picked = int(content_hash("unit", world), 16)
    return ascii_uppercase[picked % 26] + (digits + ascii_uppercase)[picked // 26 % 36]


def victim_reference(case: str, number: int) -> str:
    """Return an opaque reference: it names nobody, and says nothing of the case."""
    return f"synthetic-victim-{content_hash(case, number)[:12]}"


def hearing_reference(case: str, number: int) -> str:
    """Return the reference of one hearing of a case."""
    return f"synthetic-hearing-{content_hash(case, 'hearing', number)[:12]}"


def national_number(case: str) -> str:
    """Return a PNC id of the year 2097: its check letter is right, the year cannot be."""
    serial = _serial(case, "pnc")
    return f"2097/{serial:07d}{_CHECK[int(f'97{serial:07d}') % 23]}"


def arrest_summons_number(case: str) -> str:
    """Return an arrest/summons number of the case's own impossible year, with its check letter."""
    force, year, serial = case[:2], case.partition("/")[0][-2:], _serial(case, "asn")
    letter = _CHECK[int(f"{force}01{year}{serial:011d}") % 23]
    return f"{year}{force}ZZ01{serial:011d}{letter}"


def prison_number(case: str) -> str:
    """Return a prison number with a first letter that nobody was given."""
    serial = _serial(case, "noms")
    return f"Z{serial % 10_000:04d}{ascii_uppercase[serial // 10_000 % 26]}{ascii_uppercase[serial % 26]}"


def community_number(case: str) -> str:
    """Return a probation case number with a first letter that nobody was given."""
    return f"Z{_serial(case, 'crn') % 1_000_000:06d}"


def _serial(case: str, kind: str) -> int:
    return int(content_hash(case, kind)[:10], 16) % 10_000_000
