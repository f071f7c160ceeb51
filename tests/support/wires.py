"""Records as intake and timelines write them, and topics to write them into."""

import asyncio
import time
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from aiokafka.admin import NewTopic

from infra import kafka, topics
from infra.settings import Settings
from models.canonical import Recorded

SPACE = uuid.UUID(int=20_260_101)
DAY_US = 86_400_000_000
START_US = 1_700_000_000_000_000
PROJECTED = (topics.EVENTS, topics.CHANGES, topics.DEAD_LETTERS)


def event(case: str, number: int, **over: Any) -> Recorded:
    """Make event `number` of a case, one day after the one before, published five seconds later."""
    time_us = START_US + number * DAY_US
    told: dict[str, Any] = {
        "id": f"{case}-{number}",
        "source": "north-police",
        "type": "charge.charged",
        "subject": case,
        "time_us": time_us,
        "precision": "second",
        "sequence": number,
        "recorded_us": time_us,
        "published_us": time_us + 5_000_000,
        "amends": None,
        "withdraws": None,
        "extends": None,
        "history": False,
        "ahead": False,
        "acting": "north-police",
        "owner": "north-police",
        "area": "north",
        "hash": f"hash-{case}-{number}",
        "raw": ("caseflow.charge", 0, number),
        "data": {"count": number},
        "extensions": {},
    }
    return Recorded(**(told | over))


def step(
    case: str, number: int, from_org: str | None, to_org: str | None, wait_us: int = DAY_US
) -> dict[str, Any]:
    """Make the step from event `number` - 1 to event `number` of a case."""
    kind = "inside" if from_org == to_org else "discovered"
    started_us = START_US + (number - 1) * DAY_US
    return {
        "id": str(uuid.uuid5(SPACE, f"{case}-{number}")),
        "from_source": "north-police",
        "from_event": f"{case}-{number - 1}",
        "to_source": "north-police",
        "to_event": f"{case}-{number}",
        "from_type": "charge.charged",
        "to_type": "charge.charged",
        "from_org": from_org,
        "to_org": to_org,
        "kind": "unknown" if None in (from_org, to_org) else kind,
        "started_us": started_us,
        "ended_us": started_us + wait_us,
        "wait_us": wait_us,
        "started_known_us": started_us + 5_000_000,
        "ended_known_us": started_us + wait_us + 5_000_000,
        "foreseen_type": None,
        "foreseen_org": None,
    }


def hand_off(case: str, state: str = "open", **over: Any) -> dict[str, Any]:
    """Make the one standard hand-off of a case; overdue from the day after it is due, in the first tier."""
    told = {
        "id": str(uuid.uuid5(SPACE, f"hand-off-{case}")),
        "rule": "charge-to-court",
        "title": "Charge to first hearing",
        "sender": "north-police",
        "receiver": "court",
        "owner": "court",
        "state": state,
        "started_us": START_US,
        "stopped_us": None,
        "due_us": START_US + 28 * DAY_US,
        "wait_us": None,
        "limit": "28 calendar days",
        "certainty": None,
        "start_source": "north-police",
        "start_event": f"{case}-0",
        "stop_source": None,
        "stop_event": None,
        "internal": False,
        "area": "north",
        "tier": 0 if state == "overdue" else None,
        "due_soon": False,
        "late_after_end": False,
        "earliest_us": None,
        "overdue_us": START_US + 29 * DAY_US,
        "standard_due_us": None,
        "assumed": None,
        "about": None,
        "follows": None,
        "started_known_us": START_US + 5_000_000,
        "stopped_known_us": None,
        "ended_us": None,
        "ended_known_us": None,
        "returned_us": None,
        "returned_known_us": None,
    }
    return told | over


def change(case: str, version: int, **over: Any) -> bytes:
    """Make a record of `caseflow.changes` of a case with one event; replace any field, `summary` in part."""
    summary = {
        "first_us": START_US,
        "last_us": START_US,
        "events": 1,
        "precision": "instant",
        "stage": "charge",
        "last_type": "charge.charged",
        "last_org": "north-police",
        "last_known_us": START_US + 5_000_000,
        "foreseen_type": None,
        "foreseen_org": None,
        "area": "north",
        "tail_from": "north-police",
        "tail_to": "north-police",
        "elapsed_us": 0,
        "inside_us": 0,
        "between_us": 0,
        "unknown_us": 0,
        "next_due_us": None,
        "waiting": 0,
        "ahead": 0,
    }
    fields = {
        "case": case,
        "version": version,
        "importing": False,
        "summary": summary | over.pop("summary", {}),
        "steps_added": [],
        "steps_removed": [],
        "hand_offs": [],
        "hand_offs_removed": [],
    }
    return orjson.dumps(fields | over)


async def fresh_topics(settings: Settings, names: Sequence[str] = PROJECTED, partitions: int = 2) -> None:
    """Delete these topics and make them anew, empty."""
    admin = kafka.admin(settings)
    await admin.start()
    try:
        await admin.delete_topics([name for name in names if name in await admin.list_topics()])
        left, deadline = set(names), time.monotonic() + 30
        while left:  # deletion goes on in the background: a name is free again after a moment
            assert time.monotonic() < deadline, f"topics not made: {left}"
            told = await admin.create_topics([NewTopic(name, partitions, 1) for name in sorted(left)])
            left -= {name for name, code, *_ in told.topic_errors if code == 0}
            await asyncio.sleep(0.05)
    finally:
        await admin.close()


async def append(settings: Settings, topic: str, partition: int, values: Iterable[tuple[str, bytes]]) -> None:
    """Append (key, value) pairs to one partition in one transaction, which ends in a marker."""
    async with (
        kafka.producer(settings, transactional_id=f"test-{topic}-{partition}") as producer,
        producer.transaction(),
    ):
        for key, value in values:
            await producer.send(topic, key=key.encode(), value=value, partition=partition)
