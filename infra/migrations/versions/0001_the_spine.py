"""The spine: cases, events, steps, hand-offs, feeds, dead letters and the consumers' positions."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Create the first tables from the SQL beside this file, one statement at a time."""
    script = Path(__file__).with_suffix(".sql").read_text("utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Refuse: there is nothing below the first migration.

    Raises:
        RuntimeError: always; everything but dead-letter decisions is rebuilt from caseflow.events.
    """
    raise RuntimeError("0001 is the first migration: to start again, create an empty database and migrate it")
