"""Where the embedded PostgreSQL's socket lies: beside its data, or in a short private folder."""

import hashlib
import os
import pwd
import stat
import tempfile
from pathlib import Path

from infra.embedded.errors import EmbeddedServerError

LONGEST = 100
"""Bytes; operating systems allow 103 to 107 for the path of a Unix socket."""
SOCKET = ".s.PGSQL.5432"


def socket_folder(folder: Path) -> Path:
    """Return `folder`, or the same short one every time when the socket's path would be too long there."""
    if len(bytes(folder / SOCKET)) < LONGEST:
        return folder
    digest = hashlib.sha256(bytes(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"caseflow-{digest}"


def make_private(folder: Path, user: str) -> None:
    """Make a folder that only `user` (empty: who we are) may enter.

    Raises:
        EmbeddedServerError: something of someone else lies there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    owners = {os.geteuid()} | ({pwd.getpwnam(user).pw_uid} if user else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise EmbeddedServerError(
            f"{folder} is not a folder of ours: PostgreSQL's socket goes there; move it away"
        )
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    folder.chmod(0o700)
