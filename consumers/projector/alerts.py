"""Alerts follow the hand-offs of a batch, in its transaction: a few statements, however many there are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from consumers.projector.alert_decisions import NO_ALERTS, OpenAlert, Said, Shown, Standing, rank
from consumers.projector.alert_plan import ALERT, AUDIT, OUTBOX, WHO, Row, plan
from models.routes import Severity
from projections.alerts.outbox import WAKE

# People and the dispatcher change alerts too: all lock them in the order of their ids, so that nobody waits in
# a circle.
STANDING = f"""
SELECT hand_off, id, owner, severity, level, state, resolved_how, version, {", ".join(Shown._fields)} FROM alert
WHERE hand_off = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
"""  # noqa: S608 - constants of this room
RESOLVE = """
UPDATE alert SET state = 'resolved', resolved_how = told.how, resolved_by = $4, resolved_at = $5, changed_at = $5,
    version = told.version
FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS told (id, how, version) WHERE alert.id = told.id
"""
# What was put off was a lesser delay: an alert that has risen is no longer snoozed.
RESTATE = f"""
UPDATE alert SET severity = told.severity, version = told.version,
    snoozed_until = CASE WHEN NOT told.risen THEN alert.snoozed_until END,
    changed_at = CASE WHEN told.differs THEN $15 ELSE alert.changed_at END,
    {", ".join(f"{name} = told.{name}" for name in Shown._fields)}
FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::boolean[], $5::boolean[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::boolean[])
    AS told (id, severity, version, risen, differs, {", ".join(Shown._fields)})
WHERE alert.id = told.id
"""  # noqa: S608 - constants of this room


async def write(connection: asyncpg.Connection, said: Sequence[Said], at: datetime) -> dict[str, int]:
    """Raise, restate and end alerts; return the rows touched by table, empty where no alert was concerned.

    Runs inside the caller's transaction, at whose end the dispatcher is woken if there is something to tell.

    Args:
        connection: of the database.
        said: the last judgement of each hand-off of a batch, each newer than any seen before.
        at: the present instant.
    """
    if not said:
        return {}
    made = plan(said, await _standing(connection, [one.id for one in said]), at)
    if made.resolved:
        await connection.execute(RESOLVE, *_columns(made.resolved), WHO, at)
    if made.restated:
        await connection.execute(RESTATE, *_columns(made.restated), at)
    for table, columns, rows in (
        ("alert", ALERT, made.raised),
        ("alert_audit", AUDIT, made.audit),
        ("alert_outbox", OUTBOX, made.outbox),
    ):
        if rows:
            await connection.copy_records_to_table(table, records=rows, columns=columns)
    if made.outbox:
        await connection.execute(WAKE)
    concerned = len(made.resolved) + len(made.restated) + len(made.raised)
    return {"alert": concerned} if concerned else {}


async def _standing(connection: asyncpg.Connection, hand_offs: Sequence[UUID]) -> dict[UUID, Standing]:
    found: dict[UUID, Standing] = {}
    for row in await connection.fetch(STANDING, hand_offs):
        key = row["hand_off"]
        found[key] = _with(found.get(key, NO_ALERTS), row)
    return found


def _with(standing: Standing, row: asyncpg.Record) -> Standing:
    """Return what is known of a hand-off's alerts when one more of them is."""
    severity, settled, open_ = Severity(row["severity"]), standing.settled, standing.open
    if row["state"] != "resolved":
        shown = Shown(*(row[name] for name in Shown._fields))
        open_ = OpenAlert(row["id"], row["owner"], severity, row["level"], shown)
    elif row["resolved_how"] == "person":
        settled = severity if settled is None else max(settled, severity, key=rank)
    return Standing(open_, settled, max(standing.version, row["version"]))


def _columns(rows: Iterable[Row]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
