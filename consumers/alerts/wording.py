"""A message in words, and its list as CSV; pure."""

import csv
from collections import Counter
from io import StringIO

from consumers.alerts import signal_wording
from consumers.alerts.line import Line
from consumers.alerts.message import Kind, Message
from models.routes import Severity, What

LATENESS = {
    Severity.LATE: "overdue",
    Severity.VERY_LATE: "very late",
    Severity.SEVERE: "severely late",
    Severity.MISSING: "missing",
}
LOCAL_TARGET = "local target"
NO_NUMBER = "local"
"""How a limit reads for which nobody has given a number."""
RESOLVED = """\
Nothing more is to be done about this wait.
If it was begun again, the later one has a limit, and an alert, of its own."""
COLUMNS = (
    "case",
    "what",
    "hand_off",
    "title",
    "due",
    "days_late",
    "local_target",
    "severity",
    "level",
    "sender",
    "receiver",
    "owner",
    "limit",
    "certainty",
    "kind",
    "sentence",
    "confidence",
)
_OBEYED = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet would take for a formula."""


def subject(message: Message) -> str:
    """Return one line without any case reference: subjects are seen on locked screens."""
    if message.kind is Kind.TEST:
        return f"caseflow: test of route {message.route}"
    if message.signals:
        return f"caseflow: {signal_wording.subject_of(message.signals)}"
    if len(message.lines) == 1 and message.kind is Kind.SINGLE:
        line = message.lines[0]
        return f"caseflow: {_state(line)}: {_hand_off(line)}"
    if not message.unsettled:
        return f"caseflow: {_resolved(len(message.lines))}"
    morning = "this morning " if message.kind is Kind.DIGEST else ""
    return f"caseflow: {morning}{_late(message)}"


def text(message: Message) -> str:
    """Return the whole message as plain text, ending with its link and its id."""
    if message.kind is Kind.TEST:
        parts = [
            f"This is a test of route {message.route} for {message.receiver}. No hand-off is meant by it."
        ]
    else:
        parts = _parts(message)
    if message.link is not None:
        parts.append(message.link)
    return "\n\n".join([*parts, f"Message {message.id}, sent by caseflow."]) + "\n"


def list_as_csv(message: Message) -> str:
    """Return the alerts of a message as CSV with a header (RFC 4180); safe to open in a spreadsheet."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value) for value in _row(line)] for line in message.lines)
    return out.getvalue()


def _parts(message: Message) -> list[str]:
    """Return the paragraphs about what the message tells; a signal always has one of its own."""
    hand_offs = [line for line in message.lines if line.signal is None]
    parts = [signal_wording.paragraph(line) for line in message.signals]
    if message.kind is Kind.SINGLE:
        return parts + [_single(line) for line in hand_offs]
    return [*parts, _summary(message)] if hand_offs else parts


def _single(line: Line) -> str:
    told = [
        f"{_hand_off(line)}: {_state(line)}",
        "",
        f"Case:   {line.case}",
        f"From:   {line.sender}",
        f"To:     {line.receiver}",
        f"Due:    {_due(line)}",
    ]
    if line.what == What.RESOLVED:
        return "\n".join([*told, "", RESOLVED])
    if line.days_late:
        told.append(f"Late:   {_days(line.days_late)}")
    if line.level:
        told.append(f"Level:  {line.level}, as nobody has acknowledged it")
    return "\n".join([*told, "", f"{line.owner} must act."])


def _summary(message: Message) -> str:
    unsettled = message.unsettled
    told = [f"{_late(message)}."] if unsettled else []
    told += [
        f"  {count:>5}  {rule} {title}{f' ({LOCAL_TARGET})' if local else ''}"
        for rule, title, local, count in message.by_hand_off()
    ]
    counts = Counter(_state(line) for line in unsettled)
    if counts:
        told.append("Of these: " + ", ".join(f"{n} {state}" for state, n in sorted(counts.items())) + ".")
    oldest = message.oldest
    if oldest is not None:
        told.append(f"Oldest: {oldest.rule}, case {oldest.case}, due {_due(oldest)}.")
    resolved = len(message.lines) - len(unsettled)
    if resolved:
        told.append(f"{_resolved(resolved)}: nothing more is to be done there.")
    return "\n".join(told)


def _hand_off(line: Line) -> str:
    return f"{line.rule} {' '.join(line.title.split())}"


def _state(line: Line) -> str:
    if line.what == What.RESOLVED:
        return "resolved"
    lateness = LATENESS[Severity(str(line.severity))]
    return f"{lateness}, not acknowledged" if line.what == What.ESCALATED else lateness


def _due(line: Line) -> str:
    """Return the due instant and its limit; an unconfirmed limit is never given without saying so."""
    when = f"{line.due[:10]} {line.due[11:16]}" if line.due else "no time known"
    limit = line.limit if line.limit != NO_NUMBER else None
    parts = [part for part in (limit, LOCAL_TARGET if line.local_target else None) if part]
    return f"{when} ({', '.join(parts)})" if parts else when


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _late(message: Message) -> str:
    count = len(message.unsettled)
    return f"{count} hand-off{'' if count == 1 else 's'} late or missing, for {message.receiver}"


def _resolved(count: int) -> str:
    return f"{count} alert{'' if count == 1 else 's'} resolved"


def _row(line: Line) -> tuple[object, ...]:
    return (
        line.case,
        line.what,
        line.rule,
        line.title,
        line.due,
        line.days_late,
        "yes" if line.local_target else "no",
        line.severity,
        line.level,
        line.sender,
        line.receiver,
        line.owner,
        line.limit,
        line.certainty,
        line.kind,
        line.sentence,
        line.confidence,
    )


def _cell(value: object) -> str:
    cell = "" if value is None else str(value)
    return f"'{cell}" if cell.startswith(_OBEYED) else cell
