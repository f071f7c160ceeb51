"""Who runs the embedded PostgreSQL: it refuses root, so root lends it a user of its own."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from infra.embedded.errors import EmbeddedServerError

NAME = "pgserver"


def user() -> str:
    """Return the system user to run PostgreSQL as, made when it is missing; empty: stay who one is.

    Raises:
        EmbeddedServerError: we are root, the user is missing, and this system cannot make one.
    """
    if os.geteuid() != 0:
        return ""
    if NAME not in {entry.pw_name for entry in pwd.getpwall()}:
        _make()
    return NAME


def open_the_way(path: Path, to: str) -> None:
    """Let others pass through the parents of `path`, where they could not (nothing when `to` is empty).

    Passing through (the x bit) is all that is given: no folder becomes readable.
    """
    if not to:
        return
    for parent in path.resolve().parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)


def lend(folder: Path, to: str) -> None:
    """Let others read and run what lies in a folder, where a strict umask hid it.

    Nothing happens when `to` is empty.
    """
    if not to:
        return
    open_the_way(folder, to)
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if mode != wanted:
            path.chmod(wanted)


def _make() -> None:
    useradd = shutil.which("useradd")
    command = [useradd or "", "--system", "--user-group", "--no-create-home", NAME]
    made = subprocess.run(command, capture_output=True, text=True, check=False) if useradd else None  # noqa: S603 - our own command
    if made is None or made.returncode:
        why = made.stderr.strip() if made else "there is no useradd"
        raise EmbeddedServerError(
            f"PostgreSQL does not run as root, and its user {NAME} could not be made ({why}): make that user "
            "by hand, or start caseflow as an ordinary user"
        )
