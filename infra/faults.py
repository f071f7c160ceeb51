"""Named points at which a fault test may kill a process; nothing happens at them otherwise."""

import os
import signal

_armed: dict[str, int] = {}


def arm(specification: str | None) -> None:
    """Arm one point: `POINT@N` kills this process, as a power cut would, at the N-th passage of POINT.

    Raises:
        ValueError: the text is not of that form.
    """
    _armed.clear()
    if not specification:
        return
    point, separator, count = specification.rpartition("@")
    if not separator or not count.isdigit():
        raise ValueError(f"CASEFLOW_FAULT={specification!r}: write POINT@N, for example 'before commit@3'")
    _armed[point] = int(count)


def passing(point: str) -> None:
    """Pass a point: SIGKILL when it is armed and this is the passage meant, else nothing."""
    if not _armed or point not in _armed:
        return
    _armed[point] -= 1
    if _armed[point] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
