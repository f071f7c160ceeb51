"""Why is there a signal, or none: the newest answer of every test, and what a signal was judged against."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.findings import About
from projections.silo_signals.columns import ABOUT, about_columns
from projections.silo_signals.kept import silo_baseline
from projections.silo_signals.queries import FindingRow, finding
from projections.silo_signals.table import silo_finding


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """What is usual for a flow or a feed, in force: from which window, locked for which day, by whom and why."""

    what: str
    first_day: date
    last_day: date
    locked_for: date
    locked_by: str
    why: str | None


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


async def usual(connection: AsyncConnection, about: About) -> list[BaselineRow]:
    """Return the baselines in force of a flow, and of the agency named."""
    rule, sender, receiver, agency = about_columns(about)
    c = silo_baseline.c
    flow = (c.rule == rule) & (c.sender == sender) & (c.receiver == receiver) & (c.receiver != "")
    feed = (c.agency == agency) & (c.agency != "")
    columns = [c[name] for name in BaselineRow.__slots__]
    asked = select(*columns).where(c.replaced_at.is_(None), or_(flow, feed)).order_by(c.what)
    return [BaselineRow(*row) for row in await connection.execute(asked)]
