"""Intake: what one partition number does with raw events. Its steps, in order, stand in `_steps`."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from infra import topics
from infra.dead_letters import dead_letter, origin_of
from infra.metrics import EVENTS_ACCEPTED, EVENTS_REFUSED
from models.as_of import read_as_of
from models.canonical import CLOCK_KEY, Recorded, Tick, encode_record
from models.checks import accept
from models.parsing import read_event
from models.profile import Profile
from models.refusals import Refused
from streams.host.effects import Batch, Effects, HeldError, Out, Position, Record, States
from streams.host.partitions import partition_of
from streams.intake.refusal_limit import RefusalLimit


class Intake:
    """Raw stage topics to the canonical log: validated, authorised, keyed by case, or a dead letter."""

    def __init__(
        self,
        number: int,
        partitions: int,
        profile: Profile,
        now: Callable[[], datetime],
        shown_us: Callable[[int], int] = int,
    ) -> None:
        """Serve one partition number of all stage topics.

        `now` stamps dead letters only; `shown_us` is what our clock showed at the broker's append time.
        """
        self._number, self._partitions, self._profile, self._now = number, partitions, profile, now
        self._shown_us = shown_us
        self._limit = RefusalLimit(())
        self._accepted = Counter[tuple[str, str]]()

    def open(self, states: States | None, notes: Sequence[str]) -> None:  # noqa: ARG002 - intake keeps no state
        """Resume the counts of refusals; past the limit the process stays stopped.

        Raises:
            HeldError: the limit was passed before, and nobody has resumed intake since.
        """
        self._limit = RefusalLimit(notes)
        held = self._held()
        if held is not None:
            raise HeldError(held)

    def fold(self, batch: Batch) -> Iterator[Effects]:
        """Turn raw records into canonical records and dead letters: one transaction per batch."""
        outputs = [out for record in batch.records for out in self._steps(record)]
        self._count_accepted()
        position = Position(batch.topic, batch.partition, batch.last + 1, self._limit.note())
        yield Effects(outputs, position=position, held=self._held())

    async def due(self) -> None:
        """Nothing falls due here: time enters the log in the timelines stage."""

    def _steps(self, record: Record) -> list[Out]:
        event = read_event(record.value)
        if isinstance(event, Refused):
            as_of = self._as_of(record)
            return [as_of] if as_of else [self._refuse(record, event)]
        raw = (record.topic, record.partition, record.offset)
        outcome = accept(event, self._profile, self._shown_us(record.timestamp * 1000), raw)
        match outcome:
            case Refused():
                return [self._refuse(record, outcome)]
            case Recorded():
                return [self._write(outcome)]

    def _write(self, recorded: Recorded) -> Out:
        """Write to the case's own partition, whatever key or partitioner the publisher used."""
        self._limit.count(recorded.source, refused=False)
        self._accepted[recorded.source, recorded.type] += 1
        key = recorded.subject.encode()
        return Out(topics.EVENTS, partition_of(key, self._partitions), key, encode_record(recorded))

    def _count_accepted(self) -> None:
        """Tell the metrics once per batch: finding a counter by its labels costs more than counting."""
        for labels, events in self._accepted.items():
            EVENTS_ACCEPTED.labels(*labels).inc(events)
        self._accepted.clear()

    def _refuse(self, record: Record, refused: Refused) -> Out:
        source = self._profile.code_of(refused.source) or ""
        self._limit.count(source, refused=True)
        EVENTS_REFUSED.labels(source, refused.reason).inc()
        letter = dead_letter(
            origin_of(record),
            reason=refused.reason,
            detail=refused.detail,
            step=refused.step,
            process="intake",
            at=self._now(),
            source=source,
            case=refused.case,
        )
        return Out(topics.DEAD_LETTERS, self._number, letter.key, letter.value, letter.headers)

    def _as_of(self, record: Record) -> Out | None:
        """Return the tick that ends an import of history, when the record is one and history may be imported."""
        if record.key != CLOCK_KEY or not self._profile.accepts_history:
            return None
        told = read_as_of(record.value)
        if told is None:
            return None
        if self._profile.clock_mode == "live":  # a live clock is never moved past the present
            told = min(told, self._shown_us(record.timestamp * 1000))
        return Out(topics.EVENTS, self._number, CLOCK_KEY, encode_record(Tick(told, as_of=True)))

    def _held(self) -> str | None:
        passed = self._limit.passed()
        if not passed:
            return None
        return (
            f"too many refusals look like a bad deployment, not bad data ({'; '.join(passed)}): see "
            "`caseflow dead-letters list`, mend the cause, then `caseflow dead-letters resume`"
        )
