"""Canonical records for tests: short to write, complete to read."""

from datetime import UTC, datetime
from typing import Any

from models.canonical import Recorded
from models.identities import content_hash
from models.instants import to_us

CASE = "ZZ17A0000160/1"


def at(text: str) -> int:
    """Return microseconds of an ISO time, UTC where it names no zone."""
    moment = datetime.fromisoformat(text)
    return to_us(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def recorded(event_type: str, time: str | int, **over: object) -> Recorded:
    """Return a record of the log; `time` is ISO text or microseconds, the rest has plain defaults."""
    time_us = time if isinstance(time, int) else at(time)
    fields: dict[str, Any] = {
        "id": f"{event_type}@{time_us}",
        "source": "cleveland-police",
        "type": event_type,
        "subject": CASE,
        "time_us": time_us,
        "precision": "second",
        "sequence": 0,
        "recorded_us": None,
        "published_us": None,
        "amends": None,
        "withdraws": None,
        "extends": None,
        "history": False,
        "ahead": False,
        "acting": None,
        "owner": "cleveland-police",
        "area": "cleveland",
        "raw": ("caseflow.charge", 0, 0),
        "data": {},
        "extensions": {},
    } | over
    told = [
        fields[n]
        for n in ("type", "time_us", "precision", "sequence", "amends", "withdraws", "owner", "data")
    ]
    return Recorded(**{"hash": content_hash(*told), **fields})
