"""What people do with dead letters: replay, correct, discard; each once, with who and why.

Looking at them is `projections.dead_letters.queries`.
"""

from datetime import datetime

from aiokafka import AIOKafkaProducer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from infra import topics
from infra.dead_letters import PREFIX
from projections.dead_letters.queries import Decision, LetterRow, Origin, decide, one


class DeskError(Exception):
    """A dead letter cannot be decided upon in this way; nothing was changed."""


async def replay(
    engine: AsyncEngine,
    producer: AIOKafkaProducer,
    origin: Origin,
    decision: Decision,
    corrected: bytes | None = None,
) -> tuple[str, int, int]:
    """Publish a refused record again to its topic, as it was or corrected; return its new place.

    Returns when the broker has it and the decision is stored. A crash between the two leaves the letter open:
    replaying it again is harmless, for an event's identity counts once.

    Args:
        engine: of the database that holds the letter.
        producer: started, idempotent.
        origin: identity of the letter.
        decision: as `decided` makes it: the status `replayed`, or `corrected` where there is a new value.
        corrected: the new value, or None for the original one.

    Raises:
        DeskError: no such open letter; only its beginning was kept; it does not come from an agency's topic.
        aiokafka.errors.KafkaError: the broker did not take it.
    """
    async with engine.begin() as connection:
        letter = await _open_letter(connection, origin)
        value = _value(letter, corrected)
        headers = [(name, text.encode()) for name, text in letter.headers if not name.startswith(PREFIX)]
        told = await producer.send_and_wait(letter.topic, value=value, key=letter.key, headers=headers)
        await decide(connection, origin, decision)
    return told.topic, told.partition, told.offset


async def discard(engine: AsyncEngine, origin: Origin, decision: Decision) -> None:
    """Close a letter for good: what it said is not wanted. It stays readable.

    Raises:
        DeskError: no such open letter.
    """
    async with engine.begin() as connection:
        await _open_letter(connection, origin)
        await decide(connection, origin, decision)


def decided(status: str, by: str, why: str, at: datetime) -> Decision:
    """Return a decision.

    Raises:
        DeskError: `by` or `why` is blank: a decision without a name and a reason is none.
    """
    if not by.strip() or not why.strip():
        raise DeskError("say who decides and why: --by NAME --why REASON")
    return Decision(status, by.strip(), why.strip(), at)


async def _open_letter(connection: AsyncConnection, origin: Origin) -> LetterRow:
    letter = await one(connection, origin, lock=True)
    place = f"{origin.topic}-{origin.partition}@{origin.offset}, refused by {origin.process}"
    if letter is None:
        raise DeskError(f"no dead letter from {place}: `caseflow dead-letters list` shows all open ones")
    if letter.status != "open":
        raise DeskError(f"the dead letter from {place} is {letter.status} already, by {letter.changed_by}")
    return letter


def _value(letter: LetterRow, corrected: bytes | None) -> bytes | None:
    if letter.topic not in topics.RAW:
        raise DeskError(
            f"{letter.topic} is written by caseflow alone: repair the cause and rebuild, or discard"
        )
    if corrected is not None:
        return corrected
    if letter.size > len(letter.value or b""):
        raise DeskError(
            f"only the first {len(letter.value or b'')} of {letter.size} bytes were kept: give the "
            "whole value as a correction, or let the agency publish it again"
        )
    return letter.value
