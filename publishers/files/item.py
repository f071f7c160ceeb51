"""One row of a file, whatever its format: an event, or why it is none."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from models.envelope import Event
from models.refusals import Reason, Refused, Step
from publishers.files.lines import MAX_LINE_BYTES, Line

TOO_LONG = Refused(
    Reason.TOO_LARGE, Step.DECODE, f"the line has more than {MAX_LINE_BYTES} bytes: no event is that large"
)


class Item(NamedTuple):
    """One row: the line it begins on, its text, and what it says.

    `value` are the bytes to send as they are; None: the event is written anew.
    """

    line: int
    raw: bytes
    event: Event | Refused
    value: bytes | None = None


class Format(Protocol):
    """Reads lines as rows; blank lines are no rows."""

    def items(self, lines: list[Line], ended: bool) -> Iterator[Item]:
        """Return the rows that are complete; `ended` says that no more lines follow.

        Raises:
            FileError: nothing in this file can be read as events.
        """
        ...
