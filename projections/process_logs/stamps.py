"""Instants as a log writes them: with an offset, or the date as if UTC where a case is cut to days."""

from datetime import UTC, tzinfo

from models.instants import from_us
from projections.process_logs.entries import LoggedCase


def offset_time(case: LoggedCase, at_us: int, zone: tzinfo) -> str:
    """Return the time of an event on its timeline: ISO 8601 with the offset of the zone.

    In a case that is cut to days it is midnight at +00:00, so that the days between two events are exact.
    """
    return from_us(at_us).astimezone(UTC if case.cut else zone).isoformat()


def utc_time(at_us: int) -> str:
    """Return an instant in UTC as RFC 3339 has it."""
    return from_us(at_us).isoformat().replace("+00:00", "Z")
