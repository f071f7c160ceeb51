"""Files that appear under their names when they are complete; `.gz` compresses."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from infra.whole_file import whole_file


@contextmanager
def complete(path: Path) -> Iterator[TextIO]:
    """Give a UTF-8 text file to write; it replaces `path` at the end, and a failure leaves `<name>.part`.

    Equal content gives equal bytes, compressed too. Line ends are written as given.
    """
    with whole_file(path) as part, part.open("wb") as raw:
        if path.suffix == ".gz":
            with (
                gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed,
                io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
            ):
                yield text
        else:
            with io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
                yield text
