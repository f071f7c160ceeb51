"""Timelines: what one partition does with the canonical log. Events evolve cases; ticks judge what fell due."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice

from infra.dead_letters import DeadLetter
from infra.metrics import CASES_CHANGED, CLOCK_LAG_SECONDS, CONFLICTS, TICKS
from models.canonical import CLOCK_KEY, Recorded, Tick, decode_record, encode_record
from models.changes import encode_change
from models.rules import Rules
from streams.host.effects import Batch, Effects, Out, Position, Record, States
from streams.host.safe_clock import SafeClock
from streams.timelines.folding import Folding
from streams.timelines.names import CATALOGUE, Names
from streams.timelines.public import conflict_letter, public_hand_offs, unreadable_letter

CASES_PER_TRANSACTION = 2_000
"""A tick at which more cases fall due takes several transactions; a restart resumes at the first not done."""


class Timelines:
    """The canonical log to case states, changes and hand-offs, for one partition."""

    def __init__(
        self,
        number: int,
        rules: Rules,
        clock: SafeClock | None,
        cached: int,
        now: Callable[[], datetime],
        names: Names = CATALOGUE,
    ) -> None:
        """Serve one partition. `clock` None: time comes with the imported history alone."""
        self._number, self._rules, self._clock, self._now = number, rules, clock, now
        self._cached, self._names = cached, names
        self._in_flight_us: int | None = None
        self._letters: list[Out] = []

    def open(self, states: States | None, notes: Sequence[str]) -> None:  # noqa: ARG002 - no notes here
        """Begin with the recovered states, and with what fell due meanwhile."""
        assert states is not None  # noqa: S101 - the app is built with a table
        self._folding = Folding(self._number, self._rules, states, self._cached)
        self._folding.load_heap()

    def fold(self, batch: Batch) -> Iterator[Effects]:
        """Fold a batch: one transaction, and further ones for a tick at which many cases fall due."""
        for record in batch.records:
            match self._read(record):
                case Tick() as tick:
                    yield from self._tick(tick, record.offset)
                case Recorded() as event:
                    self._apply(event, record)
                case None:
                    pass
        yield self._effects(Position(batch.topic, batch.partition, batch.last + 1))

    async def due(self) -> Effects | None:
        """Write a tick into the own partition when something has fallen due and no tick is on its way.

        Nothing is judged here: that happens when the tick is read back, behind every event that was first.
        """
        head = self._folding.next_due_us
        if (
            self._clock is None
            or head is None
            or self._in_flight_us is not None
            or head > self._clock.now_us()
        ):
            return None
        safe_us = await self._clock.safe_us()
        CLOCK_LAG_SECONDS.set((self._clock.now_us() - safe_us) / 1_000_000)
        if safe_us < head:
            return None
        self._in_flight_us = safe_us
        TICKS.labels(self._number).inc()
        return Effects([Out(self._names.events, self._number, CLOCK_KEY, encode_record(Tick(safe_us)))])

    def _read(self, record: Record) -> Recorded | Tick | None:
        """Read a record of the log; one that intake did not write becomes a dead letter, or it would come back."""
        try:
            return decode_record(record.value or b"")
        except (KeyError, TypeError, ValueError) as error:
            self._letters.append(self._letter(unreadable_letter(record, error, self._now())))
            return None

    def _apply(self, event: Recorded, record: Record) -> None:
        conflict = self._folding.apply(event, record.offset)
        if conflict is not None:
            CONFLICTS.inc()
            letter = conflict_letter(record, event, conflict.known_hash, self._now())
            self._letters.append(self._letter(letter))

    def _tick(self, tick: Tick, offset: int) -> Iterator[Effects]:
        """Judge what has fallen due; a tick older than the last one changes nothing, but it may end an import."""
        if not tick.as_of:
            self._in_flight_us = None
        last = self._folding.last_tick_us
        is_new = last is None or tick.time_us > last
        ends_imports = tick.as_of and offset > self._folding.as_of_offset  # a replayed one has ended them
        if not (is_new or ends_imports):
            return
        yield self._effects(None)  # what came before the tick, so that its readings are fresh
        now_us = tick.time_us if last is None else max(tick.time_us, last)
        if ends_imports:
            settle = partial(self._folding.settle, tick_us=now_us, offset=offset)
            yield from self._judged(self._folding.unsettled(), settle)
        judge = partial(self._folding.judge, tick_us=now_us, offset=offset)
        yield from self._judged(self._folding.due_by(now_us), judge)
        yield Effects(states=self._folding.tick(now_us, offset if ends_imports else None))

    def _judged(self, refs: Iterable[str], judge: Callable[[str], None]) -> Iterator[Effects]:
        """Judge cases, some in each transaction."""
        waiting = iter(refs)
        while some := list(islice(waiting, CASES_PER_TRANSACTION)):
            for ref in some:
                judge(ref)
            yield self._effects(None)

    def _effects(self, position: Position | None) -> Effects:
        changes, states = self._folding.take()
        CASES_CHANGED.inc(len(changes))
        outputs, self._letters = self._letters, []
        for change in changes:
            outputs.append(
                Out(self._names.changes, self._number, change.case.encode(), encode_change(change))
            )
            outputs.extend(public_hand_offs(self._names.hand_offs, self._number, change))
        return Effects(outputs, states, position)

    def _letter(self, letter: DeadLetter) -> Out:
        return Out(self._names.dead_letters, self._number, letter.key, letter.value, letter.headers)
