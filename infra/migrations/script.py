"""The SQL that stands beside a migration."""

from pathlib import Path

from alembic import op


def run_beside(migration: str) -> None:
    """Run the `.sql` file beside a migration, one statement at a time, inside alembic's transaction.

    Args:
        migration: the migration's `__file__`. A statement ends with a semicolon at the end of a line.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refuses a statement.
    """
    script = Path(migration).with_suffix(".sql").read_text("utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
