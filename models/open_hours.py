"""The open hours of a day as people write them: ["09:00", "17:00"]."""

import re
from collections.abc import Sequence
from typing import Final

ALL_DAY: Final = ("00:00", "24:00")
_HOUR: Final = 60
"""Minutes."""
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]|24(?=:00)):([0-5][0-9])")


def opened(hours: Sequence[str]) -> tuple[int, int]:
    """Return when a day begins and ends, in minutes after its midnight, from two times such as 09:00.

    Raises:
        ValueError: they are not two times from 00:00 to 24:00, the later one last, whole hours apart.
    """
    if len(hours) != len(ALL_DAY):
        raise ValueError('open hours are two times of the day: write ["09:00", "17:00"]')
    opens, closes = map(_minutes, hours)
    if closes <= opens or (closes - opens) % _HOUR:
        raise ValueError(
            f"{hours[0]} to {hours[1]} are no open hours: a day opens before it closes, whole hours apart"
        )
    return opens, closes


def _minutes(told: str) -> int:
    found = _TIME.fullmatch(told)
    if found is None:
        raise ValueError(
            f'{told!r} is no time of the day from 00:00 to 24:00: write two of them, such as ["09:00", "17:00"]'
        )
    return int(found[1]) * _HOUR + int(found[2])
