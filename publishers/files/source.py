"""A file as a stream of bytes: plain, gzipped, or standard input; read in blocks, so of any size."""

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from publishers.files.errors import FileError

STDIN = "-"
BLOCK_BYTES = 256 << 10
_JSON_LINES = (".jsonl", ".json", ".ndjson")


@dataclass(frozen=True, slots=True)
class Source:
    """An open file. `total` is its size on disk, None when unknown."""

    name: str
    total: int | None
    _raw: BinaryIO
    _read: Callable[[int], bytes]

    def block(self) -> bytes:
        """Return the next bytes, at most one block; empty at the end. Blocks: call it in a thread.

        Raises:
            FileError: the file cannot be read on.
        """
        try:
            return self._read(BLOCK_BYTES)
        except (OSError, EOFError, zlib.error) as error:
            raise FileError(
                f"{self.name} cannot be read on after byte {self.position()} ({error}): "
                "get the file again and publish it again"
            ) from error

    def position(self) -> int:
        """Return how many bytes of the file on disk were read; 0 for standard input."""
        return self._raw.tell() if self.total is not None else 0


def is_table(path: str) -> bool:
    """Return whether the name says CSV; otherwise it says JSON lines.

    Raises:
        FileError: it says neither.
    """
    name = path.lower().removesuffix(".gz")
    if name.endswith(".csv"):
        return True
    if path == STDIN or name.endswith(_JSON_LINES):
        return False
    raise FileError(
        f"{path}: the name ends in none of .csv, {', '.join(_JSON_LINES)} (each also .gz): rename the file"
    )


@contextmanager
def opened(path: str) -> Iterator[Source]:
    """Open a file for reading; `-` is standard input, which is left open.

    Raises:
        FileError: there is no such file, or it may not be read.
    """
    if path == STDIN:
        yield Source("standard input", None, sys.stdin.buffer, _from_stdin)
        return
    try:
        raw = Path(path).open("rb")  # noqa: SIM115 - closed below, also by a caller that stops halfway
    except OSError as error:
        raise FileError(f"{path} cannot be opened: {error.strerror}") from error
    with raw:
        total = Path(path).stat().st_size
        if path.lower().endswith(".gz"):
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield Source(path, total, raw, unpacked.read)
        else:
            yield Source(path, total, raw, raw.read)


def _from_stdin(size: int) -> bytes:
    """Return what is there, without waiting for a full block."""
    block: bytes = getattr(sys.stdin.buffer, "read1", sys.stdin.buffer.read)(size)
    return block
