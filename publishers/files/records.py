"""Lines as CSV records, such that one bad line never takes its neighbours with it."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from models.refusals import Reason, Refused, Step
from publishers.files.item import TOO_LONG
from publishers.files.lines import MAX_LINE_BYTES, Line


class Record(NamedTuple):
    """One record, which begins on `line`: its cells, or why it has none."""

    line: int
    raw: bytes
    cells: list[str] | Refused


class _MoreLinesNeeded(Exception):  # noqa: N818 - not an error: the record goes on in a later block
    """The lines at hand end inside a quoted field."""


class _EndlessRecordError(Exception):
    """A record runs on into a line that cannot be part of it."""


class Records:
    """Reads records that may span lines.

    A quote that is never closed would swallow the lines after it. Where a record cannot be read, its first
    line alone is refused and reading goes on at the next line. A record has at most `MAX_LINE_BYTES`, a field
    at most the limit of the csv module (131,072 characters).
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._waiting: deque[Line] = deque()
        self._taken: list[Line] = []
        self._taken_bytes = 0
        self._ended = False
        self._reader = csv.reader(self, strict=True)

    def fed(self, lines: list[Line], ended: bool) -> Iterator[Record]:
        """Return the records that are complete, blank lines left out."""
        self._waiting.extend(lines)
        self._ended = ended
        while self._waiting:
            try:
                record = self._record()
            except _MoreLinesNeeded:
                self._put_back(self._taken)
                return
            if record is not None:
                yield record

    def __iter__(self) -> "Records":
        """Be what the csv module reads its lines from."""
        return self

    def __next__(self) -> str:
        """Hand the csv module the next line of the record it is reading."""
        if not self._waiting:
            if self._ended:
                raise StopIteration
            raise _MoreLinesNeeded
        line = self._waiting[0]
        self._taken_bytes += len(line.text)
        if self._taken and (line.too_long or self._taken_bytes > MAX_LINE_BYTES):
            raise _EndlessRecordError(f"a quote is opened here and not closed before line {line.number}")
        text = line.text.decode()
        self._taken.append(self._waiting.popleft())
        return text + "\n"

    def _record(self) -> Record | None:
        """Read one record; None is a blank line."""
        self._taken, self._taken_bytes = [], 0
        first = self._waiting[0]
        if first.too_long:
            self._waiting.popleft()
            return Record(first.number, first.text, TOO_LONG)
        try:
            cells = next(self._reader)
        except UnicodeDecodeError as error:
            where = f"line {self._waiting[0].number}, byte {error.start + 1}"
            return self._refused(f"the text is not UTF-8 ({error.reason}: {where})")
        except (csv.Error, _EndlessRecordError) as error:
            return self._refused(f"this is no CSV record: {error}")
        if not cells:
            return None
        raw = first.text if len(self._taken) == 1 else b"\n".join(line.text for line in self._taken)
        return Record(first.number, raw, cells)

    def _refused(self, detail: str) -> Record:
        """Refuse the first line alone, and read the others again as if it had not been there."""
        if not self._taken:
            self._taken = [self._waiting.popleft()]
        first, *others = self._taken
        self._put_back(others)
        return Record(first.number, first.text, Refused(Reason.WRONG_SHAPE, Step.DECODE, detail))

    def _put_back(self, lines: list[Line]) -> None:
        self._waiting.extendleft(reversed(lines))
