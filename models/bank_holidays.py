"""Public holidays by country, from the `holidays` package: the days that a calendar need not list itself."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from holidays import country_holidays, list_supported_countries

FIRST_YEAR, LAST_YEAR = 2000, 2050


@lru_cache
def listed_holidays(place: str) -> Mapping[date, str]:
    """Return the public holidays of a place from 2000 to 2050, with their English names where there are any.

    A substitute day is its own entry ("Boxing Day (observed)"). Years to come follow the standing rules of
    the package: a day that is proclaimed later is known only after an update of the package, or from a
    calendar's own `closed` and `open`.

    Args:
        place: a country of ISO 3166-1, alone or with a subdivision: "FR", "GB-ENG".

    Raises:
        ValueError: the package knows no such place; the text says what to write instead.
    """
    country, _, subdivision = place.partition("-")
    subdivisions = list_supported_countries().get(country)
    if subdivisions is None:
        raise ValueError(
            f"no holidays are known for {place!r}: write a country, or a country and its subdivision, "
            'such as "GB-ENG"; or leave holidays out and list the days in closed'
        )
    if subdivision and subdivision not in subdivisions:
        known = ", ".join(f"{country}-{name}" for name in subdivisions) or country
        raise ValueError(f"no holidays are known for {place!r}: write one of {known}")
    days = country_holidays(country, subdiv=subdivision or None, years=range(FIRST_YEAR, LAST_YEAR + 1))
    return MappingProxyType(dict(days))
