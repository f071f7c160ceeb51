"""Run one server so that it cannot outlive its supervisor: the program between the two.

Started as `python guard.py LOCK STOP_SIGNAL USER -- COMMAND...`, where USER is empty to stay who one is. It
waits for the lock (a server of this directory that is still stopping holds it), starts the command, writes
its process id into the lock file, and asks it to stop when standard input ends: the supervisor closed it, or
died. The server holds the lock too, so that it is free only when the server is gone. Standard library alone:
it is started before everything else, and stays small.
"""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import IO

LOCK_WAIT_S = 30.0
LOCK_BUSY = 75
PR_SET_PDEATHSIG = 1


def main(lock_path: str, stop_signal: str, user: str, command: list[str]) -> int:
    """Run the command until it ends and return its exit code, as a shell counts it."""
    signum = signal.Signals[stop_signal]
    with open(lock_path, "a+", encoding="utf-8") as lock:  # noqa: PTH123 - pathlib would cost a third of the start
        if not take(lock):
            print(f"{lock_path} is still held after {LOCK_WAIT_S:.0f} s", file=sys.stderr)  # noqa: T201 - its log
            return LOCK_BUSY
        server = start(command, user, signum, lock.fileno())
        lock.truncate(0)
        lock.write(f"{server.pid}\n")
        lock.flush()
        stop_with_supervisor(server, signum)
        code = server.wait()
    return code if code >= 0 else 128 - code


def take(lock: IO[str]) -> bool:
    """Wait for the lock and say whether it is ours."""
    deadline = time.monotonic() + LOCK_WAIT_S
    while time.monotonic() < deadline:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def start(command: list[str], user: str, signum: signal.Signals, lock: int) -> subprocess.Popen[bytes]:
    """Start the server as `user`; on Linux the kernel stops it too, should this guard be killed."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def die_with_guard() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(signum))

    return subprocess.Popen(  # noqa: S603 - the command is our own
        command,
        stdin=subprocess.DEVNULL,
        pass_fds=(lock,),
        preexec_fn=die_with_guard,  # noqa: PLW1509 - one thread so far
        user=user or None,
        group=user or None,
        extra_groups=[] if user else None,
    )


def stop_with_supervisor(server: subprocess.Popen[bytes], signum: signal.Signals) -> None:
    """Pass on a stop: by the end of standard input, or by a signal to this guard."""

    def listen() -> None:
        while os.read(0, 4096):
            pass
        server.send_signal(signum)

    def passed_on(_: int, __: FrameType | None) -> None:
        server.send_signal(signum)

    signal.signal(signal.SIGTERM, passed_on)
    signal.signal(signal.SIGINT, passed_on)
    threading.Thread(target=listen, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[5:]))
