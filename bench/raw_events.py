"""Raw events as agencies publish them, for the whole path: a fixed population of cases, visited in turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from bench.events import CASES

COURSE = (
    ("charge.arrested", "cleveland-police"),
    ("charge.referred-to-cps", "cleveland-police"),
    ("charge.file-accepted", "cps-north-east"),
    ("charge.decision-made", "cps-north-east"),
    ("charge.charged", "cleveland-police"),
    ("court.first-hearing-held", "hmcts-magistrates"),
    ("court.sent-for-trial", "hmcts-magistrates"),
    ("court.ptph-held", "hmcts-crown"),
    ("sentence.report-requested", "hmcts-crown"),
    ("sentence.report-delivered", "probation-north-east"),
    ("sentence.passed", "hmcts-crown"),
    ("probation.case-allocated", "probation-north-east"),
)
"""What happens to a case, and who says so, in the words of the profile cleveland-and-durham; then again."""

PROFILE = "cleveland-and-durham"


@dataclass(frozen=True)
class RawEvent:
    """One message for a raw topic."""

    id: str
    case: str
    topic: str
    value: bytes


def raw_event(name: str, number: int, began: datetime, cases: int = CASES) -> RawEvent:
    """Return one event of a load: number 0 and up, the same number always the same event.

    Args:
        name: of the load; loads of one name share their cases.
        number: every case is visited once before any is visited again, an hour later in its time.
        began: when the first event happened, aware.
        cases: size of the population.
    """
    visit, place = divmod(number, cases)
    kind, agency = COURSE[visit % len(COURSE)]
    case = f"{name}-{place:06d}"
    content = {
        "specversion": "1.0",
        "id": f"{name}-{number:08d}",
        "source": f"/agency/{agency}",
        "type": f"caseflow.{kind}.v1",
        "subject": case,
        "time": (began + timedelta(hours=visit, seconds=place % 3600)).isoformat(),
        "datacontenttype": "application/json",
        "data": {"area": "cleveland", "ref": f"R{number:08d}", "priority": "normal", "note": "x" * 60},
    }
    return RawEvent(f"{name}-{number:08d}", case, f"caseflow.{kind.partition('.')[0]}", orjson.dumps(content))


def raw_events(name: str, first: int, count: int, began: datetime, cases: int = CASES) -> Iterator[RawEvent]:
    """Yield `count` events from number `first` on."""
    return (raw_event(name, number, began, cases) for number in range(first, first + count))
