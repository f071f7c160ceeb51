"""A dead letter: a message that was refused, with the reason, the place and the time of the refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from typing import NamedTuple, Protocol

KEPT_BYTES = 256 << 10
"""How much of the original a dead letter keeps; of the rest its sha256 tells."""
PREFIX = "caseflow-"
DETAIL_CHARACTERS = 2_000
CODE_VERSION = version("caseflow")

Headers = Sequence[tuple[str, bytes]]


class Origin(NamedTuple):
    """The message that was refused: where it stood, when the broker had it, and what it was."""

    topic: str
    partition: int
    offset: int
    appended_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers


class Fetched(Protocol):
    """A record as aiokafka gives it."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


def origin_of(record: Fetched) -> Origin:
    """Return where a fetched record stood, and what it was."""
    return Origin(
        record.topic,
        record.partition,
        record.offset,
        record.timestamp,
        record.key,
        record.value,
        record.headers,
    )


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What goes into `caseflow.dead-letters`."""

    key: bytes | None
    value: bytes
    headers: list[tuple[str, bytes]]


def dead_letter(  # noqa: PLR0913 - what a person needs to act on it, each by its name
    origin: Origin,
    *,
    reason: str,
    detail: str,
    step: str,
    process: str,
    at: datetime,
    source: str = "",
    case: str = "",
) -> DeadLetter:
    """Return the dead letter of a refused message.

    Its headers say why (`reason`, `detail`, `step`), who found it (`process`) and where it stood; the original
    headers follow them. Texts are UTF-8; what cannot be written in UTF-8 is replaced.
    """
    value = origin.value or b""
    told = {
        "reason": reason,
        "detail": detail[:DETAIL_CHARACTERS],
        "step": step,
        "process": process,
        "topic": origin.topic,
        "partition": str(origin.partition),
        "offset": str(origin.offset),
        "appended": datetime.fromtimestamp(origin.appended_ms / 1000, UTC).isoformat(),
        "at": at.isoformat(),
        "source": source,
        "case": case,
        "size": str(len(value)),
        "sha256": sha256(value).hexdigest(),
        "code-version": CODE_VERSION,
    }
    named = [(PREFIX + name, text.encode("utf-8", "replace")) for name, text in told.items()]
    original = [(name, content or b"") for name, content in origin.headers if not name.startswith(PREFIX)]
    return DeadLetter(origin.key, value[:KEPT_BYTES], named + original)
