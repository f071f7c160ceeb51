"""Does the database hold what the log says? Rows as the projector would write them, beside those that are there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

import asyncpg
import orjson

from consumers.projector import events
from consumers.projector.changes import CASE_COLUMNS, HAND_OFF_COLUMNS, STEP_COLUMNS, Change
from consumers.projector.events import EventRow
from consumers.projector.wholes import says_something, stored

CASES: Final = f"SELECT {', '.join(CASE_COLUMNS)} FROM case_file WHERE case_ref = ANY($1::text[])"  # noqa: S608 - constants
EVENTS: Final = f"""
SELECT {events.COLUMNS} FROM case_event
JOIN unnest($1::text[], $2::text[], $3::text[]) AS asked (case_ref, source, event_id)
    USING (case_ref, source, event_id)
"""  # noqa: S608 - constants of this room
EVENTS_COUNTED: Final = "SELECT count(*) FROM case_event WHERE log_partition = $1 AND log_offset < $2"
REFS: Final = (
    "SELECT case_ref FROM case_file WHERE log_partition = $1 AND version < $2 AND precision IS NOT NULL"
)
JSON: Final = (EventRow._fields.index("data"), EventRow._fields.index("notes"))
OFFSET: Final = EventRow._fields.index("log_offset")
VERSION: Final = CASE_COLUMNS.index("version")
MOST_NAMED: Final = 5


@dataclass(slots=True)
class Compared:
    """How many rows of a table agree; how many are missing, were never said, or say something else."""

    agree: int = 0
    missing: int = 0
    surplus: int = 0
    differ: int = 0
    cases: list[str] = field(default_factory=list)
    """Some of the cases concerned."""

    @property
    def holds(self) -> bool:
        """Whether the table holds what the log says."""
        return not (self.missing or self.surplus or self.differ)

    def take(self, said: Mapping[Any, Sequence[Any]], kept: Mapping[Any, Sequence[Any]], case: str) -> None:
        """Compare rows of one case by their keys."""
        found = Counter(
            missing=len(said.keys() - kept.keys()),
            surplus=len(kept.keys() - said.keys()),
            differ=sum(said[key] != kept[key] for key in said.keys() & kept.keys()),
        )
        self.agree += len(said.keys() & kept.keys()) - found["differ"]
        self.missing += found["missing"]
        self.surplus += found["surplus"]
        self.differ += found["differ"]
        if found.total():
            self.name(case)

    def name(self, case: str) -> None:
        """Name a case that is concerned, unless enough are named."""
        if case not in self.cases and len(self.cases) < MOST_NAMED:
            self.cases.append(case)


class Comparing:
    """Compares one partition, a part at a time; `tables` says what came of it."""

    def __init__(self, connection: asyncpg.Connection, number: int, until: int) -> None:
        """Compare what follows from the records of partition `number` before the offset `until`."""
        self._connection, self._number, self._until = connection, number, until
        self._refs: set[str] = set()
        self.changed_since = 0
        """Cases left out: the log told of them after `until`, and that is stored; or their import goes on."""
        self.tables = {name: Compared() for name in ("case_event", "case_file", "step", "hand_off")}

    async def events(self, rows: Sequence[EventRow]) -> None:
        """Compare events; one that is stored from an earlier place of the log is a repeat, compared before."""
        asked = [list(column) for column in zip(*(row[:3] for row in rows), strict=True)]
        kept = {tuple(row)[:3]: tuple(row) for row in await self._connection.fetch(EVENTS, *asked)}
        for row in rows:
            stands = kept.get(row[:3])
            if stands is None or stands[OFFSET] >= row.log_offset:
                found = {} if stands is None else {row[:3]: _event(stands)}
                self.tables["case_event"].take({row[:3]: _event(row)}, found, row.case_ref)

    async def cases(self, wholes: Iterable[Change]) -> None:
        """Compare cases with their steps and hand-offs."""
        said = {one.case_ref: one for one in wholes if says_something(one)}
        refs = sorted(said)
        self._refs.update(refs)
        async with self._connection.transaction(isolation="repeatable_read", readonly=True):
            files = {row[0]: tuple(row) for row in await self._connection.fetch(CASES, refs)}
            steps = await stored(self._connection, "step", STEP_COLUMNS, refs)
            hand_offs = await stored(self._connection, "hand_off", HAND_OFF_COLUMNS, refs)
        for ref, one in said.items():
            file = files.get(ref)
            if file is not None and file[VERSION] >= self._until:
                self.changed_since += 1
                continue
            found = {} if file is None else {ref: _without_version(file)}
            self.tables["case_file"].take({ref: _without_version(one.case)}, found, ref)
            for table, rows, kept in (("step", one.steps, steps), ("hand_off", one.hand_offs, hand_offs)):
                present = {key: row[:-1] for key, row in rows.items() if row is not None}
                self.tables[table].take(
                    present, {key: row[:-1] for key, row in kept.get(ref, {}).items()}, ref
                )

    def leave_out(self, ref: str) -> None:
        """Leave out a case whose import goes on: its clock may differ until the end of it."""
        self._refs.add(ref)
        self.changed_since += 1

    async def rest(self) -> None:
        """Count what is stored and follows from nothing in the log."""
        events_told, cases_told = self.tables["case_event"], self.tables["case_file"]
        count = await self._connection.fetchval(EVENTS_COUNTED, self._number, self._until)
        events_told.surplus += max(0, count - events_told.agree - events_told.differ)
        for row in await self._connection.fetch(REFS, self._number, self._until):
            if row[0] not in self._refs:
                cases_told.surplus += 1
                cases_told.name(row[0])


def _without_version(row: Sequence[Any]) -> tuple[Any, ...]:
    return (*row[:VERSION], *islice(row, VERSION + 1, None))


def _event(row: Sequence[Any]) -> tuple[Any, ...]:
    """Return an event's row with its JSON read: the database writes it in another way."""
    return tuple(orjson.loads(value) if place in JSON else value for place, value in enumerate(row))
