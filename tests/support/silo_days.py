"""Judged days in a form in which they can be compared: as evaluated, and as the database keeps them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

import asyncpg
import orjson
import pytest

from analysis.findings import Finding
from analysis.judging.evaluation import Evaluated, evaluate
from analysis.judging.memory import Memory, tracked_content
from analysis.judging.signals import Signal
from analysis.judging.world import World
from projections.flow_items.numbers import number_of
from projections.silo_signals.layout import finding_rows, signal_row

TABLES = ("silo_signal", "silo_finding", "silo_memory", "silo_baseline", "silo_limits")
WHEN_STORED = ("written_at", "evaluated_at", "locked_at", "replaced_at")
NOT_EVALUATED = ("written_at", "versions")
NAMES = ("kind", "rule", "sender", "receiver", "agency")
Row = dict[str, Any]


@dataclass(frozen=True)
class Comparable:
    """All that a day came to; findings show cases here, not the places that these have in one reading's arrays."""

    day: int
    findings: list[Finding]
    signals: tuple[Signal, ...]
    remembered: Row

    def differences(self, other: "Comparable") -> Iterator[str]:
        """Yield in words what is not the same, to the last bit of every number."""
        pairs = [(self.findings, other.findings), (self.signals, other.signals)]
        for mine, theirs in pairs:
            if len(mine) != len(theirs):
                yield f"{len(mine)} and {len(theirs)} of {type((*mine, *theirs)[0]).__name__}"
            for one, another in zip(mine, theirs, strict=False):
                if one != another:
                    yield f"{one.kind} about {one.about}: {_unlike(one, another)}"
        for name, value in self.remembered.items():
            if value != other.remembered[name]:
                yield f"{name} remembered: {value} and {other.remembered[name]}"


def comparable(one: Evaluated, world: World) -> Comparable:
    """Return a day without the order in which tests were asked and without places in arrays."""
    findings = [replace(finding, items=_cases(finding, world)) for finding in one.findings]
    findings.sort(key=lambda finding: (finding.kind, str(finding.about)))
    return Comparable(one.day, findings, one.signals, _remembered(one.memory))


def overheard(patched: pytest.MonkeyPatch) -> list[Comparable]:
    """Return a list in which every evaluation that judging days makes from now on is noted."""
    heard: list[Comparable] = []

    def listening(world: World, now_us: int, before: Memory) -> Evaluated:
        found = evaluate(world, now_us, before)
        heard.append(comparable(found, world))
        return found

    patched.setattr("consumers.signals.judging.evaluate", listening)
    return heard


def _cases(finding: Finding, world: World) -> tuple[int, ...]:
    if finding.about.flow is None or not finding.items:
        return finding.items
    return tuple(world.flows[finding.about.flow].items.case[list(finding.items)].tolist())


def _remembered(one: Memory) -> Row:
    usual = one.baselines
    parts = {"waits": usual.waits, "returns": usual.returns, "lags": usual.lags, "silences": usual.silences}
    locked = {name: {str(key): kept.content() for key, kept in part.items()} for name, part in parts.items()}
    told = {"day": one.day, "clocks": dict(one.clocks), "cap": usual.cap_us, "tracked": tracked_content(one)}
    return {**locked, **told, "limits": dict(usual.limits)}


def _unlike(one: Finding | Signal, another: Finding | Signal) -> Row:
    pairs = {f.name: (getattr(one, f.name), getattr(another, f.name, None)) for f in fields(one)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass
class Kept:
    """The rows of `silo_signal` by id, as the evaluations of all days so far ask for them."""

    names: Mapping[int, str]
    rows: dict[str, Row] = field(default_factory=dict)

    @classmethod
    def of(cls, cases: Iterable[str]) -> "Kept":
        """Begin without a signal; evidence names these cases."""
        return cls({number_of(case): case for case in cases})

    def add(self, signals: Iterable[Signal]) -> None:
        """Add a day: what ended stays, what goes on is as told on this day, and a candidate may be gone."""
        self.rows = {key: row for key, row in self.rows.items() if row["ended"] is not None}
        for one in signals:
            row = {**signal_row(one, [], {}), "evidence": [self.names[number] for number in one.cases]}
            self.rows[one.id] = _without(NOT_EVALUATED, row)


def findings_asked_for(one: Comparable) -> list[Row]:
    """Return the rows of `silo_finding` that a day asks for, as `findings_stored` gives them."""
    return sorted(finding_rows(one.findings, one.day), key=_names)


async def findings_stored(connection: asyncpg.Connection, day: date) -> list[Row]:
    """Return what is kept of a day's findings, sorted by kind and what they are about."""
    rows = await connection.fetch("SELECT * FROM silo_finding WHERE day = $1", day)
    return sorted(map(dict, rows), key=_names)


async def signals_stored(connection: asyncpg.Connection) -> dict[str, Row]:
    """Return the rows of `silo_signal` by id; of the evidence its cases."""
    found = {}
    for row in await connection.fetch("SELECT * FROM silo_signal"):
        evidence = [shown["case"] for shown in orjson.loads(row["evidence"])]
        key = str(row["id"])
        found[key] = {**_without(NOT_EVALUATED, row), "id": key, "evidence": evidence}
    return found


async def stored(connection: asyncpg.Connection) -> dict[str, list[Row]]:
    """Return every row that judging left, without the instants at which they were stored."""
    return {
        table: [
            _without(WHEN_STORED, row)
            for row in await connection.fetch(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4, 5, 6")  # noqa: S608
        ]
        for table in TABLES
    }


def _without(names: tuple[str, ...], row: Mapping[str, Any]) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def _names(row: Row) -> list[str]:
    return [row[name] for name in NAMES]
