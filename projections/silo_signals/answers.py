"""Why is there a signal, or none: the newest answer of every test."""

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from projections.silo_signals.columns import ABOUT
from projections.silo_signals.queries import FindingRow, finding
from projections.silo_signals.table import silo_finding


async def last_answers(
    connection: AsyncConnection, rule: str | None = None, agency: str | None = None
) -> list[FindingRow]:
    """Return the newest finding of every test about a hand-off or an agency, by what it is about and kind.

    Weekly tests are from the last week that ended, daily ones from the last judged day.

    Args:
        connection: of the database.
        rule: only of this row of the register.
        agency: only where it sends, receives or publishes.
    """
    c = silo_finding.c
    one = (*(c[name] for name in ABOUT), c.kind)
    place = func.row_number().over(partition_by=one, order_by=c.day.desc()).label("place")
    found = select(silo_finding, place)
    if rule is not None:
        found = found.where(c.rule == rule)
    if agency is not None:
        found = found.where(or_(*(c[name] == agency for name in ("sender", "receiver", "agency"))))
    numbered = found.subquery()
    newest = select(*(numbered.c[name] for name in c.keys())).where(numbered.c.place == 1)  # noqa: SIM118 - names
    in_order = newest.order_by(*(numbered.c[name] for name in (*ABOUT, "kind")))
    return [finding(row) for row in await connection.execute(in_order)]
