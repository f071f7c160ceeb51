"""Rows of one flow that stops one day, as the projector stores them: half a year that is usual, then nothing."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import numpy as np

import profiles
from models.identities import derived_id
from models.instants import to_us
from models.profile import Profile
from tests.support.profiles import shipped

NAME = "cleveland-and-durham"
SENDER, RECEIVER, RULE = "cleveland-police", "cps-north-east", "H03"
FIRST = date(2024, 1, 1)
"""A Monday; the baseline is 26 weeks from here."""
STOPS_ON = date(2024, 7, 15)
LAST = date(2024, 8, 23)
A_DAY = 6
BASELINE_WEEKS = 26
HAND_OFF = (
    "id", "case_ref", "rule", "title", "sender", "receiver", "owner", "internal", "state", "started_us",
    "stopped_us", "wait_us", "started_known_us", "stopped_known_us", "due_soon", "late_after_end", "start_source",
    "start_event", "stop_source", "stop_event", "version", "area",
)  # fmt: skip
CASE_FILE = (
    "case_ref", "first_us", "last_us", "events", "precision", "stage", "last_type", "tail_from", "tail_to",
    "elapsed_us", "inside_us", "between_us", "unknown_us", "waiting", "ahead", "version", "log_partition",
)  # fmt: skip
CASE_EVENT = (
    "case_ref", "source", "event_id", "type", "stage", "occurred_at", "precision", "sequence", "published_at",
    "history", "ahead", "content_hash", "data", "origin_topic", "origin_partition", "origin_offset",
    "log_partition", "log_offset",
)  # fmt: skip
SOON = timedelta(minutes=5)
"""From an event to its publication."""


def half_a_year() -> Profile:
    """Return the shipped profile with baselines of half a year."""
    profile = shipped(NAME)
    settings = profile.head.signals.model_copy(update={"baseline_weeks": BASELINE_WEEKS})
    return replace(profile, head=profile.head.model_copy(update={"signals": settings}))


def profiles_with_it(folder: Path) -> Path:
    """Return a folder of profiles that holds this one."""
    shutil.copytree(Path(profiles.__file__).parent / NAME, folder / NAME)
    head = folder / NAME / "profile.toml"
    text = head.read_text(encoding="utf-8")
    assert "baseline_weeks = 52" in text
    head.write_text(
        text.replace("baseline_weeks = 52", f"baseline_weeks = {BASELINE_WEEKS}"), encoding="utf-8"
    )
    return folder


class Wait:
    """One case: referred one day, and decided some open days later unless the flow has stopped by then."""

    def __init__(self, number: int, began: datetime, open_days: int) -> None:
        self.case = f"17ZZ{number:05d}24/1"
        self.began = began
        ended = began + timedelta(minutes=37)
        for _ in range(open_days):
            ended += timedelta(days=3 if ended.weekday() == 4 else 1)
        self.ended = ended if ended.date() < STOPS_ON else None


def waits(seed: int = 1) -> Iterator[Wait]:
    """Yield the cases: six a working day, each waiting 2 to 9 open days."""
    rng = np.random.default_rng(seed)
    day, number = FIRST, 0
    while day <= LAST:
        for hour in range(A_DAY if day.weekday() < 5 else 0):
            number += 1
            began = datetime(day.year, day.month, day.day, 9 + hour, tzinfo=UTC)
            yield Wait(number, began, int(rng.integers(2, 10)))
        day += timedelta(days=1)


async def fill(connection: asyncpg.Connection) -> int:
    """Store the flow, its cases and both feeds, which go on to the end; return how many hand-offs."""
    rows = list(waits())
    await store_rows(connection, rows)
    return len(rows)


async def store_rows(connection: asyncpg.Connection, rows: list[Wait]) -> None:
    """Store the hand-offs of some cases, the cases and their events."""
    await store_hand_offs(connection, rows)
    await _copy(connection, "case_file", CASE_FILE, [_case_file(one) for one in rows])
    events = [event for one in rows for event in _events(one)]
    await _copy(connection, "case_event", CASE_EVENT, [(*row, number) for number, row in enumerate(events)])


async def store_hand_offs(connection: asyncpg.Connection, rows: list[Wait]) -> None:
    """Store the hand-offs alone."""
    await _copy(connection, "hand_off", HAND_OFF, [_hand_off(one) for one in rows])


async def _copy(
    connection: asyncpg.Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    await connection.copy_records_to_table(table, records=rows, columns=columns)


def _hand_off(one: Wait) -> tuple[Any, ...]:
    began, ended = to_us(one.began), None if one.ended is None else to_us(one.ended)
    known = None if one.ended is None else to_us(one.ended + SOON)
    wait = None if ended is None else ended - began
    stop = (None, None) if ended is None else (RECEIVER, "decided")
    return (
        UUID(derived_id("test", one.case)), one.case, RULE, "Check of the file", SENDER, RECEIVER, RECEIVER, False,
        "open" if ended is None else "met", began, ended, wait, to_us(one.began + SOON), known, False, False,
        SENDER, "referred", *stop, 1, "cleveland",
    )  # fmt: skip


def _case_file(one: Wait) -> tuple[Any, ...]:
    began = to_us(one.began)
    last = began if one.ended is None else to_us(one.ended)
    return (
        one.case, began, last, 1 if one.ended is None else 2, "instant", "charge", "charge.referred-to-cps", SENDER,
        RECEIVER, last - began, 0, last - began, 0, 0, 0, 1, 0,
    )  # fmt: skip


def _events(one: Wait) -> Iterator[tuple[Any, ...]]:
    yield _event(one, SENDER, "referred", "charge.referred-to-cps", one.began)
    yield _event(one, RECEIVER, "noted", "charge.decision-made", one.began + timedelta(minutes=20))
    if one.ended is not None:
        yield _event(one, RECEIVER, "decided", "charge.file-accepted", one.ended)


def _event(one: Wait, source: str, key: str, name: str, at: datetime) -> tuple[Any, ...]:
    return (
        one.case, source, key, name, "charge", at, "second", 0, at + SOON, False, False, "h", "{}", "t", 0, 0, 0
    )  # fmt: skip
