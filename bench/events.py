"""The test event of every benchmark: about 400 bytes of JSON, a fixed population of cases visited in turn."""

from collections.abc import Iterator
from typing import Any

import orjson

CASES = 20_000
"""Cases in the population; N events make timelines of N / CASES entries."""
_ORGANISATIONS = 17


def event(number: int, cases: int = CASES) -> dict[str, Any]:
    """Return the event of this number, 0 or more; the same number always gives the same event."""
    seconds, millis = divmod(number, 1000)
    minutes, seconds = divmod(seconds, 60)
    hour = 9 + minutes // 60 % 12
    return {
        "event_id": f"{number:032x}",
        "case_id": f"case-{number % cases:06d}",
        "org": f"org-{number % _ORGANISATIONS:02d}",
        "type": "handoff.sent",
        "occurred_at": f"2026-01-15T{hour:02d}:{minutes % 60:02d}:{seconds:02d}.{millis:03d}Z",
        "recorded_at": "2026-01-15T09:00:00.000Z",
        "seq": number,
        "to_org": f"org-{(number + 3) % _ORGANISATIONS:02d}",
        "payload": {"ref": f"R{number:08d}", "priority": "normal", "note": "x" * 120},
    }


def encoded(events: int, cases: int = CASES) -> Iterator[tuple[bytes, bytes]]:
    """Yield the first `events` events as Kafka key (the case) and value."""
    for number in range(events):
        content = event(number, cases)
        yield content["case_id"].encode(), orjson.dumps(content)
