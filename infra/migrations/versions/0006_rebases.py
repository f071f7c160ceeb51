"""Rebases: recorded decisions that something else is usual, and the locked limits of weekly charts."""

from infra.migrations.script import run_beside

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the tables by the SQL beside this file; baselines and signals of before stay as they are."""
    run_beside(__file__)


def downgrade() -> None:
    """Refuse: it would throw away what people decided, and limits that nothing can make again.

    Raises:
        RuntimeError: always; restore a backup of before instead.
    """
    raise RuntimeError(
        "0006 holds people's decisions and locked limits: restore a backup of before it instead"
    )
