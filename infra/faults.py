"""Named points at which a fault test may kill or stop a process; nothing happens at them otherwise."""

import os
import re
import signal
from dataclasses import dataclass

_WRITTEN = re.compile(r"(?P<point>.+)@(?P<passage>[1-9][0-9]*)(?P<stop> stop)?")


@dataclass
class _Armed:
    """The point that is armed, the passages left before it acts, and the signal that it then sends."""

    point: str
    left: int
    number: signal.Signals


_armed: _Armed | None = None


def arm(specification: str | None) -> None:
    """Arm one point, or none.

    `POINT@N` kills this process, as a power cut would, at the N-th passage of POINT; `POINT@N stop` stops it
    there, so that it may be continued as a zombie.

    Raises:
        ValueError: the text is not of that form.
    """
    global _armed  # noqa: PLW0603 - one process has one fault
    _armed = None
    if not specification:
        return
    written = _WRITTEN.fullmatch(specification)
    if written is None:
        raise ValueError(f"CASEFLOW_FAULT={specification!r}: write POINT@N, for example 'before commit@3'")
    number = signal.SIGSTOP if written["stop"] else signal.SIGKILL
    _armed = _Armed(written["point"], int(written["passage"]), number)


def passing(point: str) -> None:
    """Pass a point: nothing happens unless it is the one armed, and this the passage meant."""
    if _armed is None or point != _armed.point or not _armed.left:
        return
    _armed.left -= 1
    if not _armed.left:
        os.kill(os.getpid(), _armed.number)
