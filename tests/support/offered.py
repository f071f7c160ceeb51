"""Events offered to the checks in tests: one good one, and ways to change it."""

import json
from datetime import UTC, datetime
from typing import Any

from models.canonical import Recorded
from models.checks import accept
from models.instants import to_us
from models.parsing import read_event
from models.refusals import Reason, Refused
from tests.support.profiles import shipped

COOK = shipped("cook-county")
LIVE = shipped("cleveland-and-durham")
NOW = to_us(datetime(2026, 11, 22, 12, tzinfo=UTC))
RAW = ("caseflow.charge", 1, 7)
GOOD: dict[str, Any] = {
    "specversion": "1.0",
    "id": "a-1",
    "source": "/agency/police",
    "type": "caseflow.charge.arrested.v1",
    "subject": "CC1",
    "time": "2019-03-04T10:00:00Z",
    "history": True,
}


def told(value: bytes) -> Recorded | Refused:
    event = read_event(value)
    return event if isinstance(event, Refused) else accept(event, COOK, NOW, RAW)


def with_(**changes: object) -> Recorded | Refused:
    return told(json.dumps(GOOD | changes).encode())


def live(**changes: object) -> Recorded | Refused:
    fields = GOOD | {
        "source": "/agency/durham-police",
        "type": next(f"caseflow.{n}.v1" for n in LIVE.event_types if LIVE.may_publish("durham-police", n)),
        "time": "2026-11-22T10:00:00Z",
        "history": False,
    }
    event = read_event(json.dumps(fields | changes).encode())
    return event if isinstance(event, Refused) else accept(event, LIVE, NOW, RAW)


def reason(outcome: Recorded | Refused) -> Reason | None:
    return outcome.reason if isinstance(outcome, Refused) else None
