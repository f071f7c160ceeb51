"""Writes what a consumer cannot store to `caseflow.dead-letters`, acknowledged before the position moves."""

from collections.abc import Sequence

from aiokafka import AIOKafkaProducer, ConsumerRecord

from consumers.batch import Refusal
from consumers.failures import IN_A_ROW, RefusalLimitError
from infra import metrics, topics
from infra.clock import now
from infra.dead_letters import DeadLetter, dead_letter, origin_of


class Refusals:
    """The dead letters of one process; counts refusals in a row and gives up past the limit.

    A crash between the acknowledgement and the commit writes a letter again: the database counts it as seen
    twice. Within one process each record is written once.
    """

    def __init__(self, producer: AIOKafkaProducer, process: str) -> None:
        """Use a started idempotent producer; `process` names the refuser in every letter."""
        self._producer = producer
        self._process = process
        self._written: set[tuple[str, int, int]] = set()
        self._in_a_row = 0

    async def write(self, refusals: Sequence[Refusal]) -> None:
        """Return when the broker has a letter for each of these records.

        Raises:
            RefusalLimitError: as many in a row as only a bad deployment can refuse.
            aiokafka.errors.KafkaError: the broker did not take one.
        """
        for refusal in refusals:
            place = _place(refusal.record)
            if place not in self._written:
                self._count(refusal)
                letter = letter_of(refusal, self._process)
                await self._producer.send_and_wait(
                    topics.DEAD_LETTERS, key=letter.key, value=letter.value, headers=letter.headers
                )
                self._written.add(place)

    def stored(self) -> None:
        """Note that something was stored: the refusals are no longer in a row."""
        self._in_a_row = 0

    def passed(self) -> None:
        """Note that positions have moved past all that was written: none of it can come again."""
        self._written.clear()

    def _count(self, refusal: Refusal) -> None:
        metrics.REFUSALS.labels(refusal.step).inc()
        self._in_a_row += 1
        if self._in_a_row > IN_A_ROW:
            raise RefusalLimitError(
                f"{self._process}: {IN_A_ROW} records in a row could not be stored, the last one "
                f"{refusal.record.topic}-{refusal.record.partition}@{refusal.record.offset}: {refusal.detail}"
            )


def letter_of(refusal: Refusal, process: str) -> DeadLetter:
    """Return the dead letter of a record that a consumer refused."""
    return dead_letter(
        origin_of(refusal.record),
        reason=str(refusal.reason),
        detail=refusal.detail,
        step=str(refusal.step),
        process=process,
        at=now(),
        case=(refusal.record.key or b"").decode("utf-8", "replace"),
    )


def _place(record: ConsumerRecord) -> tuple[str, int, int]:
    return record.topic, record.partition, record.offset
