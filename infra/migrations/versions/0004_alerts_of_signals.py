"""Alerts of silo signals: an alert is about a hand-off or about a signal."""

from infra.migrations.script import run_beside

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Let alerts be about signals, by the SQL beside this file; alerts of before stay as they are."""
    run_beside(__file__)


def downgrade() -> None:
    """Refuse: it would throw away what people decided about alerts of signals.

    Raises:
        RuntimeError: always; restore a backup of before instead.
    """
    raise RuntimeError("0004 holds people's decisions about alerts: restore a backup of before it instead")
