"""One partition of the log replayed, and compared with the database; changes nothing."""

from collections.abc import Callable
from contextlib import aclosing

import asyncpg

from consumers.projector.changes import Change, change
from consumers.projector.comparing import Comparing
from consumers.projector.events import EventRow, event_row
from infra import topics
from infra.kafka_replay import replayed
from infra.settings import Settings
from models.canonical import Tick, decode_record
from models.changes import encode_change, whole
from models.replay import Replay, Replayed
from models.rules import Rules

AT_ONCE = 2_000
UNREADABLE = (KeyError, TypeError, ValueError, OverflowError)


async def check(
    settings: Settings,
    connection: asyncpg.Connection,
    rules: Rules,
    place: tuple[int, int],
    progress: Callable[[int], None],
) -> Comparing:
    """Return how the database compares with the records of a partition of the log before an offset.

    What follows from these records must be stored already. Records that follow may be stored too: cases that they
    have changed are left out.

    Args:
        settings: with the address of the broker.
        connection: of the database.
        rules: that cases are judged by.
        place: the partition, and the offset up to which timelines had read it.
        progress: told the offset reached.

    Raises:
        aiokafka.errors.KafkaError, asyncpg.PostgresError, OSError: a server does not answer.
    """
    number, until = place
    replay, comparing = Replay(rules), Comparing(connection, number, until)
    rows: list[EventRow] = []
    async with aclosing(replayed(settings, topics.EVENTS, number)) as log:
        async for record, _ in log:
            if record.offset >= until:
                break
            rows += _take(replay, record.value, number, record.offset)
            if len(rows) >= AT_ONCE:
                await comparing.events(rows)
                rows = []
                progress(record.offset)
    if rows:
        await comparing.events(rows)
    some: list[Change] = []
    for one in replay.cases():
        if one.importing:
            comparing.leave_out(one.case.ref)
            continue
        some.append(_whole(one, number, until))
        if len(some) >= AT_ONCE:
            await comparing.cases(some)
            some = []
    await comparing.cases(some)
    await comparing.rest()
    return comparing


def _take(replay: Replay, value: bytes, number: int, offset: int) -> list[EventRow]:
    """Replay a record and return the row of the event that it is; what is none of ours was refused long ago."""
    try:
        told = decode_record(value)
        if isinstance(told, Tick):
            replay.tick(told, offset)
            return []
        row = event_row(told, number, offset)
    except UNREADABLE:
        return []
    conflicts = replay.event(told, offset) is not None
    return [] if conflicts else [row]


def _whole(one: Replayed, number: int, until: int) -> Change:
    told = whole(one.case.ref, until - 1, one.reading, importing=one.importing)
    return change(encode_change(told), number)
