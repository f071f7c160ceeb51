"""Alerts of silo signals in words: they tell of a flow between organisations, and of no case; pure."""

from collections.abc import Sequence

from consumers.alerts.line import Line
from models.routes import What
from models.signal_kinds import SignalKind

ID_DIGITS = 8


def subject_of(lines: Sequence[Line]) -> str:
    """Return one line about one signal, or about how many there are."""
    if len(lines) == 1:
        return f"signal {state(lines[0])}: {name(lines[0])}"
    over = sum(line.what == What.RESOLVED for line in lines)
    parts = [(len(lines) - over, "open"), (over, "over")]
    return ", ".join(f"{count} signal{'' if count == 1 else 's'} {words}" for count, words in parts if count)


def paragraph(line: Line) -> str:
    """Return everything about one signal."""
    told = [f"Signal {state(line)}: {name(line)}", "", line.sentence or ""]
    if line.what == What.RESOLVED:
        return "\n".join([*told, "", "Nothing more is to be done."])
    told += ["", f"Confidence: {line.confidence}"]
    if line.level:
        told.append(f"Level:      {line.level}, as nobody has acknowledged it")
    shown = (line.signal or "")[:ID_DIGITS]
    return "\n".join([*told, "", f"{line.owner} is asked first. caseflow signals show {shown}"])


def name(line: Line) -> str:
    """Return the kind and what it is about."""
    about = " ".join(line.title.split())
    return f"{SignalKind(line.kind or '').words}: {about}"


def state(line: Line) -> str:
    """Return what there is to tell of it, in a word or two."""
    match What(line.what):
        case What.RAISED | What.RISEN:
            return "open"
        case What.ESCALATED:
            return "not acknowledged"
        case What.RESOLVED:
            return "over"
