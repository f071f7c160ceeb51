"""What a caller learns while a file is published, and at its end."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Progress(NamedTuple):
    """Where it stands: rows so far, and bytes of the file on disk (`bytes_total` None: unknown)."""

    rows: int
    bytes_read: int
    bytes_total: int | None
    published: int
    refused: int


@dataclass(slots=True)
class Report:
    """What became of every row: `published + refused = rows`. In a dry run `published` could have been.

    `last` holds, by topic and partition, the offset of the last event published there. `newest` is the latest
    time told, and `history` how many events were marked as history.
    """

    rows: int = 0
    published: int = 0
    refused: int = 0
    by_reason: dict[str, int] = field(default_factory=dict)
    last: dict[tuple[str, int], int] = field(default_factory=dict)
    newest: datetime | None = None
    history: int = 0
