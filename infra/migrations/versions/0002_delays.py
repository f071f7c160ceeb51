"""Delays: what judging says of a hand-off beyond its state, notes on events, and alerts with their deliveries."""

from infra.migrations.script import run_beside

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add columns and tables from the SQL beside this file; rows of before stay."""
    run_beside(__file__)


def downgrade() -> None:
    """Refuse: it would throw away what people decided about alerts.

    Raises:
        RuntimeError: always; restore a backup of before instead.
    """
    raise RuntimeError("0002 holds people's decisions about alerts: restore a backup of before it instead")
