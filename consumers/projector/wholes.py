"""Whole readings of cases, as a rebuild tells them, become the difference to what is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import asyncpg

from consumers.projector.changes import HAND_OFF_COLUMNS, STEP_COLUMNS, Change, Row, removed

STORED: Final = "SELECT {columns} FROM {table} WHERE case_ref = ANY($1::text[])"
Kept = dict[str, dict[UUID, Row]]
"""Rows by case and id."""


async def differences(connection: asyncpg.Connection, wholes: Iterable[Change]) -> list[Change]:
    """Return of each case what its last whole reading changes, as an ordinary change of the same version.

    Steps and hand-offs that are stored already, version aside, are left out of it; those that are stored and not in
    the reading are removed by it. A case that nothing is stored of, and that nothing is said of, is left out.
    """
    last = {one.case_ref: one for one in wholes}
    refs = sorted(last)
    known = {
        row[0] for row in await connection.fetch(STORED.format(columns="case_ref", table="case_file"), refs)
    }
    steps = await stored(connection, "step", STEP_COLUMNS, refs)
    hand_offs = await stored(connection, "hand_off", HAND_OFF_COLUMNS, refs)
    return [
        difference(one, steps.get(ref, {}), hand_offs.get(ref, {}))
        for ref, one in last.items()
        if ref in known or says_something(one)
    ]


def says_something(one: Change) -> bool:
    """Return whether any event of the case counts; live, a case of which none ever counted has no row."""
    return one.case[1] is not None


def difference(one: Change, steps: Mapping[UUID, Row], hand_offs: Mapping[UUID, Row]) -> Change:
    """Return what a whole reading changes in the rows of its case, by id."""
    changed = _changed(one.hand_offs, hand_offs)
    gone = hand_offs.keys() - one.hand_offs.keys()
    judged = {key: row for key, row in changed.items() if row is not None}
    return replace(
        one,
        steps=_changed(one.steps, steps) | dict.fromkeys(steps.keys() - one.steps.keys()),
        hand_offs=changed | dict.fromkeys(gone),
        judgements=judged | {key: removed(key, one.case_ref, one.version) for key in gone},
    )


async def stored(
    connection: asyncpg.Connection, table: str, columns: Sequence[str], refs: Sequence[str]
) -> Kept:
    """Return the rows of some cases, in the order of `columns`: id, case, ..., version.

    Other ids than the row's own are text, as changes tell them.
    """
    found: Kept = {}
    for row in map(
        tuple, await connection.fetch(STORED.format(columns=", ".join(columns), table=table), refs)
    ):
        rest = (str(value) if isinstance(value, UUID) else value for value in row[1:])
        found.setdefault(row[1], {})[row[0]] = (row[0], *rest)
    return found


def same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Return whether two rows agree in everything but their version, which comes last."""
    return one[:-1] == other[:-1]


def _changed(said: Mapping[UUID, Row | None], kept: Mapping[UUID, Row]) -> dict[UUID, Row | None]:
    return {
        key: row for key, row in said.items() if row is None or key not in kept or not same(row, kept[key])
    }
