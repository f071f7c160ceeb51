"""The refused rows of a file, as JSON lines: where each stood, why it was refused, and its text."""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import orjson

from models.refusals import Refused
from publishers.files.errors import FileError

MAX_ROW_CHARACTERS = 64 << 10


def default_rejects(path: str) -> Path:
    """Return where the rejects of a file go unless told otherwise: its name, in the current directory."""
    name = "standard-input" if path == "-" else Path(path).name
    return Path(f"{name}.rejects.jsonl")


class Rejects:
    """Writes each refused row as it comes. Without one the file is not made, and an older one is emptied."""

    def __init__(self, path: Path, source: str) -> None:
        """Name the file, and the one that is read, which it must not overwrite.

        Raises:
            FileError: both are the same file.
        """
        if path.exists():
            if Path(source).exists() and path.samefile(source):
                raise FileError(f"{path} is the file that is read: name another one for the rejects")
            self._open(path).close()
        self._path = path
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; what was written stays, whatever happened."""
        if self._file is not None:
            self._file.close()

    def add(self, line: int, refused: Refused, raw: bytes) -> None:
        """Write one refused row; raises FileError when the disk does not take it."""
        fields = {
            "line": line,
            "reason": refused.reason,
            "step": refused.step,
            "detail": refused.detail,
            "source": refused.source,
            "case": refused.case,
            "row": raw.decode(errors="backslashreplace")[:MAX_ROW_CHARACTERS],
        }
        try:
            if self._file is None:
                self._file = self._open(self._path)
            self._file.write(orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE))
        except OSError as error:
            raise FileError(
                f"the refused rows cannot be written to {self._path}: {error.strerror}"
            ) from error

    @staticmethod
    def _open(path: Path) -> BinaryIO:
        try:
            return path.open("wb")
        except OSError as error:
            raise FileError(f"{path} cannot be written: {error.strerror}: name another one") from error
