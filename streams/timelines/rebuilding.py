"""Rebuilding one partition: the log is replayed from its beginning, and what follows from it is written anew."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from infra import topics
from infra.dead_letters import DeadLetter
from infra.kafka_positions import committed, ends
from infra.kafka_replay import replayed
from infra.settings import Settings
from models.canonical import CLOCK_KEY, Tick, decode_record, encode_record
from models.replay import Replay
from models.rules import Rules
from streams.host.effects import Out, Position, Record
from streams.host.ownership import Write, owning
from streams.timelines.names import CATALOGUE
from streams.timelines.public import conflict_letter, unreadable_letter
from streams.timelines.retelling import Retelling, remember

CASES_PER_TRANSACTION = 1_000
GROUP = topics.TIMELINES_GROUP
MARK = Tick(0)
"""A tick older than any changes nothing; its offset makes what is told newer than anything told before."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was done: records read, cases written, judgements that agencies were told."""

    records: int = 0
    cases: int = 0
    told: int = 0

    def __add__(self, other: "Rebuilt") -> "Rebuilt":
        """Return both together."""
        return Rebuilt(self.records + other.records, self.cases + other.cases, self.told + other.told)


async def rebuild(
    settings: Settings, rules: Rules, number: int, now: Callable[[], datetime], progress: Progress
) -> Rebuilt:
    """Replay a partition of `caseflow.events`; write its states, whole changes and judgements not told yet.

    What timelines had not read yet is folded too, and its position moved to the end. Several transactions, in the
    name of the partition's owner: a worker that runs unseen is fenced, and one that starts meanwhile fences this.
    May be repeated; cut off, it leaves states of both kinds, which timelines refuses where the rules differ.

    Args:
        settings: with the address of the broker.
        rules: to judge by.
        number: of the partition.
        now: the present instant, for dead letters.
        progress: told the offset reached, and the end.

    Raises:
        aiokafka.errors.KafkaError: the broker does not answer, or a worker has taken the partition.
    """
    async with owning(settings, GROUP, number) as write:
        if not (await ends(settings, [topics.EVENTS]))[topics.EVENTS, number]:
            return Rebuilt()
        await write([Out(topics.EVENTS, number, CLOCK_KEY, encode_record(MARK))])
        read_to = (await committed(settings, GROUP)).get((topics.EVENTS, number), 0)
        replaying = Replaying(Replay(rules), number, read_to, now)
        async with aclosing(replayed(settings, topics.EVENTS, number)) as log:
            async for record, until in log:
                replaying.take(record, until)
                progress(record.offset + 1, until)
        if replaying.letters:
            await write(replaying.letters)  # first: what is folded is never looked at again
        last_told = await _last_told(settings, number)
        retelling = Retelling(number, replaying.until, rules, CATALOGUE, topics.TIMELINES, last_told)
        told = await _tell(write, replaying, retelling)
        return Rebuilt(replaying.records, len(replaying.replay), told)


class Replaying:
    """A replay under way, and the dead letters of what timelines has not read yet."""

    def __init__(self, replay: Replay, number: int, read_to: int, now: Callable[[], datetime]) -> None:
        """Begin; timelines has read the records before the offset `read_to`, and refused what it must."""
        self.replay = replay
        self.letters: list[Out] = []
        self.records = self.until = 0
        self._number, self._read_to, self._now = number, read_to, now

    def take(self, record: Record, until: int) -> None:
        """Take the next record of the log, which goes up to `until`."""
        self.records += 1
        self.until = until
        try:
            told = decode_record(record.value or b"")
        except (KeyError, TypeError, ValueError) as error:
            self._refuse(record, unreadable_letter(record, error, self._now()))
            return
        if isinstance(told, Tick):
            self.replay.tick(told, record.offset)
        elif (conflict := self.replay.event(told, record.offset)) is not None:
            self._refuse(record, conflict_letter(record, told, conflict.known_hash, self._now()))

    def _refuse(self, record: Record, letter: DeadLetter) -> None:
        if record.offset >= self._read_to:
            place = CATALOGUE.dead_letters, self._number
            self.letters.append(Out(*place, letter.key, letter.value, letter.headers))


async def _tell(write: Write, replaying: Replaying, retelling: Retelling) -> int:
    """Write all cases, some in each transaction, then the clock and the position; return what agencies are told."""
    waiting, told = replaying.replay.cases(), 0
    while some := list(islice(waiting, CASES_PER_TRANSACTION)):
        outs = [out for one in some for out in retelling.case(one)]
        await write(outs)
        told += sum(out.topic == CATALOGUE.hand_offs for out in outs)
    await write(retelling.clock(replaying.replay), Position(topics.EVENTS, retelling.number, replaying.until))
    return told


async def _last_told(settings: Settings, number: int) -> dict[str, bytes]:
    """Return the digest of what agencies were last told of each hand-off, for as long as its topic is kept."""
    found: dict[str, bytes] = {}
    async with aclosing(replayed(settings, topics.HAND_OFFS, number)) as log:
        async for record, _ in log:
            remember(found, record.value)
    return found
