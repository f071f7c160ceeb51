"""Tables `hand_off` (as judged now) and `hand_off_change` (every judgement)."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
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
    Column("internal", Boolean, nullable=False),
    Column("area", Text),
    Column("tier", Integer),
    Column("due_soon", Boolean, nullable=False),
    Column("late_after_end", Boolean, nullable=False),
    Column("earliest_us", BigInteger),
    Column("overdue_us", BigInteger),
    Column("standard_due_us", BigInteger),
    Column("assumed", Text),
    Column("about", Text),
    Column("follows", Uuid),
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
    CheckConstraint("(tier IS NOT NULL) = (state = 'overdue')", name="hand_off_tier_while_overdue"),
    CheckConstraint("tier BETWEEN 0 AND 2", name="hand_off_tier_known"),
    CheckConstraint("state = 'open' OR NOT due_soon", name="hand_off_only_open_is_due_soon"),
    CheckConstraint(
        "stopped_us IS NOT NULL OR NOT late_after_end", name="hand_off_late_after_end_has_a_stop"
    ),
    CheckConstraint("overdue_us >= due_us", name="hand_off_never_overdue_before_it_is_due"),
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
    Column("internal", Boolean),
    Column("area", Text),
    Column("tier", Integer),
    Column("due_soon", Boolean),
    Column("late_after_end", Boolean),
    Column("earliest_us", BigInteger),
    Column("overdue_us", BigInteger),
    Column("standard_due_us", BigInteger),
    Column("assumed", Text),
    Column("about", Text),
    Column("follows", Uuid),
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
