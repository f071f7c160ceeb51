"""The spine: cases, events, steps, hand-offs, feeds, dead letters and the consumers' positions."""

from infra.migrations.script import run_beside

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Create the first tables from the SQL beside this file."""
    run_beside(__file__)


def downgrade() -> None:
    """Refuse: there is nothing below the first migration.

    Raises:
        RuntimeError: always; everything but dead-letter decisions is rebuilt from caseflow.events.
    """
    raise RuntimeError("0001 is the first migration: to start again, create an empty database and migrate it")
