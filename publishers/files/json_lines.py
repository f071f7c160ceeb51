"""JSON lines: one CloudEvents event per line, sent byte for byte as it stands."""

from collections.abc import Iterator

from models.parsing import read_event
from publishers.files.errors import FileError
from publishers.files.item import TOO_LONG, Item
from publishers.files.lines import Line


class JsonLines:
    """Reads each line by itself."""

    def __init__(self, name: str) -> None:
        """Name the file, for messages."""
        self._name = name
        self._seen = False

    def items(self, lines: list[Line], ended: bool) -> Iterator[Item]:
        """Return one item per line that is not blank; see `Format`."""
        for line in lines:
            text = line.text.strip()
            if not text:
                continue
            if not self._seen and text.startswith(b"["):
                raise FileError(f"{self._name} is one JSON array: write one event per line")
            self._seen = True
            yield Item(line.number, line.text, TOO_LONG if line.too_long else read_event(text), text)
        if ended and not self._seen:
            raise FileError(f"{self._name} is empty: there is nothing to publish")
