"""When the clock's ticks were written: read from the canonical log."""

from bisect import bisect_right
from dataclasses import dataclass, field

from aiokafka import TopicPartition

from infra import topics
from infra.kafka import consumer
from infra.settings import Settings
from models.canonical import Tick, decode_record

_MS = 1000


@dataclass
class Clock:
    """The ticks of each partition in their order, and the partition of each case."""

    partitions: dict[str, int] = field(default_factory=dict)
    ticks: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def tick_after(self, ref: str, instant_us: int) -> int | None:
        """Return when the tick was written that is the first later than an instant, for a case; None: none."""
        ticks = self.ticks.get(self.partitions.get(ref, -1), [])
        place = bisect_right(ticks, instant_us, key=lambda tick: tick[0])
        return ticks[place][1] if place < len(ticks) else None


async def read_clock(settings: Settings) -> Clock:
    """Read the canonical log to its present end; when it was written is known to the millisecond."""
    clock = Clock()
    everywhere = [TopicPartition(topics.EVENTS, number) for number in range(settings.partitions)]
    reader = consumer(settings)
    await reader.start()
    try:
        reader.assign(everywhere)
        ends = await reader.end_offsets(everywhere)
        for tp, end in ends.items():
            while await reader.position(tp) < end:
                for found, records in (await reader.getmany(timeout_ms=200)).items():
                    for record in records:
                        _note(clock, found.partition, record.timestamp, record.value)
    finally:
        await reader.stop()
    return clock


def _note(clock: Clock, partition: int, stamp_ms: int, value: bytes) -> None:
    match decode_record(value):
        case Tick(time_us):
            clock.ticks.setdefault(partition, []).append((time_us, stamp_ms * _MS))
        case event:
            clock.partitions[event.subject] = partition
