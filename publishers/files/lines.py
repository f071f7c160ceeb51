"""Blocks of bytes cut into numbered lines of bounded length."""

from typing import NamedTuple

from models.envelope import MAX_EVENT_BYTES

MAX_LINE_BYTES = MAX_EVENT_BYTES
"""A line that is longer than an event may be holds no event."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """One line without its end, counted from 1. Of an over-long one `text` is the beginning only."""

    number: int
    text: bytes
    too_long: bool = False


class Lines:
    """Cuts what it is fed; keeps at most one line and one block, however long a line is."""

    def __init__(self) -> None:
        """Begin before line 1."""
        self._rest = b""
        self._number = 0

    def fed(self, block: bytes) -> list[Line]:
        """Return the lines that end in this block; an empty block is the end and gives what is left."""
        *ended, rest = (self._rest + block).split(b"\n")
        if not block and rest:
            ended, rest = [*ended, rest], b""
        # Of a line whose end is not in sight only so much is kept as shows that it is too long.
        self._rest = rest[: MAX_LINE_BYTES + 1]
        return [self._line(text) for text in ended]

    def _line(self, text: bytes) -> Line:
        self._number += 1
        if self._number == 1:
            text = text.removeprefix(_BYTE_ORDER_MARK)
        too_long = len(text) > MAX_LINE_BYTES
        return Line(self._number, text[:MAX_LINE_BYTES] if too_long else text, too_long)
