"""Files that appear under their names when they are complete: nobody reads half of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give the path to write to, `<name>.part` beside; it replaces `path` when the block ends.

    Where the block fails or the process dies, `path` stays as it was and the part is left for a look.

    Raises:
        OSError: it cannot be renamed; what the block raises.
    """
    part = path.with_name(f"{path.name}.part")
    yield part
    part.replace(path)
