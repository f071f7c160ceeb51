"""Alerts follow the signals, in the transaction that stores them."""

from collections.abc import Callable
from datetime import datetime

import asyncpg

from analysis.findings import About
from consumers.signals.alert_plan import ALERT, AUDIT, OUTBOX, WHO, Said, Standing, plan
from projections.alerts.outbox import WAKE

# People and the dispatcher change alerts too: all lock them in the order of their ids, so that nobody waits in
# a circle.
STANDING = """
SELECT id, signal, state <> 'resolved' AS is_open, level, sentence, confidence FROM alert
WHERE signal IS NOT NULL AND (
    state <> 'resolved'
    OR resolved_how = 'person' AND signal IN (SELECT id FROM silo_signal WHERE state = 'open')
)
ORDER BY id FOR NO KEY UPDATE
"""
SAID = f"""
SELECT {", ".join(Said._fields)} FROM silo_signal
WHERE state = 'open' OR id = ANY($1::uuid[]) ORDER BY id
"""  # noqa: S608 - the names of columns
KNOWN = "SELECT id FROM alert WHERE id = ANY($1::uuid[])"
RESTATE = """
UPDATE alert SET sentence = told.sentence, confidence = told.confidence, changed_at = $4, version = $5
FROM unnest($1::uuid[], $2::text[], $3::text[]) AS told (id, sentence, confidence) WHERE alert.id = told.id
"""
RESOLVE = """
UPDATE alert SET state = 'resolved', resolved_how = told.how, resolved_by = $3, resolved_at = $4, changed_at = $4,
    version = $5
FROM unnest($1::uuid[], $2::text[]) AS told (id, how) WHERE alert.id = told.id
"""


async def follow(
    connection: asyncpg.Connection, title: Callable[[About], str], at: datetime, day: int
) -> int:
    """Raise, restate and end the alerts of signals as `silo_signal` says now; return how many were concerned.

    Runs inside the caller's transaction, at whose end the dispatcher is woken if there is something to tell. A
    repeat finds nothing to do, and a day judged anew from nothing does not raise again what it raised and what was
    resolved since: the next one does, where it still stands. Alerts follow the table and not one evaluation: after
    several days at once only what still stands is raised.

    Args:
        connection: of the database.
        title: names what a signal is about.
        at: the present instant.
        day: the judged local day, as days since 1970.
    """
    standing = [Standing(*row) for row in await connection.fetch(STANDING)]
    said = [Said(*row) for row in await connection.fetch(SAID, [one.signal for one in standing])]
    made = plan(said, standing, title, at, day)
    raised = [row[0] for row in made.raised]
    made.leave_out({row[0] for row in await connection.fetch(KNOWN, raised)})
    if made.restated:
        await connection.execute(RESTATE, *map(list, zip(*made.restated, strict=True)), at, day)
    if made.resolved:
        await connection.execute(RESOLVE, *map(list, zip(*made.resolved, strict=True)), WHO, at, day)
    for table, columns, rows in (
        ("alert", ALERT, made.raised),
        ("alert_audit", AUDIT, made.audit),
        ("alert_outbox", OUTBOX, made.outbox),
    ):
        if rows:
            await connection.copy_records_to_table(table, records=rows, columns=columns)
    if made.outbox:
        await connection.execute(WAKE)
    return len(made.raised) + len(made.restated) + len(made.resolved)
