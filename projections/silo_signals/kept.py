"""Tables `silo_baseline` (what is usual, locked) and `silo_memory` (what the next judged day goes on from)."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from projections.metadata import METADATA

NOTHING = text("'{}'::jsonb")
NOW = text("now()")

silo_baseline = Table(
    "silo_baseline",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("what", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("locked_for", Date, nullable=False),
    Column("locked_at", DateTime(timezone=True), nullable=False, server_default=NOW),
    Column("locked_by", Text, nullable=False),
    Column("why", Text),
    Column("judging_hash", Text, nullable=False),
    Column("replaced_at", DateTime(timezone=True)),
    Column("replaced_for", Date),
    CheckConstraint(
        "what <> '' AND (agency <> '' OR (sender <> '' AND receiver <> ''))",
        name="silo_baseline_is_about_something",
    ),
    CheckConstraint("first_day <= last_day", name="silo_baseline_first_before_last"),
    CheckConstraint(
        "locked_by <> '' AND (locked_by = 'caseflow' OR coalesce(why, '') <> '')",
        name="silo_baseline_a_person_says_why",
    ),
    CheckConstraint(
        "(replaced_at IS NULL) = (replaced_for IS NULL)", name="silo_baseline_replaced_says_when"
    ),
    Index(
        "silo_baseline_one_in_force",
        *("what", "rule", "sender", "receiver", "agency"),
        unique=True,
        postgresql_where=text("replaced_at IS NULL"),
    ),
)

silo_memory = Table(
    "silo_memory",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("now_us", BigInteger, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("counts", JSONB, nullable=False, server_default=NOTHING),
    Column("versions", JSONB, nullable=False, server_default=NOTHING),
    Column("evaluated_at", DateTime(timezone=True), nullable=False, server_default=NOW),
)
