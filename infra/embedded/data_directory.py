"""One data directory: who holds it now, which profile filled it, and where its servers answer."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from infra.embedded.errors import DataDirectoryInUseError, OtherProfileError
from infra.whole_file import whole_file

WAIT_S = 0.5
"""Longer than anyone looks at the lock who only asks whether it is held."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers of a data directory answer, and the process that keeps them."""

    kafka: str
    database: str
    keeper: int


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Hold a data directory for this process; the kernel lets go of it however the process ends.

    What a dead process left behind is therefore taken over without a question.

    Raises:
        DataDirectoryInUseError: a living process holds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(_lock(data), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _taken(descriptor, fcntl.LOCK_EX, WAIT_S):
            holder = _lock(data).read_text().strip() or "unknown"
            raise DataDirectoryInUseError(
                f"{data.resolve()} is in use by process {holder}: stop that one first (Ctrl-C there), or "
                "choose another directory with --data"
            )
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        forget(data)
        yield
    finally:
        os.close(descriptor)


def claim(data: Path, profile: str) -> None:
    """Record the profile that fills this data directory; may be repeated with the same one.

    Raises:
        OtherProfileError: it was filled under another: its events, calendars and rules differ.
    """
    data.mkdir(parents=True, exist_ok=True)
    file = data / "profile"
    if not file.exists():
        file.write_text(f"{profile}\n")
    recorded = file.read_text().strip()
    if recorded != profile:
        raise OtherProfileError(
            f"{data.resolve()} holds cases of the profile {recorded}, not {profile}: choose another "
            f"directory with --data, or --profile {recorded}"
        )


def tell(data: Path, addresses: Addresses) -> None:
    """Write down where the servers answer, for the other commands on this data directory."""
    with whole_file(data / "addresses.json") as part:
        part.write_text(json.dumps(asdict(addresses), indent=1) + "\n")


def forget(data: Path) -> None:
    """Take back what `tell` wrote."""
    (data / "addresses.json").unlink(missing_ok=True)


def running(data: Path) -> Addresses | None:
    """Return where the servers of this data directory answer, or None when nobody keeps them up."""
    file = data / "addresses.json"
    if not file.exists() or not _lock(data).exists():
        return None
    descriptor = os.open(_lock(data), os.O_RDONLY)
    try:
        if _taken(descriptor, fcntl.LOCK_SH, 0.0):
            return None
    finally:
        os.close(descriptor)
    return Addresses(**json.loads(file.read_text()))


def _lock(data: Path) -> Path:
    return data / "lock"


def _taken(descriptor: int, kind: int, wait_s: float) -> bool:
    deadline = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        else:
            return True
