"""Which quarters and which place a person asks for, and as of when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import typer

from analysis.official.quarters import Quarter, quarter_of, read_quarter
from analysis.official.timeliness import NONE, Row
from caseflow.errors import CommandError
from caseflow.reading.safe_text import safe
from models.instants import midnight_us
from models.profile import Profile

COMBINED = "combined"
"""Asks for all areas together."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the first and the last quarter, and a place; None: all there are."""

    first: Quarter | None = None
    last: Quarter | None = None
    place: str | None = None

    def check(self, until: int) -> None:
        """Refuse quarters that are not over on the local day `until`.

        Raises:
            CommandError: the first quarter asked for has not ended.
        """
        if self.first is not None and self.first.after_day > until:
            raise CommandError(
                f"{self.first} is not over: its figures would be those of the quickest cases alone. "
                f"The last quarter that is, is {quarter_of(until).before}"
            )

    def rows(self, rows: Sequence[Row], profile: Profile) -> list[Row]:
        """Return what is asked for of all rows, in their order.

        Raises:
            CommandError: nobody knows the place.
        """
        inside = [
            row
            for row in rows
            if (self.first is None or row.quarter >= self.first)
            and (self.last is None or row.quarter <= self.last)
        ]
        return inside if self.place is None else _at(self.place, inside, rows, profile)


def wanted(quarter: str | None, first: str | None, last: str | None, place: str | None) -> Wanted:
    """Return what options ask for.

    Raises:
        typer.BadParameter: one is no quarter, or they contradict each other.
    """
    if quarter is not None:
        if first is not None or last is not None:
            raise typer.BadParameter("name one quarter, or --from and --until", param_hint="--quarter")
        one = _quarter(quarter, "--quarter")
        return Wanted(one, one, place)
    since = None if first is None else _quarter(first, "--from")
    until = None if last is None else _quarter(last, "--until")
    if since is not None and until is not None and until < since:
        raise typer.BadParameter(f"{until} is before {since}: exchange them", param_hint="--until")
    return Wanted(since, until, place)


def as_of_us(day: date, profile: Profile, now_us: int) -> int:
    """Return the end of a local day as an instant, UTC microseconds.

    Raises:
        typer.BadParameter: it is not over at `now_us`.
    """
    end_us = midnight_us(day + timedelta(days=1), profile.tz)
    if end_us > now_us:
        raise typer.BadParameter(
            f"{day} is not over, or nothing is known of it: name an earlier day", param_hint="--as-of"
        )
    return end_us


def _quarter(text: str, option: str) -> Quarter:
    found = read_quarter(text)
    if found is None:
        raise typer.BadParameter(f"{safe(text)} is no quarter: write 2026-Q2", param_hint=option)
    return found


def _at(place: str, inside: Sequence[Row], rows: Sequence[Row], profile: Profile) -> list[Row]:
    """Return the rows of a place: all areas together, an area with its courts, or a court."""
    if place == COMBINED:
        return [row for row in inside if row.area == profile.title and row.court == NONE]
    areas = {area.code: area.title for area in profile.areas}
    if place in areas:
        return [row for row in inside if row.area == areas[place]]
    courts = {court.code: court.title for court in profile.head.courts}
    code = place.upper()
    if code not in courts and all(row.court != code for row in rows):
        known = ", ".join([COMBINED, *areas, *courts])
        raise CommandError(f"no area or court {safe(place)} is known: there are {known}")
    return [row for row in inside if row.court == courts.get(code, code)]
