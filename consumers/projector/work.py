"""What the projector does with a batch: every record to rows or a refusal, and the rows to their tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import asyncpg
from aiokafka import ConsumerRecord

from consumers.batch import Refusal
from consumers.projector import change_tables, changes, events, letters
from consumers.projector.changes import Change
from consumers.projector.events import EventRow
from consumers.projector.letters import Letter
from infra import topics
from infra.clock import now
from models.canonical import Tick, decode_record
from models.refusals import Reason, Step

TOPICS = (topics.EVENTS, topics.CHANGES, topics.DEAD_LETTERS)
BAD_RECORD = (KeyError, TypeError, ValueError, OverflowError, AttributeError)
"""What reading JSON of the wrong shape raises; orjson's own error is a ValueError."""


@dataclass(slots=True)
class Rows:
    """A batch as rows, with the newest tick of each partition of `caseflow.events`."""

    events: list[EventRow] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    ticks: dict[int, int] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


def decide(records: Iterable[ConsumerRecord]) -> Rows:
    """Return the rows of these records and the refusals of those that cannot be read; no I/O."""
    rows = Rows()
    for record in records:
        try:
            _add(rows, record)
        except BAD_RECORD as error:
            detail = f"{type(error).__name__}: {error}"
            rows.refusals.append(Refusal(record, Reason.WRONG_SHAPE, Step.DECODE, detail))
    return rows


def _add(rows: Rows, record: ConsumerRecord) -> None:
    match record.topic:
        case topics.EVENTS:
            read = decode_record(record.value)
            if isinstance(read, Tick):
                rows.ticks[record.partition] = max(read.time_us, rows.ticks.get(record.partition, 0))
            else:
                rows.events.append(events.event_row(read, record.partition, record.offset))
        case topics.CHANGES:
            rows.changes.append(changes.change(record.value, record.partition))
        case _:
            rows.letters.append(letters.letter(record))


async def prepare(connection: asyncpg.Connection) -> None:
    """Make a fresh connection ready for `write`: its temporary tables.

    Raises:
        asyncpg.UndefinedTableError: the database was never migrated.
    """
    await connection.execute(events.CREATE_INCOMING)
    await connection.execute(change_tables.CREATE_INCOMING)


async def write(connection: asyncpg.Connection, rows: Rows) -> dict[str, int]:
    """Write the rows inside the caller's transaction; return how many by table.

    Records of an earlier version, events already there and letters already seen change nothing that counts,
    so that the same records written twice leave the same rows.
    """
    written = await change_tables.write(connection, rows.changes, now())
    written["dead_letter"] = await letters.write(connection, rows.letters)
    written["case_event"] = await events.insert(connection, rows.events)
    return written
