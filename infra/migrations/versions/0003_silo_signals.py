"""Silo signals: when each end of a hand-off became known, its return, the signals and what they rest on."""

from infra.migrations.script import run_beside

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add columns and tables from the SQL beside this file; rows of before stay."""
    run_beside(__file__)


def downgrade() -> None:
    """Refuse: it would throw away locked baselines, which no later evaluation can make again.

    Raises:
        RuntimeError: always; restore a backup of before instead.
    """
    raise RuntimeError("0003 holds locked baselines and signals: restore a backup of before it instead")
