"""Does a database look as this code expects? Compares revision, tables, columns, keys, indexes and checks."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Column, Connection, Table, inspect

from infra.postgres import engine, newest_revision
from projections.alerts import outbox
from projections.alerts import table as alerts
from projections.case_timeline import table as case_timeline
from projections.dead_letters import table as dead_letters
from projections.feeds import table as feeds
from projections.filled_with import table as filled_with
from projections.hand_off_matrix import table as hand_off_matrix
from projections.hand_offs import table as hand_offs
from projections.metadata import METADATA
from projections.positions import table as positions
from projections.silo_signals import kept as silo_kept
from projections.silo_signals import rebase_tables as silo_rebases
from projections.silo_signals import table as silo_signals
from projections.weekly import table as weekly

QUESTIONS = (
    case_timeline,
    hand_off_matrix,
    hand_offs,
    feeds,
    dead_letters,
    positions,
    filled_with,
    alerts,
    outbox,
    weekly,
    silo_kept,
    silo_rebases,
    silo_signals,
)
"""Every module that adds tables: importing them fills METADATA."""


async def check(url: str) -> list[str]:
    """Return the differences between a database and this code, in words; an empty list when there are none.

    "remove" stands for what the database has and the code does not know, "add" for what it lacks. Comments
    on tables are the migrations' own and are not compared. Changes nothing. `caseflow db migrate` repairs an
    older revision; any other difference was made by hand.

    Raises:
        OSError, sqlalchemy.exc.DBAPIError: the server cannot be reached, or refuses.
    """
    reader = engine(url)
    try:
        async with reader.connect() as connection:
            return await connection.run_sync(_differences)
    finally:
        await reader.dispose()


def _differences(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found, wanted = context.get_current_revision(), newest_revision()
    if found != wanted:
        return [f"the database is at revision {found}, the code expects {wanted}: run `caseflow db migrate`"]
    changes = compare_metadata(context, METADATA)
    differences = [words for words in map(_in_words, changes) if "table comment" not in words]
    existing = set(inspect(connection).get_table_names())
    for table in METADATA.sorted_tables:
        if table.name in existing:
            differences += _keys(connection, table) + _checks(connection, table)
    return differences


def _in_words(item: object) -> str:
    if isinstance(item, list):  # alembic groups the changes of one column
        return "; ".join(_in_words(part) for part in item)
    if not isinstance(item, tuple):
        return repr(item)
    kind, *rest = item
    return f"{kind.replace('_', ' ')}: " + " ".join(filter(None, map(_name, rest)))


def _name(part: object) -> str:
    if part is None or isinstance(part, dict):
        return ""
    if isinstance(part, Column):
        return f"{part.table.name}.{part.name}"
    return str(getattr(part, "name", part))


def _keys(connection: Connection, table: Table) -> list[str]:
    found = inspect(connection).get_pk_constraint(table.name)["constrained_columns"]
    wanted = [column.name for column in table.primary_key.columns]
    return (
        []
        if found == wanted
        else [f"primary key of {table.name}: ({', '.join(found)}) is not ({', '.join(wanted)})"]
    )


def _checks(connection: Connection, table: Table) -> list[str]:
    found = {check["name"] for check in inspect(connection).get_check_constraints(table.name)}
    wanted = {check.name for check in table.constraints if isinstance(check, CheckConstraint)}
    missing = [f"missing check: {table.name}.{name}" for name in sorted(map(str, wanted - found))]
    return missing + [f"unexpected check: {table.name}.{name}" for name in sorted(map(str, found - wanted))]
