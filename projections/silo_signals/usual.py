"""What is usual now, by whose decision, and what people decided: for people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.findings import About
from projections.silo_signals.columns import ABOUT, about_columns, about_of
from projections.silo_signals.kept import silo_baseline
from projections.silo_signals.rebase_tables import silo_rebase


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """What is usual for a flow or a feed, in force: from which window, locked for which day, by whom and why.

    `content` as the baseline's own, by `what`: stop, return, lag or silence.
    """

    about: About
    what: str
    first_day: date
    last_day: date
    locked_for: date
    locked_by: str
    why: str | None
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RebaseRow:
    """A recorded decision, as `analysis.judging.rebasing.Decision`; days are local dates.

    `shift_seen`: whether a chart showed a sustained shift when it was recorded; None: of a feed.
    """

    about: About
    number: int
    since: date
    counts_from: date
    first_day: date
    last_day: date
    shift_seen: bool | None
    decided_at: datetime
    decided_by: str
    why: str


async def usual(connection: AsyncConnection, about: About) -> list[BaselineRow]:
    """Return the baselines in force of a flow, and of the agency named."""
    rule, sender, receiver, agency = about_columns(about)
    c = silo_baseline.c
    flow = (c.rule == rule) & (c.sender == sender) & (c.receiver == receiver) & (c.receiver != "")
    feed = (c.agency == agency) & (c.agency != "")
    return await _baselines(connection, or_(flow, feed))


async def all_usual(
    connection: AsyncConnection, rule: str | None = None, agency: str | None = None
) -> list[BaselineRow]:
    """Return the baselines in force, by what they are about.

    Args:
        connection: of the database.
        rule: only of this row of the register.
        agency: only where it sends, receives or publishes.
    """
    return await _baselines(connection, *_narrowed(silo_baseline, rule, agency))


async def rebases(
    connection: AsyncConnection, rule: str | None = None, agency: str | None = None
) -> list[RebaseRow]:
    """Return the recorded decisions, the newest first, narrowed in the same way."""
    c = silo_rebase.c
    asked = select(silo_rebase).where(*_narrowed(silo_rebase, rule, agency)).order_by(c.number.desc())
    return [RebaseRow(**_told(row, RebaseRow.__slots__)) for row in await connection.execute(asked)]


async def _baselines(connection: AsyncConnection, *wanted: ColumnElement[bool]) -> list[BaselineRow]:
    c = silo_baseline.c
    order = *(c[name] for name in ABOUT), c.what
    asked = select(silo_baseline).where(c.replaced_at.is_(None), *wanted).order_by(*order)
    return [BaselineRow(**_told(row, BaselineRow.__slots__)) for row in await connection.execute(asked)]


def _narrowed(table: Table, rule: str | None, agency: str | None) -> list[ColumnElement[bool]]:
    c = table.c
    found = [] if rule is None else [c.rule == rule]
    if agency is not None:
        found.append(or_(*(c[name] == agency for name in ("sender", "receiver", "agency"))))
    return found


def _told(row: Row[Any], names: tuple[str, ...]) -> dict[str, Any]:
    cells = row._asdict()
    about = about_of(*(cells[name] for name in ABOUT))
    return {name: about if name == "about" else cells[name] for name in names}
