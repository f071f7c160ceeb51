"""Open steps: when both ends of a step became known, and what the register awaits after an event."""

from infra.migrations.script import run_beside

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add columns by the SQL beside this file; rows of before stay."""
    run_beside(__file__)


def downgrade() -> None:
    """Refuse: what was judged since rests on these columns.

    Raises:
        RuntimeError: always; restore a backup of before instead.
    """
    raise RuntimeError("0005 is what later judgements rest on: restore a backup of before it instead")
