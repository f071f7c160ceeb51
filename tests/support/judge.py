"""The judge of fault tests: what the log says, folded here, against what stands in the database."""

from collections import Counter
from collections.abc import Iterable

import asyncpg
from aiokafka import ConsumerRecord, TopicPartition

from infra import kafka, topics
from infra.postgres import connect
from infra.settings import Settings
from models.canonical import Recorded, Tick, decode_record
from models.case import Advanced, Case, at_time, evolve
from models.hand_offs import HandOff
from models.reading import Reading, read
from models.rules import Rules


async def log_of(settings: Settings, topic: str = topics.EVENTS) -> list[ConsumerRecord]:
    """Return every committed record of a topic, partition by partition in the order of the log."""
    consumer = kafka.consumer(settings, group_id=None)
    await consumer.start()
    try:
        tps = [TopicPartition(topic, p) for p in range(settings.partitions)]
        consumer.assign(tps)
        ends = await consumer.end_offsets(tps)
        await consumer.seek_to_beginning()
        found: list[ConsumerRecord] = []
        while any([await consumer.position(tp) < ends[tp] for tp in tps]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += records
        return sorted(found, key=lambda r: (r.partition, r.offset))
    finally:
        await consumer.stop()


def folded(log: Iterable[ConsumerRecord], rules: Rules) -> dict[str, Reading]:
    """Return the reading of every case: its events, judged by the last tick of its partition."""
    cases: dict[str, Case] = {}
    homes: dict[str, int] = {}
    ticks: dict[int, int] = {}
    for entry in log:
        match decode_record(entry.value):
            case Tick(time_us):
                ticks[entry.partition] = max(time_us, ticks.get(entry.partition, 0))
            case Recorded() as event:
                homes[event.subject] = entry.partition
                outcome = evolve(cases.get(event.subject) or Case(event.subject), event, rules)
                if isinstance(outcome, Advanced):
                    cases[event.subject] = outcome.case
    return {ref: read(at_time(case, ticks.get(homes[ref])), rules) for ref, case in cases.items()}


async def judge(settings: Settings, rules: Rules, published: int) -> None:
    """Assert exactly once: the log against what was published, the database against the log."""
    log = await log_of(settings)
    events = [r for r in (decode_record(entry.value) for entry in log) if isinstance(r, Recorded)]
    letters = await log_of(settings, topics.DEAD_LETTERS)
    origins = Counter(event.raw for event in events)
    assert not [raw for raw, count in origins.items() if count > 1], "intake wrote a raw record twice"
    assert len(events) + len([x for x in letters if _by_intake(x)]) == published, "intake lost a raw record"
    connection = await connect(settings.database_url, "judge")
    try:
        await _judge_rows(connection, events, folded(log, rules))
    finally:
        await connection.close()


async def _judge_rows(
    connection: asyncpg.Connection, events: list[Recorded], readings: dict[str, Reading]
) -> None:
    stored = await connection.fetch("SELECT case_ref, source, event_id FROM case_event")
    told = {(e.subject, e.source, e.id) for e in events}
    kept = {tuple(row) for row in stored}
    assert kept == told, (
        f"without a row: {sorted(told - kept)[:3]}, without an event: {sorted(kept - told)[:3]}"
    )
    assert len(stored) == len(told)
    steps = await connection.fetch("SELECT id::text, wait_us, from_org, to_org FROM step")
    expected = {(s.id(ref), s.wait_us, s.from_org, s.to_org) for ref, r in readings.items() for s in r.steps}
    assert {tuple(row) for row in steps} == expected
    columns = [name if name != "limit" else "time_limit" for name in HandOff._fields]
    rows = await connection.fetch(f"SELECT {', '.join(columns)} FROM hand_off")  # noqa: S608 - names of our own
    found = {tuple(str(value) for value in row) for row in rows}
    assert found == {tuple(str(value) for value in h) for r in readings.values() for h in r.hand_offs}


def _by_intake(letter: ConsumerRecord) -> bool:
    return ("caseflow-process", b"intake") in letter.headers
