"""Dead letters as people read them; whatever a letter holds, a terminal only ever shows it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from rich.console import Console
from rich.text import Text

from caseflow.reading.local_time import LocalTime
from caseflow.reading.safe_text import safe, safe_lines
from caseflow.reading.screen import table, told
from models.instants import to_us
from projections.dead_letters.queries import Decision, LetterRow, Origin

LINES = 60
"""Of a value, unless all of it is asked for by --raw."""


def name_of(origin: Origin) -> str:
    """Return the name by which the commands know a letter: topic/partition/offset/process."""
    return "/".join(map(str, origin))


def print_letters(console: Console, letters: Sequence[LetterRow], zone: ZoneInfo) -> None:
    """Print one line per letter, the newest refusal first, and how to go on."""
    if not letters:
        console.print("No such dead letters.")
        return
    made = table("letter", "refused", "reason", "source", "case")
    for letter in letters:
        at = _local(letter.failed_at, zone)
        made.add_row(
            *map(told, (name_of(letter.origin), at, letter.reason, letter.source or "-")),
            told(letter.case_ref or "-"),
        )
    console.print(made)
    console.print("\n`caseflow dead-letters show LETTER` tells more of one.")


def print_letter(console: Console, letter: LetterRow, decisions: Sequence[Decision], zone: ZoneInfo) -> None:
    """Print everything about one letter, its value last."""
    for name, value in _facts(letter, zone):
        console.print(Text(f"{name:<9}", style="bold").append(safe(value), style="not bold"))
    for decision in decisions:
        console.print(
            told(
                f"{decision.status} by {decision.changed_by}, {_local(decision.changed_at, zone)}: "
                f"{decision.changed_why}"
            )
        )
    console.print()
    lines = _value(letter)
    for line in lines[:LINES]:
        console.print(Text(line), soft_wrap=True)
    if len(lines) > LINES or letter.size > len(letter.value or b""):
        console.print(
            f"… {len(letter.value or b''):,} of {letter.size:,} bytes were kept; "
            "`--raw > FILE` writes all that was kept.",
            style="dim",
        )


def letters_as_json(letters: Sequence[LetterRow]) -> str:
    """Return letters as a JSON list, without their values; `letter` is the name the commands know."""
    return orjson.dumps([_row(letter) for letter in letters], option=orjson.OPT_INDENT_2).decode()


def _facts(letter: LetterRow, zone: ZoneInfo) -> list[tuple[str, str]]:
    told_at = "unknown" if letter.appended_at is None else _local(letter.appended_at, zone)
    return [
        ("letter", name_of(letter.origin)),
        ("reason", letter.reason),
        ("detail", letter.detail),
        ("step", f"{letter.step} of {letter.process}"),
        ("origin", f"{letter.topic}, partition {letter.part}, offset {letter.position}"),
        ("source", letter.source or "not told"),
        ("case", letter.case_ref or "not told"),
        ("told", told_at),
        ("refused", _local(letter.failed_at, zone) + (f", {letter.seen} times" if letter.seen > 1 else "")),
        ("status", letter.status),
        ("size", f"{letter.size:,} bytes, sha256 {letter.sha256}"),
    ]


def _value(letter: LetterRow) -> list[str]:
    if not letter.value:
        return ["(no value)"]
    try:
        whole = orjson.dumps(orjson.loads(letter.value), option=orjson.OPT_INDENT_2)
    except (orjson.JSONDecodeError, TypeError):
        whole = letter.value
    return safe_lines(whole)


def _row(letter: LetterRow) -> dict[str, Any]:
    fields = asdict(letter)
    del fields["value"], fields["headers"]
    key = letter.key
    return fields | {
        "key": None if key is None else key.decode("utf-8", "backslashreplace"),
        "letter": name_of(letter.origin),
    }


def _local(at: datetime, zone: ZoneInfo) -> str:
    return LocalTime(zone, cut=False).of_instant(to_us(at))
