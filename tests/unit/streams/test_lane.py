"""A lane: batches in sequence, nothing twice, positions with transactions or soon after."""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from streams.host.effects import Batch, Effects, HeldError, Position, States
from streams.host.lane import ROOM_BYTES, Lane, OutOfSequenceError
from tests.support.raw import batch


@dataclass
class Broker:
    """A transactional producer's twin: it keeps what was committed."""

    committed: list[dict[Any, Any]] = field(default_factory=list)
    open: dict[Any, Any] | None = None

    async def begin_transaction(self) -> None:
        assert self.open is None
        self.open = {}

    async def send_offsets_to_transaction(self, offsets: dict[Any, Any], group: str) -> None:
        assert self.open is not None
        self.open.update({tuple(tp): told.offset for tp, told in offsets.items()} | {"group": group})

    async def commit_transaction(self) -> None:
        assert self.open is not None
        self.committed.append(self.open)
        self.open = None


@dataclass
class Quiet:
    """A processor that changes nothing, remembers what it saw, and closes its lane after some batches."""

    seen: list[int] = field(default_factory=list)
    held: str | None = None
    batches: int = 0

    def open(self, states: States | None, notes: Sequence[str]) -> None:
        self.notes = list(notes)

    def fold(self, told: Batch) -> Iterator[Effects]:
        self.batches += 1
        self.seen += [record.offset for record in told.records]
        yield Effects(position=Position(told.topic, told.partition, told.last + 1), held=self.held)

    async def due(self) -> Effects | None:
        return None


def lane(processor: Quiet, broker: Broker, begin: int = 0, clock: Callable[[], float] = lambda: 0.0) -> Lane:
    committed = [Position("caseflow.charge", 0, begin, "a note")]
    return Lane(0, broker, processor, None, None, "group", committed, clock)


async def run(working: Lane, *batches: Batch) -> None:
    for told in batches:
        working.put(told)
    task = asyncio.create_task(working.run())
    while not task.done() and not (
        working.has_room and working.records >= sum(len(b.records) for b in batches)
    ):
        await asyncio.sleep(0)
    working.close()
    await task


async def test_records_that_an_earlier_owner_committed_are_not_folded_again() -> None:
    processor = Quiet()
    working = lane(processor, Broker(), begin=7)
    working.put(batch(b"a", b"b", b"c", first=5))
    task = asyncio.create_task(working.run())
    while not processor.seen:
        await asyncio.sleep(0)
    working.close()
    await task
    assert processor.seen == [7]


async def test_a_first_fetch_that_is_repeated_after_a_rebalance_is_folded_once() -> None:
    processor = Quiet()
    working = lane(processor, Broker())
    for told in (batch(b"a", b"b", first=0), batch(b"a", b"b", b"c", first=0)):
        working.put(told)
    task = asyncio.create_task(working.run())
    while 2 not in processor.seen:
        await asyncio.sleep(0)
    working.close()
    await task
    assert processor.seen == [0, 1, 2]


async def test_a_batch_that_does_not_follow_the_last_one_stops_the_worker() -> None:
    working = lane(Quiet(), Broker())
    with pytest.raises(OutOfSequenceError, match="follows offset 4"):
        await run(working, batch(b"a", first=0), batch(b"b", first=5, after=4))


async def test_holes_in_the_offsets_are_no_loss() -> None:
    processor = Quiet()
    await run(lane(processor, Broker()), batch(b"a", first=0), batch(b"b", first=9, after=0))
    assert processor.seen == [0, 9]


async def test_batches_that_change_nothing_open_no_transaction_at_once() -> None:
    broker = Broker()
    await run(lane(Quiet(), broker), batch(b"a", first=0), batch(b"b", first=1, after=0))
    assert broker.committed == []


async def test_their_position_is_committed_alone_after_some_seconds() -> None:
    broker, seconds = Broker(), itertools.count(0, 5)  # five seconds pass whenever the lane looks
    working = lane(Quiet(), broker, clock=lambda: next(seconds))
    working.put(batch(b"a", b"b", first=0))
    task = asyncio.create_task(working.run())
    while not broker.committed:
        await asyncio.sleep(0)
    working.close()
    await task
    assert broker.committed == [{("caseflow.charge", 0): 2, "group": "group"}]


async def test_a_processor_begins_with_the_notes_beside_the_positions() -> None:
    processor = Quiet()
    await run(lane(processor, Broker()), batch(b"a"))
    assert processor.notes == ["a note"]


async def test_held_work_stops_the_worker() -> None:
    with pytest.raises(HeldError, match="a person must look"):
        await run(lane(Quiet(held="a person must look"), Broker()), batch(b"a"))


def test_a_full_lane_asks_for_no_more_batches() -> None:
    working = lane(Quiet(), Broker())
    working.put(batch(b"a" * (ROOM_BYTES - 1)))
    assert working.has_room
    working.put(batch(b"b", first=1, after=0))
    assert not working.has_room


async def test_batches_that_wait_in_sequence_become_one() -> None:
    processor = Quiet()
    await run(lane(processor, Broker()), batch(b"a"), batch(b"b", first=1, after=0))
    assert (processor.seen, processor.batches) == ([0, 1], 1)
