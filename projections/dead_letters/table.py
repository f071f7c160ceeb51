"""Tables `dead_letter` and `dead_letter_audit`: what was refused, and what people decided about it."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from projections.metadata import METADATA

STATUSES = "status IN ('open', 'replayed', 'discarded', 'corrected')"

dead_letter = Table(
    "dead_letter",
    METADATA,
    Column("topic", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("process", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("source", Text),
    Column("case_ref", Text),
    Column("appended_at", DateTime(timezone=True)),
    Column("failed_at", DateTime(timezone=True), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("key", LargeBinary),
    Column("value", LargeBinary),
    Column("headers", JSONB, nullable=False),
    Column("status", Text, nullable=False, server_default=text("'open'::text")),
    Column("changed_by", Text),
    Column("changed_why", Text),
    Column("changed_at", DateTime(timezone=True)),
    Column("seen", BigInteger, nullable=False, server_default=text("1")),
    PrimaryKeyConstraint("topic", "part", "position", "process"),
    CheckConstraint(STATUSES, name="dead_letter_status_known"),
    CheckConstraint(
        "status = 'open' OR num_nulls(changed_by, changed_why, changed_at) = 0",
        name="dead_letter_decision_has_a_name",
    ),
    CheckConstraint(
        "part >= 0 AND position >= 0 AND size >= 0 AND seen >= 1", name="dead_letter_counts_not_negative"
    ),
    Index("dead_letter_open", "failed_at", postgresql_where=text("status = 'open'")),
)

dead_letter_audit = Table(
    "dead_letter_audit",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("topic", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("process", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_why", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(
        ["topic", "part", "position", "process"],
        ["dead_letter.topic", "dead_letter.part", "dead_letter.position", "dead_letter.process"],
    ),
    CheckConstraint("changed_by <> '' AND changed_why <> ''", name="dead_letter_audit_says_who_and_why"),
    CheckConstraint(STATUSES, name="dead_letter_audit_status_known"),
    Index("dead_letter_audit_letter", "topic", "part", "position", "process"),
)
