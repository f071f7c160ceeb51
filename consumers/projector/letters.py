"""Records of `caseflow.dead-letters` become rows of `dead_letter`, one per origin and refusing process."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

import asyncpg
import orjson
from aiokafka import ConsumerRecord

from models.instants import from_us

INSERT = """
INSERT INTO dead_letter AS kept (topic, part, position, process, reason, detail, step, source, case_ref,
    appended_at, failed_at, size, sha256, key, value, headers)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb)
ON CONFLICT (topic, part, position, process) DO UPDATE SET
    seen = kept.seen + 1, reason = excluded.reason, detail = excluded.detail, step = excluded.step,
    failed_at = excluded.failed_at
"""


class Letter(NamedTuple):
    """One row of `dead_letter`; the first four fields are its identity."""

    topic: str
    part: int
    position: int
    process: str
    reason: str
    detail: str
    step: str
    source: str | None
    case_ref: str | None
    appended_at: datetime | None
    failed_at: datetime
    size: int
    sha256: str
    key: bytes | None
    value: bytes | None
    headers: str


def letter(record: ConsumerRecord) -> Letter:
    """Return the row of a dead letter.

    Whatever lies in the topic becomes a row: a record without our headers stands under its own place with
    the reason `no-headers`, for a dead letter must never need a dead letter. Text that the database cannot
    hold (NUL, broken UTF-8) is shown escaped; key and value are kept as bytes.
    """
    told = {name: _text(value) for name, value in record.headers}
    at_us = record.timestamp * 1000
    topic, part, position, process = _origin(told) or (
        record.topic,
        record.partition,
        record.offset,
        "unknown",
    )
    value = record.value or b""
    return Letter(
        topic,
        part,
        position,
        process,
        told.get("caseflow-reason") or "no-headers",
        told.get("caseflow-detail", ""),
        told.get("caseflow-step", ""),
        told.get("caseflow-source") or None,
        told.get("caseflow-case") or None,
        _instant(told.get("caseflow-appended", "")),
        _instant(told.get("caseflow-at", "")) or from_us(at_us),
        _number(told.get("caseflow-size", ""), len(value)),
        told.get("caseflow-sha256") or sha256(value).hexdigest(),
        record.key,
        record.value,
        orjson.dumps([[_shown(name), _text(value)] for name, value in record.headers]).decode(),
    )


async def write(connection: asyncpg.Connection, letters: Iterable[Letter]) -> int:
    """Insert dead letters, or count again those already there; return how many; inside a transaction."""
    rows = sorted(letters, key=lambda row: row[:4])
    if rows:
        await connection.executemany(INSERT, rows)
    return len(rows)


def _origin(told: Mapping[str, str]) -> tuple[str, int, int, str] | None:
    topic, process = told.get("caseflow-topic"), told.get("caseflow-process")
    partition = _number(told.get("caseflow-partition", ""), -1)
    offset = _number(told.get("caseflow-offset", ""), -1)
    return (topic, partition, offset, process) if topic and process and partition >= 0 <= offset else None


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else otherwise


def _instant(text: str) -> datetime | None:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return None
    return told if told.tzinfo else None


def _text(value: bytes | None) -> str:
    return _shown((value or b"").decode("utf-8", "backslashreplace"))


def _shown(text: str) -> str:
    return text.replace("\0", "\\x00")
