"""Tables `hand_off` (as judged now) and `hand_off_change` (every judgement)."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
)

from projections.metadata import METADATA

hand_off = Table(
    "hand_off",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("case_ref", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("owner", Text),
    Column("state", Text, nullable=False),
    Column("started_us", BigInteger, nullable=False),
    Column("stopped_us", BigInteger),
    Column("due_us", BigInteger),
    Column("wait_us", BigInteger),
    Column("time_limit", Text),
    Column("certainty", Text),
    Column("start_source", Text, nullable=False),
    Column("start_event", Text, nullable=False),
    Column("stop_source", Text),
    Column("stop_event", Text),
    Column("version", BigInteger, nullable=False),
    CheckConstraint(
        "state IN ('open', 'met', 'met_late', 'overdue', 'missing', 'void', 'negative')",
        name="hand_off_state_known",
    ),
    CheckConstraint(
        "state NOT IN ('met', 'met_late') OR stopped_us IS NOT NULL", name="hand_off_met_has_a_stop"
    ),
    CheckConstraint(
        "state NOT IN ('open', 'overdue') OR stopped_us IS NULL", name="hand_off_open_has_no_stop"
    ),
    CheckConstraint(
        "wait_us >= 0 OR state IN ('negative', 'void')", name="hand_off_only_negative_waits_below_zero"
    ),
    Index("hand_off_case", "case_ref"),
    Index("hand_off_rule_state", "rule", "state"),
)

hand_off_change = Table(
    "hand_off_change",
    METADATA,
    Column("id", Uuid, nullable=False),
    Column("case_ref", Text, nullable=False),
    Column("rule", Text),
    Column("title", Text),
    Column("sender", Text),
    Column("receiver", Text),
    Column("owner", Text),
    Column("state", Text, nullable=False),
    Column("started_us", BigInteger),
    Column("stopped_us", BigInteger),
    Column("due_us", BigInteger),
    Column("wait_us", BigInteger),
    Column("time_limit", Text),
    Column("certainty", Text),
    Column("start_source", Text),
    Column("start_event", Text),
    Column("stop_source", Text),
    Column("stop_event", Text),
    Column("version", BigInteger, nullable=False),
    PrimaryKeyConstraint("id", "version"),
    CheckConstraint(
        "state IN ('open', 'met', 'met_late', 'overdue', 'missing', 'void', 'negative', 'removed')",
        name="hand_off_change_state_known",
    ),
    CheckConstraint(
        "state = 'removed' OR (rule IS NOT NULL AND started_us IS NOT NULL)",
        name="hand_off_change_says_which_rule",
    ),
    Index("hand_off_change_case", "case_ref"),
)
