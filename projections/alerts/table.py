"""Tables `alert` and `alert_audit`: what was raised, how it stands, and everything that happened to it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from projections.metadata import METADATA

INSTANT = DateTime(timezone=True)
NOT_RESOLVED = text("state <> 'resolved'")

alert = Table(
    "alert",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("hand_off", Uuid),
    Column("case_ref", Text),
    Column("rule", Text),
    Column("title", Text, nullable=False),
    Column("sender", Text),
    Column("receiver", Text),
    Column("owner", Text, nullable=False),
    Column("internal", Boolean, nullable=False),
    Column("area", Text),
    Column("severity", Text),
    Column("level", Integer, nullable=False, server_default=text("0")),
    Column("state", Text, nullable=False, server_default=text("'open'::text")),
    Column("due_us", BigInteger),
    Column("overdue_us", BigInteger),
    Column("time_limit", Text),
    Column("certainty", Text),
    Column("local_target", Boolean, nullable=False),
    Column("raised_at", INSTANT, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("snoozed_until", INSTANT),
    Column("acknowledged_by", Text),
    Column("acknowledged_at", INSTANT),
    Column("resolved_at", INSTANT),
    Column("resolved_how", Text),
    Column("resolved_by", Text),
    Column("resolved_why", Text),
    Column("version", BigInteger, nullable=False),
    Column("signal", Uuid),
    Column("kind", Text),
    Column("sentence", Text),
    Column("confidence", Text),
    CheckConstraint("num_nonnulls(hand_off, signal) = 1", name="alert_of_a_hand_off_or_a_signal"),
    CheckConstraint(
        "hand_off IS NULL OR num_nulls(case_ref, rule, sender, receiver, severity) = 0",
        name="alert_of_a_hand_off_says_which",
    ),
    CheckConstraint(
        "signal IS NULL OR num_nonnulls(case_ref, severity, area) = 0", name="alert_of_a_signal_names_no_case"
    ),
    CheckConstraint(
        "num_nulls(kind, sentence, confidence) = CASE WHEN signal IS NULL THEN 3 ELSE 0 END",
        name="alert_of_a_signal_says_what",
    ),
    CheckConstraint("case_ref <> '' AND rule <> '' AND owner <> ''", name="alert_names_not_empty"),
    CheckConstraint(
        "severity IN ('late', 'very-late', 'severe', 'missing')",
        name="alert_severity_known",
    ),
    CheckConstraint("state IN ('open', 'acknowledged', 'resolved')", name="alert_state_known"),
    CheckConstraint("level >= 0 AND version >= 0", name="alert_counts_not_negative"),
    CheckConstraint(
        "signal IS NOT NULL OR local_target OR (certainty IS NOT NULL AND certainty NOT IN ('D', 'K', 'E'))",
        name="alert_unconfirmed_is_a_local_target",
    ),
    CheckConstraint(
        "num_nulls(acknowledged_by, acknowledged_at) IN (0, 2)"
        " AND (state <> 'acknowledged' OR acknowledged_by IS NOT NULL)",
        name="alert_acknowledged_by_somebody",
    ),
    CheckConstraint(
        "num_nulls(resolved_at, resolved_how, resolved_by) = CASE WHEN state = 'resolved' THEN 0 ELSE 3 END",
        name="alert_resolved_says_how",
    ),
    CheckConstraint(
        "resolved_how IN ('completed', 'late-information', 'withdrawn', 'superseded', 'rebased', 'person')",
        name="alert_resolved_how_known",
    ),
    CheckConstraint(
        "resolved_how IS DISTINCT FROM 'person' OR coalesce(resolved_why, '') <> ''",
        name="alert_a_person_says_why",
    ),
    Index("alert_one_open", "hand_off", "rule", unique=True, postgresql_where=NOT_RESOLVED),
    Index("alert_one_open_of_signal", "signal", unique=True, postgresql_where=NOT_RESOLVED),
    Index("alert_hand_off", "hand_off"),
    Index("alert_signal", "signal"),
    Index("alert_case", "case_ref"),
    Index("alert_open", "raised_at", postgresql_where=NOT_RESOLVED),
    Index("alert_escalation", "level", "raised_at", postgresql_where=text("state = 'open'")),
)

alert_audit = Table(
    "alert_audit",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("alert", Uuid, ForeignKey("alert.id"), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("why", Text),
    Column("detail", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    CheckConstraint("who <> ''", name="alert_audit_says_who"),
    CheckConstraint(
        "what IN ('raised', 'risen', 'restated', 'escalated', 'acknowledged', 'snoozed', 'resolved')",
        name="alert_audit_what_known",
    ),
    Index("alert_audit_alert", "alert"),
)
