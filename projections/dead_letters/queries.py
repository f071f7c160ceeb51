"""What was refused, and what was decided about it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.dead_letters.table import dead_letter, dead_letter_audit


class Origin(NamedTuple):
    """Where a refused record lies, and which process refused it: the identity of a dead letter."""

    topic: str
    partition: int
    offset: int
    process: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One dead letter. `value` holds the first 256 KiB of `size` bytes; headers are pairs of texts."""

    topic: str
    part: int
    position: int
    process: str
    reason: str
    detail: str
    step: str
    source: str | None
    case_ref: str | None
    appended_at: datetime | None
    failed_at: datetime
    size: int
    sha256: str
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, str]]
    status: str
    changed_by: str | None
    changed_why: str | None
    changed_at: datetime | None
    seen: int

    @property
    def origin(self) -> Origin:
        """Return the identity."""
        return Origin(self.topic, self.part, self.position, self.process)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a dead letter, and why."""

    status: str
    changed_by: str
    changed_why: str
    changed_at: datetime


async def listed(
    connection: AsyncConnection, *, status: str | None = "open", source: str | None = None, limit: int = 100
) -> list[LetterRow]:
    """Return dead letters, the newest refusal first; None for a filter leaves it out."""
    c = dead_letter.c
    asked = (
        select(dead_letter).order_by(c.failed_at.desc(), c.topic, c.part, c.position, c.process).limit(limit)
    )
    if status is not None:
        asked = asked.where(c.status == status)
    if source is not None:
        asked = asked.where(c.source == source)
    return [LetterRow(*row) for row in await connection.execute(asked)]


async def one(connection: AsyncConnection, origin: Origin, *, lock: bool = False) -> LetterRow | None:
    """Return the dead letter of this origin, or None; `lock` keeps it until the transaction ends."""
    asked = select(dead_letter).where(_is(origin))
    row = (await connection.execute(asked.with_for_update() if lock else asked)).one_or_none()
    return None if row is None else LetterRow(*row)


async def decisions(connection: AsyncConnection, origin: Origin) -> Sequence[Decision]:
    """Return everything that was decided about a dead letter, oldest first."""
    c = dead_letter_audit.c
    asked = (
        select(c.status, c.changed_by, c.changed_why, c.changed_at)
        .where(c.topic == origin.topic, c.part == origin.partition)
        .where(c.position == origin.offset, c.process == origin.process)
        .order_by(c.id)
    )
    return [Decision(*row) for row in await connection.execute(asked)]


async def decide(connection: AsyncConnection, origin: Origin, decision: Decision) -> None:
    """Set the status and keep who and why for ever; the caller commits."""
    told = {
        "status": decision.status,
        "changed_by": decision.changed_by,
        "changed_why": decision.changed_why,
        "changed_at": decision.changed_at,
    }
    place = dict(zip(("topic", "part", "position", "process"), origin, strict=True))
    await connection.execute(update(dead_letter).where(_is(origin)).values(told))
    await connection.execute(insert(dead_letter_audit).values(place | told))


def _is(origin: Origin) -> ColumnElement[bool]:
    c = dead_letter.c
    return and_(
        c.topic == origin.topic,
        c.part == origin.partition,
        c.position == origin.offset,
        c.process == origin.process,
    )
