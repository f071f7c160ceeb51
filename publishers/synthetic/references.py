"""References that look like real ones and cannot be: nobody's case is ever named by accident."""

from datetime import timedelta
from string import ascii_uppercase, digits

from models.identities import content_hash

FIRST_YEAR, YEARS = 60, 40
"""Two-digit years 60 to 99: no URN was given in the 1960s to 1990s, and none will be before 2060."""

_FORCES = {"cleveland": "17", "durham": "11"}
_SERIALS = 100_000
CO_DEFENDANT_EVERY = 10


def case_number_of_urn(number: int) -> int:
    """Return the number of the case whose URN a case shares: every tenth is a second defendant."""
    return number - 1 if number % CO_DEFENDANT_EVERY == CO_DEFENDANT_EVERY - 1 else number


def case_reference(number: int, area: str, world: str) -> str:
    """Return URN + `/` + defendant: force, a unit drawn from the world's name, serial, an impossible year."""
    urn = case_number_of_urn(number)
    year = FIRST_YEAR + urn // _SERIALS % YEARS
    defendant = 1 if urn == number else 2
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


def spacing(cases: int, span_days: int) -> timedelta:
    """Return the time between the beginnings of two cases."""
    return timedelta(days=span_days) / cases
